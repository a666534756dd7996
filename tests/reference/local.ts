/** The float64 twin of shaders/denoise/local_*.wgsl: every window summed term by term. */
import type { Level } from '../../src/diffusion/step.ts';
import type { Shape } from '../../src/passes/shape.ts';

type Values = ArrayLike<number>;

export interface LocalCase {
  readonly shape: Shape;
  readonly x: Values;
  /** Values of the set, N images of the state's size. */
  readonly set: Values;
  readonly level: Level;
  /** The window's side; at the edges only what is inside the image counts. */
  readonly k: number;
}

/** The weighted mean of values whose squared distances these are; at σ = 0 that of the nearest. */
export function softmaxMean(distances: Values, values: Values, sigma: number): number {
  const least = Math.min(...Array.from(distances));
  let [weight, sum] = [0, 0];
  for (let i = 0; i < distances.length; i++) {
    const farther = (distances[i] as number) - least;
    const w = farther === 0 ? 1 : Math.exp(-farther / (2 * sigma ** 2));
    weight += w;
    sum += w * (values[i] as number);
  }
  return sum / weight;
}

export function localMean({ shape: { n, c, h, w }, x, set, level, k }: LocalCase): Float64Array {
  const plane = h * w;
  const images = set.length / (c * plane);
  const r = (k - 1) / 2;
  const x0Hat = new Float64Array(n * c * plane);
  const squares = Array.from({ length: n }, (_, b) =>
    Array.from({ length: images }, (_, i) =>
      Float64Array.from({ length: plane }, (_, p) => {
        let sum = 0;
        for (let j = p; j < c * plane; j += plane) {
          sum += ((x[b * c * plane + j] as number) - level.alpha * (set[i * c * plane + j] as number)) ** 2;
        }
        return sum;
      }),
    ),
  );
  const inside = (centre: number, length: number) => [
    Math.max(centre - r, 0),
    Math.min(centre + r, length - 1),
  ];
  for (let b = 0; b < n; b++) {
    for (let p = 0; p < plane; p++) {
      const [top, bottom] = inside(Math.floor(p / w), h) as [number, number];
      const [left, right] = inside(p % w, w) as [number, number];
      const distances = (squares[b] as Float64Array[]).map((of) => {
        let sum = 0;
        for (let v = top; v <= bottom; v++)
          for (let u = left; u <= right; u++) sum += of[v * w + u] as number;
        return sum;
      });
      for (let j = 0; j < c; j++) {
        const values = distances.map((_, i) => set[(i * c + j) * plane + p] as number);
        x0Hat[(b * c + j) * plane + p] = softmaxMean(distances, values, level.sigma);
      }
    }
  }
  return x0Hat;
}
