/**
 * Runs that begin part-way: from a picture that was noised to some level (SDEdit, Meng et al. 2022), or from the picture
 * itself, whose own noise is to be found (DDIM's inversion, Song et al. 2021, section 4.3).
 */
import { type Level, pairs, type Sampler, type Step, sum, x } from './step.ts';

/** A part of a step that may be rounding. */
const ROUNDING = 1e-9;

/** ⌊strength·n⌋ of n steps, one at least. @throws RangeError for a strength outside (0, 1]. */
export function partOf(n: number, strength: number): number {
  if (!(strength > 0 && strength <= 1)) {
    throw new RangeError(`the strength must be above 0 and at most 1, not ${strength}`);
  }
  return Math.max(1, Math.floor(strength * n + ROUNDING));
}

/**
 * The end of a ladder: ⌊strength·n⌋ of its n steps, one at least. x = α x_0 + σ ε is to be made at the level of the first step
 * that is taken, `partWay(…)[0]`, and not at the one before it: a step's noise too much would stay in the result.
 * @param strength in (0, 1]; 1 is the whole ladder. @throws RangeError for any other, and for fewer than two levels.
 */
export function partWay(levels: readonly Level[], strength: number): Level[] {
  const n = pairs(levels).length;
  return levels.slice(n - partOf(n, strength));
}

/**
 * From data to noise, along the ladder of a way back the other way round: the same sampler then leads back, and what it
 * misses the picture by falls with its order.
 *
 * Clean data, σ = 0, say nothing of their noise, ε̂ = (x − α x̂_0)/σ: where the ladder ends in them, the first step only
 * scales, x = (α_1/α_0) x_0. It leaves out σ_1 ε̂, and so a round trip of however many steps misses by about σ_1.
 * @param levels from noise to data, as for the way back.
 * @throws RangeError for fewer than two levels, and where the sampler is one that draws noise and so only leads back.
 */
export function inversion(sampler: Sampler, levels: readonly Level[]): Step[] {
  const rising = levels.toReversed();
  const [[clean, first]] = pairs(rising, { fromData: true }) as [readonly [Level, Level]];
  if (clean.sigma > 0) return sampler(rising);
  const scaled: Step = { at: clean, to: first, next: sum([first.alpha / clean.alpha, x]) };
  return rising.length === 2 ? [scaled] : [scaled, ...sampler(rising.slice(1))];
}
