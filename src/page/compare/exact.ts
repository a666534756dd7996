/** What a perfect sampler would make of the same noise. */
import { marginal } from '../../diffusion/law.ts';
import type { Level } from '../../diffusion/step.ts';

/**
 * The probability-flow ODE's solution for data N(source, deviation²), every value on its own, from `noise` at one level to
 * another: x keeps its quantile, x − α x_0 ∝ √(α² deviation² + σ²) (Song et al. 2021, arXiv 2011.13456, eq. 13).
 */
export function exactState(
  noise: Float32Array,
  x0: Float32Array,
  deviation: number,
  from: Level,
  to: Level,
): Float32Array {
  const spread = (level: Level) => Math.sqrt(marginal({ mean: 0, variance: deviation ** 2 }, level).variance);
  const scale = spread(to) / spread(from);
  return noise.map((x, i) => {
    const source = x0[i] as number;
    return to.alpha * source + scale * (x - from.alpha * source);
  });
}
