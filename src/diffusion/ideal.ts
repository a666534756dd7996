/**
 * The exact posterior over a finite set of images y_i, all equally likely, given x_t = α x_0 + σ ε:
 *
 *     p(i | x_t) = softmax_i(−‖x_t − α y_i‖²/2σ²),    x̂_0 = E[x_0 | x_t] = Σ_i p(i | x_t) y_i
 *
 * by Bayes' theorem. In float64; shaders/measure/distances.wgsl and shaders/denoise/ do the same on the GPU.
 */
import { type Images, valuesOf } from './images.ts';
import type { Level } from './step.ts';

type Values = ArrayLike<number>;
type AlphaSigma = Pick<Level, 'alpha' | 'sigma'>;

/** ‖x − α y_i‖² for every image of the set. `x` is one image. */
export function squaredDistances(images: Images, x: Values, alpha: number): Float64Array {
  const { n } = images.shape;
  return Float64Array.from({ length: n }, (_, i) =>
    valuesOf(images, i, 1).reduce((sum, y, d) => sum + ((x[d] as number) - alpha * y) ** 2, 0),
  );
}

/**
 * softmax_i(−d_i/2σ²) of squared distances d_i. At σ = 0, its limit: the nearest images share it equally.
 * @returns as many probabilities, whose sum is 1.
 */
export function posteriorProbabilities(distances: Values, sigma: number): Float64Array {
  const all = Float64Array.from(distances);
  const least = all.reduce((low, d) => Math.min(low, d), Infinity);
  const weights = all.map((d) => (d === least ? 1 : Math.exp(-(d - least) / (2 * sigma ** 2))));
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}

/** E[x_0 | x_t] for one image x_t. */
export function idealMean(images: Images, x: Values, { alpha, sigma }: AlphaSigma): Float64Array {
  const p = posteriorProbabilities(squaredDistances(images, x, alpha), sigma);
  const mean = new Float64Array(x.length);
  p.forEach((weight, i) => {
    if (weight === 0) return;
    valuesOf(images, i, 1).forEach((y, d) => {
      mean[d] = (mean[d] as number) + weight * y;
    });
  });
  return mean;
}

/** −Σ p log_2 p: log_2(N) where every image is as likely, 0 where one is certain. */
export const entropyBits = (probabilities: Values): number =>
  0 - Array.from(probabilities).reduce((sum, p) => (p > 0 ? sum + p * Math.log2(p) : sum), 0);

/** The indices of the k least, nearest first; of equals the first. */
export function nearestIndices(distances: Values, k: number): number[] {
  const near: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    const d = distances[i] as number;
    if (near.length === k && d >= (distances[near[k - 1] as number] as number)) continue;
    const place = near.findIndex((j) => d < (distances[j] as number));
    near.splice(place < 0 ? near.length : place, 0, i);
    if (near.length > k) near.pop();
  }
  return near;
}
