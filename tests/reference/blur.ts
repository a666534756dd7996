/** The float64 twin of shaders/denoise/blur.wgsl, both axes. */
import { gaussianWeights } from '../../src/passes/denoise/gaussian-weights.ts';
import type { Shape } from '../../src/passes/shape.ts';

/** Every plane of an NCHW batch blurred, the values of its edges going on beyond them. */
export function blur(values: ArrayLike<number>, { w, h }: Shape, sigma: number): Float64Array {
  const weights = gaussianWeights(sigma);
  const clamp = (i: number, count: number) => Math.min(Math.max(i, 0), count - 1);
  const along = (source: Float64Array, index: (i: number, k: number) => number) =>
    source.map((value, i) =>
      weights.reduce((sum, weight, k) => {
        const pair = k === 0 ? value : (source[index(i, -k)] as number) + (source[index(i, k)] as number);
        return sum + weight * pair;
      }, 0),
    );
  const x = (i: number) => i % w;
  const y = (i: number) => Math.floor(i / w) % h;
  const alongX = along(Float64Array.from(values), (i, k) => i - x(i) + clamp(x(i) + k, w));
  return along(alongX, (i, k) => i + (clamp(y(i) + k, h) - y(i)) * w);
}
