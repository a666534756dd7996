/** The float64 twin of shaders/process/linear_gaussian.wgsl; its noise is the float32 twin's, JAX's unless asked. */

import { type NoiseSource, noiseOf } from '../../src/diffusion/noise.ts';
import type { Row } from '../../src/diffusion/path.ts';

/** x' = a·x + b·x̂_0 + s·z, z ~ N(0, I) drawn with the row's key. */
export function linearGaussian(
  { a, b, s, key }: Row,
  x: ArrayLike<number>,
  x0Hat: ArrayLike<number>,
  noise: NoiseSource = 'jax',
): Float64Array {
  const z = s > 0 ? noiseOf(noise, key, x.length) : undefined;
  return Float64Array.from(
    x,
    (value, i) => a * value + b * (x0Hat[i] as number) + (z ? s * (z[i] as number) : 0),
  );
}

/** The largest |actual − expected| / max(1, |expected|). */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new RangeError(`${actual.length} values, not ${expected.length}`);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs((actual[i] as number) - (expected[i] as number));
    largest = Math.max(largest, error / Math.max(1, Math.abs(expected[i] as number)));
  }
  return largest;
}
