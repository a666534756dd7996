/**
 * Tables of the times at which samplers ask a model, latest first, as libraries space them. Timesteps count from 0
 * here: τ = 0 … T − 1 is t = τ + 1 of a Schedule. "linspace", "leading" and "trailing" are the rows of table 2 of Lin et
 * al. 2023; how they are rounded and where they end is a convention of each family of samplers (diffusers').
 */
import { linspace } from './linspace.ts';

export type Spacing = 'linspace' | 'leading' | 'trailing';

export interface SpacingOptions {
  readonly spacing?: Spacing;
  /** Added to the timesteps of "leading" alone. */
  readonly stepsOffset?: number;
}

/** To the nearest integer, halves to the even one (IEEE 754 and numpy; Math.round takes halves upwards). */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const past = x - below;
  return past < 0.5 || (past === 0.5 && below % 2 === 0) ? below : below + 1;
}

function check(T: number, n: number): void {
  if (!Number.isInteger(T) || T < 1) throw new RangeError(`T must be a whole number of at least 1, not ${T}`);
  if (!Number.isInteger(n) || n < 1 || n > T) {
    throw new RangeError(`the number of steps must be a whole number from 1 to T = ${T}, not ${n}`);
  }
}

/** 0, k, 2k, … (count of them), latest first. */
const strides = (count: number, stride: number, offset: number): number[] =>
  Array.from({ length: count }, (_, i) => (count - 1 - i) * stride + offset);

/** Every T/n back from `last`, rounded, while above 0; all one earlier. */
function trailing(T: number, n: number, last = T): number[] {
  // numpy.arange adds its second value's distance from the first, which is T/n rounded once more.
  const stride = last - (last - T / n);
  return Array.from({ length: n }, (_, i) => last - i * stride)
    .filter((time) => time > 0)
    .map((time) => roundHalfEven(time) - 1);
}

/**
 * n whole timesteps, both ends of 0 … T − 1 included by "linspace": DDPM and DDIM. A single step of "linspace" is at 0.
 * @throws RangeError unless 1 ≤ n ≤ T.
 */
export function wholeTimesteps(
  T: number,
  n: number,
  { spacing = 'leading', stepsOffset = 0 }: SpacingOptions = {},
): number[] {
  check(T, n);
  if (spacing === 'leading') return strides(n, Math.floor(T / n), stepsOffset);
  if (spacing === 'trailing') return trailing(T, n);
  return linspace(0, T - 1, n)
    .map(roundHalfEven)
    .reverse();
}

/**
 * The same, but "linspace" keeps its fractions: Euler, Euler ancestral, Heun, LMS and KDPM2, which interpolate σ there.
 * @throws RangeError unless 1 ≤ n ≤ T.
 */
export function fractionalTimesteps(
  T: number,
  n: number,
  { spacing = 'linspace', stepsOffset = 0 }: SpacingOptions = {},
): number[] {
  if (spacing !== 'linspace') return wholeTimesteps(T, n, { spacing, stepsOffset });
  check(T, n);
  return linspace(0, T - 1, n).reverse();
}

export interface SolverSpacingOptions extends SpacingOptions {
  /** How many of the T timesteps are used: the noisiest can be left out where their λ is below a threshold. */
  readonly last?: number;
}

/**
 * n whole timesteps of n + 1 points, the earliest of them being left to clean data: DPM-Solver, UniPC and DEIS. With
 * `last` < T, "trailing" has fewer than n.
 * @throws RangeError unless 1 ≤ n ≤ T and 1 ≤ last ≤ T.
 */
export function solverTimesteps(
  T: number,
  n: number,
  { spacing = 'linspace', stepsOffset = 0, last = T }: SolverSpacingOptions = {},
): number[] {
  check(T, n);
  check(T, last);
  if (spacing === 'trailing') return trailing(T, n, last);
  if (spacing === 'linspace') {
    return linspace(0, last - 1, n + 1)
      .slice(1)
      .map(roundHalfEven)
      .reverse();
  }
  return strides(n + 1, Math.floor(last / (n + 1)), stepsOffset).slice(0, -1);
}

/** Every timestep but the first twice: Heun's method asks again where it arrives. */
export const heunTimesteps = (times: readonly number[]): number[] =>
  times.flatMap((time, i) => (i === 0 ? [time] : [time, time]));

/** The second timestep twice: PLMS takes its first step again with what it learned at its end. */
export const plmsTimesteps = (times: readonly number[]): number[] =>
  times.flatMap((time, i) => (i === 1 ? [time, time] : [time]));

/**
 * PNDM (Liu et al. 2022): three Runge-Kutta steps, which ask at their start, twice in the middle and at their end, then
 * linear multistep. `times` are the whole timesteps; a middle lies half of ⌊T/n⌋ above a step's end.
 * @throws RangeError for fewer than 4 timesteps.
 */
export function pndmTimesteps(T: number, times: readonly number[]): number[] {
  const n = times.length;
  if (n < 4) throw new RangeError(`PNDM needs at least 4 steps, not ${n}`);
  const half = Math.floor(Math.floor(T / n) / 2);
  const rungeKutta = times.slice(0, 3).flatMap((start, i) => {
    const end = times[i + 1] as number;
    return [start, end + half, end + half, end];
  });
  return [...rungeKutta, ...times.slice(3)];
}

export interface ConsistencyOptions {
  /** How many timesteps the model was distilled on; T means all of them. */
  readonly original?: number;
  /** The part of them, from the earliest, that is used. */
  readonly strength?: number;
}

/**
 * n of the timesteps that a consistency model was distilled on, k − 1, 2k − 1, … with k = ⌊T/original⌋, at even indices
 * from the latest: LCM (Luo et al. 2023) and TCD (Zheng et al. 2024).
 * @throws RangeError where n is more than there are.
 */
export function consistencyTimesteps(
  T: number,
  n: number,
  { original = 50, strength = 1 }: ConsistencyOptions = {},
): number[] {
  check(T, n);
  check(T, original);
  const distilled = Math.floor(original * strength);
  if (n > distilled) throw new RangeError(`${n} steps are more than the ${distilled} distilled ones`);
  const k = Math.floor(T / original);
  const stride = distilled / n;
  return Array.from({ length: n }, (_, i) => (distilled - Math.floor(i * stride)) * k - 1);
}
