/** How far images are apart: samples, and those of a set. */
import { type Images, valuesOf } from '../../diffusion/images.ts';

/** Nearer than this, a sample is a copy to the eye. */
export const COPY = 0.05;

/** Σ (x − y)² over `size` values from two places on; stops once beyond `most`. */
function squared(
  x: Float32Array,
  i: number,
  y: Float32Array,
  j: number,
  size: number,
  most = Infinity,
): number {
  let sum = 0;
  for (let k = 0; k < size; ) {
    const end = Math.min(k + 512, size);
    for (; k < end; k++) sum += ((x[i + k] as number) - (y[j + k] as number)) ** 2;
    if (sum > most) return sum;
  }
  return sum;
}

/** The mean over all pairs of a batch of their root mean squared difference; NaN for a single one. */
export function meanDistance(batch: Float32Array, size: number): number {
  const n = batch.length / size;
  let total = 0;
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) total += Math.sqrt(squared(batch, a * size, batch, b * size, size) / size);
  return total / ((n * (n - 1)) / 2);
}

const spreads = new WeakMap<Images, number>();

/** The mean distance of a set's images to the nearest other one; computed once. */
export function spreadOf(set: Images): number {
  const known = spreads.get(set);
  if (known !== undefined) return known;
  const { n, c, h, w } = set.shape;
  const size = c * h * w;
  const values = valuesOf(set, 0, n);
  const least = new Float64Array(n).fill(Infinity);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) {
      const most = Math.max(least[a] as number, least[b] as number);
      const sum = squared(values, a * size, values, b * size, size, most);
      least[a] = Math.min(least[a] as number, sum);
      least[b] = Math.min(least[b] as number, sum);
    }
  }
  const spread = least.reduce((total, sum) => total + Math.sqrt(sum / size), 0) / n;
  spreads.set(set, spread);
  return spread;
}
