/**
 * The gradient-estimation sampler (Permenter & Yuan 2023, arXiv 2306.04848, section 5): steps of `euler` along
 * ε̄ = γ ε̂_t + (1 − γ) ε̂_{t+1}; with μ, to a lower level and back up by noise.
 */
import { epsHat, m, pairs, ratio, type Sampler, type Step, sum } from '../step.ts';
import { towards } from './euler.ts';

export interface GradientEstimationOptions {
  /** Finite; 1 is DDIM, with no use of the previous step. */
  readonly gamma?: number;
  /** In [0, 1): σ̃_s is σ̃_t^{1−μ} σ̃'^μ, σ̃' being where the step without noise ends; 0 for no noise, 1/2 for DDPM's. */
  readonly mu?: number;
}

/** @throws RangeError unless γ is finite and μ in [0, 1). */
export function gradientEstimation({ gamma = 2, mu = 0 }: GradientEstimationOptions = {}): Sampler {
  if (!Number.isFinite(gamma)) throw new RangeError(`γ must be finite, not ${gamma}`);
  if (!(mu >= 0 && mu < 1)) throw new RangeError(`μ must lie in [0, 1), not ${mu}`);
  return (levels) =>
    pairs(levels, { falling: mu > 0 }).map(([t, s], i): Step => {
      const [from, to] = [ratio(t), ratio(s)];
      const down = mu === 0 || to === 0 ? to : (to / from ** (1 - mu)) ** (1 / mu);
      const taken = {
        at: t,
        to: s,
        s: s.alpha * Math.sqrt((to - down) * (to + down)),
        keep: [epsHat(t)],
      };
      const euler = towards(t, { ...s, sigma: s.alpha * down });
      if (i === 0 || gamma === 1 || t.alpha === 0) return { ...taken, next: euler };
      // ε̄ in place of ε̂
      const extra = s.alpha * (down - from) * (gamma - 1);
      return { ...taken, next: sum([1, euler], [extra, epsHat(t)], [-extra, m[0]]) };
    });
}
