/** Multistep sampling of consistency models (Song et al. 2023, arXiv 2303.01469, algorithm 1): to data, and back up by new noise. */
import { pairs, type Sampler, sum, x0Hat } from '../step.ts';
import { checkAmounts } from './options.ts';

export interface ConsistencySamplerOptions {
  /** σ_min/α, the noise that x̂_0 is taken to have left; 0.002 for the paper's models, 0 where x̂_0 is clean data. */
  readonly sigmaMin?: number;
  /** By what the noise is multiplied. */
  readonly sNoise?: number;
}

/**
 * x_s = α_s x̂_0 + √(σ_s² − α_s² σ_min²) z: no noise at σ_min and below. `consistencyWeights` makes x̂_0 of a model's answer.
 * @throws RangeError unless both options are at least 0.
 */
export function consistency({ sigmaMin = 0, sNoise = 1 }: ConsistencySamplerOptions = {}): Sampler {
  checkAmounts({ σ_min: sigmaMin, 'the scale of noise': sNoise });
  return (levels) =>
    pairs(levels, { falling: true }).map(([t, s]) => ({
      at: t,
      to: s,
      next: sum([s.alpha, x0Hat]),
      s: sNoise * Math.sqrt(Math.max(s.sigma ** 2 - (s.alpha * sigmaMin) ** 2, 0)),
    }));
}
