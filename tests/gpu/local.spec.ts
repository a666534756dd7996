import type { DenoiserOptions } from '../../src/denoisers/make.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { key } from '../../src/diffusion/random.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { localMean } from '../reference/local.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/**
 * What float32 makes of values within [−1, 1] whose weights are exp of −S/2σ²: S, rounded, is wrong by S · 10⁻⁷, and at
 * σ = 0.04 that counts 300 times where two images are equally near.
 */
const tolerance = ({ sigma }: Level) => (sigma < 0.1 ? 1e-3 : 1e-4);

const vp = (ratio: number): Level => ({
  alpha: 1 / Math.hypot(1, ratio),
  sigma: ratio / Math.hypot(1, ratio),
  t: 1,
});

/** Images that share a ground and differ in blocks, as a set of pictures does, on which windows of any size can agree. */
function pictures({ c, h, w }: Shape, n: number, seed = 1): Float32Array<ArrayBuffer> {
  const blocks = pixels(n * c * h * w, seed);
  return Float32Array.from({ length: n * c * h * w }, (_, j) => {
    const [u, v] = [j % w, Math.floor(j / w) % h];
    const [channel, i] = [Math.floor(j / (h * w)) % c, Math.floor(j / (c * h * w))];
    const block = Math.floor(u / 6) + 7 * Math.floor(v / 6);
    // Every third image has the same block: their windows tie.
    const own = (i + block) % 3 === 0 ? 0 : i;
    return blocks[(own * 50 + block * c + channel) % blocks.length] as number;
  });
}

/** States of a run at this level: a picture spliced from those of the set, with noise. */
function states(shape: Shape, set: Float32Array, { alpha, sigma }: Level): Float32Array<ArrayBuffer> {
  const { c, h, w } = shape;
  const noise = normals(key(7), valueCount(shape));
  return Float32Array.from(noise, (z, j) => {
    const [u, b] = [j % w, Math.floor(j / (c * h * w))];
    const image = (b + Math.floor(u / 5)) % (set.length / (c * h * w));
    return alpha * (set[image * c * h * w + (j % (c * h * w))] as number) + sigma * z;
  });
}

const cases: readonly (readonly [n: number, N: number, c: number, h: number, w: number])[] = [
  [1, 1, 3, 8, 8],
  [1, 5, 1, 13, 17],
  [3, 8, 3, 17, 13],
  [5, 9, 3, 16, 11],
  [3, 40, 3, 32, 32],
  [4, 13, 2, 6, 9],
  [9, 21, 4, 5, 7],
];

for (const [n, N, c, h, w] of cases) {
  test(`${n} of ${w} × ${h} × ${c} from ${N}: every value is the twin's`, async ({ gpu }) => {
    const shape = { n, c, h, w };
    const set = pictures(shape, N);
    const whole = 2 * Math.max(h, w) - 1;
    const images = { shape: { n: N, c, h, w }, values: set };
    const errors: number[] = [];
    for (const level of [15, 1, 0.2, 0.04].map(vp)) {
      const x = states(shape, set, level);
      for (const k of [1, 5, 7, whole]) {
        const denoiser: DenoiserOptions = { name: 'local', set: images, kMax: k, kMin: k };
        const { answers, left } = await gpu.evaluate((asked) => window.harness.denoisedAndReleased(asked), {
          ...{ shape, x, denoiser },
          levels: [level],
        });
        expect(left).toBe(0);
        const expected = localMean({ shape, x, set, level, k });
        const error = largestError(answers[0] as Float32Array, expected);
        errors.push(error);
        expect(error, `σ = ${level.sigma}, k = ${k}`).toBeLessThanOrEqual(tolerance(level));
      }
    }
    report('largest error', Math.max(...errors));
  });
}
