/**
 * Noise added before a step, so that the step begins at a higher level (Karras et al. 2022, algorithm 2, lines 4–6): x̃ at
 * σ̃ goes to σ̂ = (1 + γ) σ̃ by noise of standard deviation √(σ̂² − σ̃²).
 */
import { type Level, pairs, ratio, type Step, sum, x } from '../step.ts';
import { checkAmounts } from './options.ts';
import { about, type StageOptions } from './stages.ts';

export interface ChurnOptions extends StageOptions {
  /** γ for all steps together, not negative; each has at most √2 − 1. */
  readonly sChurn?: number;
  /** σ̃ from which, and up to which, there is any. */
  readonly sTmin?: number;
  readonly sTmax?: number;
  /** By what the noise is multiplied; not negative. */
  readonly sNoise?: number;
}

/**
 * The steps of a sampler that takes `move` from every level to the next, from a higher one where there is churn.
 * @throws RangeError unless γ and the noise's factor are at least 0.
 */
export function churned(
  levels: readonly Level[],
  { sChurn = 0, sTmin = 0, sTmax = Infinity, sNoise = 1, levelOf }: ChurnOptions,
  move: (t: Level, s: Level) => Step[],
): Step[] {
  checkAmounts({ γ: sChurn, "the noise's factor": sNoise });
  const most = Math.min(sChurn / (levels.length - 1), Math.SQRT2 - 1);
  return pairs(levels, { falling: sChurn > 0 }).flatMap(([t, s], i) => {
    const sigma = ratio(t);
    const gamma = sTmin <= sigma && sigma <= sTmax && t.alpha > 0 ? most : 0;
    if (gamma === 0) return move(t, s);
    const level = levelOf ?? about(t, s.sigma > 0 ? s : (levels[i - 1] ?? s));
    const hat = level((1 + gamma) * sigma);
    const deviation = hat.alpha * sNoise * sigma * Math.sqrt(gamma * (2 + gamma));
    return [{ at: t, to: hat, next: sum([hat.alpha / t.alpha, x]), s: deviation }, ...move(hat, s)];
  });
}
