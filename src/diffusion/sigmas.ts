/**
 * Tables of noise levels to sample at, noisiest first, and where they lie between a schedule's timesteps. σ is Karras et
 * al.'s, σ_t/α_t, except for flow matching, where α = 1 − σ. The clean end, σ = 0, is left to the caller to append.
 */
import { betaQuantile } from './beta-quantile.ts';
import { linspace } from './linspace.ts';
import type { Schedule } from './schedule.ts';

export interface SigmaRange {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/** n values from 0 to 1; 0 alone for n = 1. */
function ramp(n: number): number[] {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`the number of levels must be a whole number of at least 1, not ${n}`);
  }
  return linspace(0, 1, n);
}

function check({ sigmaMin, sigmaMax }: SigmaRange): void {
  if (!(sigmaMin > 0 && sigmaMin <= sigmaMax && sigmaMax < Infinity)) {
    throw new RangeError(
      `σ must run from a finite σ_max to 0 < σ_min ≤ σ_max, not ${sigmaMax} to ${sigmaMin}`,
    );
  }
}

/**
 * Evenly spaced in σ^{1/ρ} (Karras et al. 2022, eq. 5).
 * @throws RangeError unless n ≥ 1 and 0 < σ_min ≤ σ_max, here and in all the tables below.
 */
export function karrasSigmas(n: number, range: SigmaRange, rho = 7): number[] {
  check(range);
  const [first, last] = [range.sigmaMax ** (1 / rho), range.sigmaMin ** (1 / rho)];
  return ramp(n).map((u) => (first + u * (last - first)) ** rho);
}

/**
 * Evenly spaced in log σ raised to ρ from the clean end: log σ = log σ_min + (1 − u)^ρ log(σ_max/σ_min), as in
 * k-diffusion. ρ > 1 gathers levels at the clean end.
 */
export function polyexponentialSigmas(n: number, range: SigmaRange, rho = 1): number[] {
  check(range);
  const [first, last] = [Math.log(range.sigmaMax), Math.log(range.sigmaMin)];
  return ramp(n).map((u) => Math.exp((1 - u) ** rho * (first - last) + last));
}

/** Evenly spaced in log σ, which is −λ: the uniform log-SNR of DPM-Solver (Lu et al. 2022, section 3.4). */
export function exponentialSigmas(n: number, range: SigmaRange): number[] {
  check(range);
  ramp(n);
  return linspace(Math.log(range.sigmaMax), Math.log(range.sigmaMin), n).map(Math.exp);
}

/** Evenly spaced in σ. */
export function linearSigmas(n: number, range: SigmaRange): number[] {
  check(range);
  ramp(n);
  return linspace(range.sigmaMax, range.sigmaMin, n);
}

/**
 * At the quantiles of a beta distribution between σ_min and σ_max (Lee et al. 2024, arXiv 2407.12173).
 * @throws RangeError, too, unless α > 0 and β > 0.
 */
export function betaSigmas(n: number, range: SigmaRange, { alpha = 0.6, beta = 0.6 } = {}): number[] {
  check(range);
  if (!(alpha > 0 && beta > 0)) throw new RangeError(`α and β must be positive, not ${alpha} and ${beta}`);
  const { sigmaMin, sigmaMax } = range;
  return ramp(n).map((u) => sigmaMin + betaQuantile(1 - u, alpha, beta) * (sigmaMax - sigmaMin));
}

/** σ of the VP process at n even times from 1 to ε_s (k-diffusion): σ² + 1 = exp(β_d t²/2 + β_min t). */
export function vpSigmas(n: number, { betaD = 19.9, betaMin = 0.1, epsS = 1e-3 } = {}): number[] {
  ramp(n);
  return linspace(1, epsS, n).map((t) => Math.sqrt(Math.expm1((betaD * t ** 2) / 2 + betaMin * t)));
}

/** Flow matching's time shift: SNR^{-1/2} = σ/(1 − σ) is multiplied by the shift (Esser et al. 2024, eq. 23). */
export const shiftFlow = (sigma: number, shift: number): number =>
  (shift * sigma) / (1 + (shift - 1) * sigma);

