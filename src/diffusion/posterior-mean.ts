/** E[x_0 | x_t] where the data's law is known. */
import type { Weights } from './prediction.ts';
import type { Scales } from './step.ts';

/**
 * For data N(m, d² I), by the linear-Gaussian theorem for a value on its own, x̂_0 = p·x_t + q·m with
 *
 *     p = d² α/(d² α² + σ²),   q = σ²/(d² α² + σ²)
 */
export const gaussianWeights = ({ alpha, sigma }: Scales, deviation: number): Weights => {
  const evidence = (deviation * alpha) ** 2 + sigma ** 2;
  return { p: (deviation ** 2 * alpha) / evidence, q: sigma ** 2 / evidence };
};
