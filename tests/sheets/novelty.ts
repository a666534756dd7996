/** How far samples are from a set. */
import { type Images, valuesOf } from '../../src/diffusion/images.ts';

export interface Novelty {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Samples within 0.05 of an item: copies to the eye. */
  readonly copies: number;
}

const COPY = 0.05;

/** Of image `i` of `from` to the nearest of the set, but for item `except`: root of the mean square over its values. */
function nearest(from: Float32Array, set: Float32Array, size: number, i: number, except = -1): number {
  let least = Infinity;
  for (let j = 0; j < set.length / size; j++) {
    if (j === except) continue;
    let sum = 0;
    for (let k = 0; k < size; k++) {
      sum += ((from[i * size + k] as number) - (set[j * size + k] as number)) ** 2;
    }
    least = Math.min(least, sum);
  }
  return Math.sqrt(least / size);
}

function summary(distances: readonly number[]): Novelty {
  return {
    mean: distances.reduce((a, b) => a + b, 0) / distances.length,
    min: Math.min(...distances),
    max: Math.max(...distances),
    copies: distances.filter((distance) => distance < COPY).length,
  };
}

export function novelty(samples: Float32Array, images: Images): Novelty {
  const { n, c, h, w } = images.shape;
  const size = c * h * w;
  const set = valuesOf(images, 0, n);
  return summary(Array.from({ length: samples.length / size }, (_, i) => nearest(samples, set, size, i)));
}

/** Of the items themselves to the nearest other one: what the distances are to be held against. */
export function within(images: Images): Novelty {
  const { n, c, h, w } = images.shape;
  const set = valuesOf(images, 0, n);
  return summary(Array.from({ length: n }, (_, i) => nearest(set, set, c * h * w, i, i)));
}