/**
 * n levels of flow matching, evenly spaced from 1 to 1/T and shifted. As in diffusers the last is shifted once before,
 * too, so that it is nearer to the others than 1/T shifted.
 */
export function flowSigmas(n: number, { T = 1000, shift = 1 } = {}): number[] {
  return linearSigmas(n, { sigmaMin: shiftFlow(1 / T, shift), sigmaMax: 1 }).map((sigma) =>
    shiftFlow(sigma, shift),
  );
}

export interface TimeShift {
  readonly mu: number;
  readonly type?: 'exponential' | 'linear';
  /** Of 1/σ − 1. */
  readonly power?: number;
}

/** The shift that depends on the picture's size: by e^μ, or by μ itself. */
export function timeShift(sigma: number, { mu, type = 'exponential', power = 1 }: TimeShift): number {
  const shift = type === 'exponential' ? Math.exp(mu) : mu;
  return shift / (shift + (1 / sigma - 1) ** power);
}

/** μ, linear in how many tokens a picture has (Flux). */
export function shiftOfLength(
  tokens: number,
  { baseLength = 256, maxLength = 4096, baseShift = 0.5, maxShift = 1.15 } = {},
): number {
  const slope = (maxShift - baseShift) / (maxLength - baseLength);
  return tokens * slope + (baseShift - slope * baseLength);
}

/** 1 − σ scaled so that the last σ is `terminal`. @throws RangeError unless both that and the last σ as it is are below 1. */
export function stretchToTerminal(sigmas: readonly number[], terminal: number): number[] {
  const last = sigmas.at(-1) ?? 1;
  if (!(terminal < 1 && last < 1)) {
    throw new RangeError(`σ = 1 can neither be scaled nor reached, from ${last} to ${terminal}`);
  }
  const scale = (1 - last) / (1 - terminal);
  return sigmas.map((sigma) => 1 - (1 - sigma) / scale);
}

/** σ_t/α_t of a schedule at the timesteps τ = 0 … T − 1, which are its t = 1 … T. */
export const sigmaTable = ({ alpha, sigma }: Schedule): number[] =>
  Array.from(sigma.slice(1), (value, i) => value / (alpha[i + 1] as number));

/** The table at a fractional index, linear in between; its ends beyond them. */
export function interpolate(table: readonly number[], index: number): number {
  const inside = Math.min(Math.max(index, 0), table.length - 1);
  const low = Math.floor(inside);
  const before = table[low] as number;
  const after = table[low + 1];
  return after === undefined ? before : before + (inside - low) * (after - before);
}

/**
 * The fractional timestep of σ in a rising table, linear in log σ (k-diffusion's and diffusers' sigma_to_t); the first
 * or the last beyond its ends.
 */
export function timestepOfSigma(table: readonly number[], sigma: number): number {
  const above = table.findIndex((value) => value > sigma);
  const high = above < 0 ? table.length - 1 : Math.max(above, 1);
  const [low, logSigma] = [high - 1, Math.log(Math.max(sigma, 1e-10))];
  const [before, after] = [Math.log(table[low] as number), Math.log(table[high] as number)];
  const w = Math.min(Math.max((before - logSigma) / (before - after), 0), 1);
  return (1 - w) * low + w * high;
}

/**
 * The level to step down to without noise, and the noise to add there, so as to arrive at σ `to` from σ `from`: for
 * η = 1 the ancestral step, σ_up² = σ_to² (1 − σ_to²/σ_from²). As much noise as `to` has at most.
 */
export function ancestralStep(from: number, to: number, eta = 1): { down: number; up: number } {
  const r = to / from;
  // A step up in noise has no ancestral part.
  const up = Math.min(eta * Math.sqrt(Math.max((1 - r) * (1 + r), 0)), 1);
  // 1 − up², without the difference that loses the digits of a small r.
  const rest = (1 - eta) * (1 + eta) + (eta * r) ** 2;
  return { down: to * Math.sqrt(Math.max(rest, 0)), up: to * up };
}
