/** DDIM (Song et al. 2021, eqs. 12 and 16): from deterministic, η = 0, to ancestral, η = 1. */
import { pairs, type Sampler, sum, x, x0Hat, x0HatUnclipped } from '../step.ts';
import { descend } from './ancestral.ts';
import { checkAmounts } from './options.ts';

export interface DdimOptions {
  /** Not negative. */
  readonly eta?: number;
  /**
   * Which x̂_0 leaves the noise that is predicted, where it is clipped: OpenAI's code derives ε̂ anew from the clipped one,
   * diffusers' keeps the model's.
   */
  readonly noiseOf?: 'clipped' | 'unclipped';
}

/**
 * Without noise its levels may also rise, from data to noise: DDIM's inversion.
 * @throws RangeError unless η ≥ 0.
 */
export function ddim({ eta = 0, noiseOf = 'clipped' }: DdimOptions = {}): Sampler {
  checkAmounts({ η: eta });
  return (levels) =>
    pairs(levels, { falling: eta > 0 }).map(([t, s]) => {
      const of = noiseOf === 'clipped' ? x0Hat : x0HatUnclipped;
      const epsHat = sum([1 / t.sigma, x], [-t.alpha / t.sigma, of]);
      // eq. 16: η times the posterior's own deviation; what is left of σ_s² is for ε̂.
      const { down, deviation } = descend(t, s, { eta });
      return { at: t, to: s, next: sum([s.alpha, x0Hat], [down.sigma, epsHat]), s: deviation };
    });
}
