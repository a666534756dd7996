/** The float64 twin of shaders/process/linear_gaussian_colour.wgsl; its noise is the float32 twin's, JAX's unless asked. */

import type { ColourRow } from '../../src/diffusion/colour-path.ts';
import { apply, plus, type Vector } from '../../src/diffusion/matrix.ts';
import { type NoiseSource, noiseOf } from '../../src/diffusion/noise.ts';
import type { Shape } from '../../src/passes/shape.ts';

/** A state's pixels, each by the indices of its three channels. */
export const pixelIndices = ({ n, h, w }: Shape): [number, number, number][] =>
  Array.from({ length: n * h * w }, (_, pixel) => {
    const plane = h * w;
    const image = Math.floor(pixel / plane);
    const r = image * 3 * plane + (pixel % plane);
    return [r, r + plane, r + 2 * plane];
  });

/** x' = A x + B x̂_0 + S z, z ~ N(0, I) drawn with the row's key, element by element. */
export function linearGaussianColour(
  { A, B, S, key }: ColourRow,
  x: ArrayLike<number>,
  x0Hat: ArrayLike<number>,
  shape: Shape,
  noise: NoiseSource = 'jax',
): Float64Array {
  const z = noiseOf(noise, key, x.length);
  const next = new Float64Array(x.length);
  for (const channels of pixelIndices(shape)) {
    const at = (values: ArrayLike<number>): Vector => channels.map((i) => values[i] as number);
    const pixel = plus(plus(apply(A, at(x)), apply(B, at(x0Hat))), apply(S, at(z)));
    channels.forEach((i, k) => {
      next[i] = pixel[k] as number;
    });
  }
  return next;
}
