/** The levels that a sampler is to visit on a discrete schedule, from noise to clean data. */
import { linspace } from './linspace.ts';
import type { Schedule } from './schedule.ts';
import { exponentialSigmas, karrasSigmas, type SigmaRange } from './sigmas.ts';
import type { Level } from './step.ts';
import { wholeTimesteps } from './timesteps.ts';

/**
 * Even in t with both ends, in √t, at every ⌊T/n⌋-th t from 1 or at T, T − T/n, … rounded; or in σ^{1/7} (Karras et al.
 * 2022) or log SNR (Lu et al. 2022; "exponential" elsewhere) with σ = σ_t/α_t.
 */
export const LADDER_SPACINGS = ['linspace', 'quadratic', 'leading', 'trailing', 'karras', 'log-snr'] as const;
export type LadderSpacing = (typeof LADDER_SPACINGS)[number];

/** arctan(σ_t/α_t): from 0 for clean data to π/2 where nothing else is left. */
const angle = ({ alpha, sigma }: Schedule, t: number): number =>
  Math.atan2(sigma[t] as number, alpha[t] as number);
/** What is left of it to π/2, with all its digits where that is little. */
const complement = ({ alpha, sigma }: Schedule, t: number): number =>
  Math.atan2(alpha[t] as number, sigma[t] as number);

/** The level at any t in [0, T]: the schedule's own at whole ones, its angle linear in t in between. */
export function levelAt(schedule: Schedule, t: number): Level {
  const low = Math.floor(t);
  if (low === t) return { alpha: schedule.alpha[t] as number, sigma: schedule.sigma[t] as number, t };
  const between = (of: typeof angle) =>
    of(schedule, low) + (t - low) * (of(schedule, low + 1) - of(schedule, low));
  return { alpha: Math.sin(between(complement)), sigma: Math.sin(between(angle)), t };
}

/** The t in [1, T] at which σ_t/α_t = σ, for σ between its ends. */
function timeOfSigma(schedule: Schedule, sigma: number): number {
  const phi = sigma < 1 ? Math.atan(sigma) : -Math.atan(1 / sigma);
  const of = (t: number) => (sigma < 1 ? angle(schedule, t) : -complement(schedule, t));
  let [low, high] = [1, schedule.T];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (of(middle) <= phi) low = middle;
    else high = middle;
  }
  return low + Math.min(Math.max((phi - of(low)) / (of(high) - of(low)), 0), 1);
}

/** n times from `last` to 1 whose σ are spaced by `table`. */
function timesOfSigmas(
  schedule: Schedule,
  n: number,
  last: number,
  table: (n: number, range: SigmaRange) => number[],
): number[] {
  const { alpha, sigma } = schedule;
  const ratio = (t: number) => (sigma[t] as number) / (alpha[t] as number);
  // With zero terminal SNR σ_T/α_T is infinite: T is visited, and the rest is spaced from T − 1.
  if (alpha[last] === 0) return [last, ...(n > 1 ? timesOfSigmas(schedule, n - 1, last - 1, table) : [])];
  const range = { sigmaMin: ratio(1), sigmaMax: ratio(last) };
  const times = table(n, range).map((value) => timeOfSigma(schedule, value));
  if (n > 1) times[n - 1] = 1;
  return times.with(0, last);
}

function spacedTimes(schedule: Schedule, n: number, spacing: LadderSpacing): number[] {
  const { T } = schedule;
  // A single step is from T, whatever the spacing.
  if (n === 1) return [T];
  switch (spacing) {
    case 'linspace':
      return linspace(T, 1, n);
    case 'quadratic':
      return linspace(Math.sqrt(T), 1, n)
        .map((root) => root ** 2)
        .with(0, T);
    case 'leading':
    case 'trailing':
      return wholeTimesteps(T, n, { spacing }).map((tau) => tau + 1);
    case 'karras':
      return timesOfSigmas(schedule, n, T, karrasSigmas);
    case 'log-snr':
      return timesOfSigmas(schedule, n, T, exponentialSigmas);
  }
}

/**
 * n + 1 levels, less noise in each than in the one before: the first at t = T, but for "leading", which begins at
 * (n − 1)⌊T/n⌋ + 1; the last clean data, t = 0. "linspace" with n = T is the schedule's own t = T … 0.
 * @throws RangeError unless n is a whole number from 1 to T.
 */
export function ladder(schedule: Schedule, spacing: LadderSpacing, n: number): Level[] {
  const { T } = schedule;
  if (!Number.isInteger(n) || n < 1 || n > T) {
    throw new RangeError(`the number of steps must be a whole number from 1 to T = ${T}, not ${n}`);
  }
  return [...spacedTimes(schedule, n, spacing), 0].map((t) => levelAt(schedule, t));
}
