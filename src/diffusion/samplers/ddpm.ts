/** DDPM's ancestral sampling (Ho et al. 2020, eqs. 6, 7 and 11) between any two levels. */
import { lambda, pairs, type Sampler, sum, x, x0Hat, x0HatUnclipped } from '../step.ts';

export interface DdpmOptions {
  /**
   * Of the noise: that of q(x_s|x_t, x_0); σ²_{t|s}, β_t where s = t − 1; between the two in the logarithm, as a model
   * says (Nichol & Dhariwal 2021, eq. 15), v = 0 being the small one; or e^v.
   */
  readonly variance?: 'small' | 'large' | 'learned-range' | 'learned';
  /** Whether the step to clean data draws noise too, the small variance being then 1e-20, as in diffusers. */
  readonly lastNoise?: boolean;
  /** Which x̂_0 is in the mean. A model that says the mean itself has it from the unclipped one. */
  readonly meanOf?: 'clipped' | 'unclipped';
}

const LEAST_DEVIATION = 1e-10;

export const ddpm =
  ({ variance = 'small', lastNoise = false, meanOf = 'clipped' }: DdpmOptions = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: true }).map(([t, s]) => {
      const h = lambda(s) - lambda(t);
      // β̃_t = σ_s² σ²_{t|s}/σ_t² and σ²_{t|s} = σ_t² (1 − SNR(t)/SNR(s)), in deviations
      const share = Math.sqrt(-Math.expm1(-2 * h));
      const large = t.sigma * share;
      const small = Math.max(s.sigma * share, lastNoise ? LEAST_DEVIATION : 0);
      const noise = {
        small: { s: small },
        large: { s: large },
        'learned-range': { s: small, spread: Math.log(large / small) },
        learned: { s: 1, spread: 1 / 2 },
      }[variance];
      // eq. 7
      const next = sum(
        [(s.sigma / t.sigma) * Math.exp(-h), x],
        [s.alpha * share ** 2, meanOf === 'clipped' ? x0Hat : x0HatUnclipped],
      );
      return { at: t, to: s, next, ...(s.sigma > 0 || lastNoise ? noise : undefined) };
    });
