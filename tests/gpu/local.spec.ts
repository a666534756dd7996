import type { DenoiserOptions } from '../../src/denoisers/list.ts';
import { valuesOf } from '../../src/diffusion/images.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { key } from '../../src/diffusion/random.ts';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { localMean, softmaxMean } from '../reference/local.ts';
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

test('a set in several buffers, and a few of its images at a time, is the whole set', async ({ gpu }) => {
  const shape = { n: 8, c: 3, h: 16, w: 11 };
  const set = pictures(shape, 39);
  const images = { shape: { ...shape, n: 39 }, values: set };
  const level = vp(0.5);
  const x = states(shape, set, level);
  const asked = {
    shape,
    x,
    levels: [level],
    denoiser: { name: 'local', set: images, kMax: 7, kMin: 7 },
  } as const;
  // Room for 16 images of the set in a buffer, and for the sums of 8.
  const { answers, left } = await gpu.evaluate((asked) => {
    const { denoisedAndReleased, withDeviceLimit } = window.harness;
    return withDeviceLimit('maxStorageBufferBindingSize', 45_200, () => denoisedAndReleased(asked));
  }, asked);
  expect(left).toBe(0);
  const expected = localMean({ shape, x, set, level, k: 7 });
  expect(largestError(answers[0] as Float32Array, expected)).toBeLessThanOrEqual(tolerance(level));
  const refused = await gpu.evaluate((asked) => {
    const { denoisedAndReleased, failure, withDeviceLimit } = window.harness;
    return withDeviceLimit('maxStorageBufferBindingSize', 45_100, () => failure(denoisedAndReleased(asked)));
  }, asked);
  expect(refused).toMatchObject({
    name: 'TooLarge',
    message: expect.stringContaining('needs 0.05 MiB at once'),
  });
});

for (const c of [1, 2, 3, 4]) {
  test(`bytes of ${c} channels are the values that they stand for, also a few of them at a time`, async ({
    gpu,
  }) => {
    const shape = { n: 2, c, h: 9, w: 8 };
    const bytes = Uint8Array.from(pictures(shape, 27), (value) => Math.round(127.5 * (value + 1)));
    const images = { shape: { ...shape, n: 27 }, values: bytes };
    const set = valuesOf(images, 0, 27);
    for (const level of [15, 0.3, 0.04].map(vp)) {
      const x = states(shape, set, level);
      // Room for the sums of 16 images of the set.
      const { answers } = await gpu.evaluate(
        (asked) => {
          const { denoisedAndReleased, withDeviceLimit } = window.harness;
          return withDeviceLimit('maxStorageBufferBindingSize', 9_300, () => denoisedAndReleased(asked));
        },
        {
          ...{ shape, x, levels: [level] },
          denoiser: { name: 'local', set: images, kMax: 3, kMin: 3 },
        } as const,
      );
      const error = largestError(answers[0] as Float32Array, localMean({ shape, x, set, level, k: 3 }));
      report(`σ = ${level.sigma}`, error);
      expect(error).toBeLessThanOrEqual(tolerance(level));
    }
  });
}

test('clean data is answered by the nearest, and noise without signal by the mean of all', async ({
  gpu,
}) => {
  const shape = { n: 2, c: 3, h: 13, w: 17 };
  const set = pictures(shape, 11);
  const levels: Level[] = [
    { alpha: 1, sigma: 0, t: 0 },
    { alpha: 0, sigma: 1, t: 9 },
    { alpha: 1, sigma: 80, t: 9 },
  ];
  // Two of the set, of which others have parts: with those they tie.
  const x = set.slice(3 * 663, 5 * 663);
  const { answers } = await gpu.evaluate((asked) => window.harness.denoisedAndReleased(asked), {
    ...{ shape, x, levels },
    denoiser: { name: 'local', set: { shape: { ...shape, n: 11 }, values: set }, kMax: 5, kMin: 5 },
  } as const);
  for (const [p, level] of levels.entries()) {
    const expected = localMean({ shape, x, set, level, k: 5 });
    expect(largestError(answers[p] as Float32Array, expected), `σ = ${level.sigma}`).toBeLessThanOrEqual(
      1e-4,
    );
  }
  const mean = (j: number) => Array.from({ length: 11 }, (_, i) => set[i * 663 + j] as number);
  for (const j of [0, 100, 662]) {
    expect(answers[1]?.[j]).toBeCloseTo(mean(j).reduce((a, b) => a + b) / 11, 5);
  }
});

test('a window that sees the whole image makes it the exact posterior mean', async ({ gpu }) => {
  const shape = { n: 3, c: 3, h: 12, w: 9 };
  const [size, N] = [324, 17];
  const set = pictures(shape, N);
  for (const ratio of [4, 1, 0.3]) {
    const level = vp(ratio);
    const x = states(shape, set, level);
    const { answers } = await gpu.evaluate((asked) => window.harness.denoisedAndReleased(asked), {
      ...{ shape, x, levels: [level] },
      denoiser: { name: 'local', set: { shape: { ...shape, n: N }, values: set }, kMax: 23, kMin: 23 },
    } as const);
    const expected = Array.from(x, (_, at) => {
      const [own, j] = [Math.floor(at / size) * size, at % size];
      const distances = Array.from({ length: N }, (_, i) => {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          sum += ((x[own + k] as number) - level.alpha * (set[i * size + k] as number)) ** 2;
        }
        return sum;
      });
      const values = distances.map((_, i) => set[i * size + j] as number);
      return softmaxMean(distances, values, level.sigma);
    });
    const error = largestError(answers[0] as Float32Array, expected);
    report(`σ/α = ${ratio}`, error);
    expect(error).toBeLessThanOrEqual(tolerance(level));
  }
});

test('from one image nothing else can come', async ({ gpu }) => {
  const shape = { n: 5, c: 1, h: 7, w: 6 };
  const set = pictures(shape, 1);
  const x = states(shape, set, vp(3));
  const { answers } = await gpu.evaluate((asked) => window.harness.denoisedAndReleased(asked), {
    ...{ shape, x, levels: [vp(3), vp(0.04)] },
    denoiser: { name: 'local', set: { shape: { ...shape, n: 1 }, values: set } },
  } as const);
  for (const answer of answers) {
    for (let b = 0; b < 5; b++) expect(answer.slice(42 * b, 42 * (b + 1))).toEqual(set);
  }
});

test.describe('generation', () => {
  const shape = { n: 4, c: 3, h: 12, w: 12 };
  const [size, N] = [432, 10];
  const set = pictures(shape, N);
  const images = { shape: { ...shape, n: N }, values: set };
  const steps = ddim()(recipeLevels(12));
  const generated = (gpu: Parameters<Parameters<typeof test>[2]>[0]['gpu'], kMax: number, kMin: number) =>
    gpu.evaluate((options) => window.harness.withRun(options, (run) => run.read(run.last)), {
      ...{ shape, seed: 3, steps },
      denoiser: { name: 'local', set: images, kMax, kMin },
    } as const);
  const column = (j: number) => Array.from({ length: N }, (_, i) => set[i * size + (j % size)] as number);

  test('ends in images whose every value lies among those that the set has there', async ({ gpu }) => {
    const values = await generated(gpu, 9, 3);
    for (const [j, value] of values.entries()) {
      expect(value).toBeGreaterThanOrEqual(Math.min(...column(j)) - 1e-5);
      expect(value).toBeLessThanOrEqual(Math.max(...column(j)) + 1e-5);
    }
  });

  test('with the whole image in the window ends on the set', async ({ gpu }) => {
    const values = await generated(gpu, 23, 23);
    for (let b = 0; b < shape.n; b++) {
      const own = values.slice(b * size, (b + 1) * size);
      const errors = Array.from({ length: N }, (_, i) =>
        largestError(own, set.slice(i * size, (i + 1) * size)),
      );
      expect(Math.min(...errors)).toBeLessThanOrEqual(1e-4);
    }
  });
});

test('sets of another size and windows that cannot be are refused', async ({ gpu }) => {
  const shape = { n: 1, c: 3, h: 8, w: 8 };
  const set = { shape: { n: 2, c: 3, h: 8, w: 7 }, values: pixels(336) };
  const own = { shape: { ...shape, n: 2 }, values: pixels(384) };
  const x = pixels(192);
  for (const options of [
    { set },
    { set: own, kMax: 17 },
    { set: own, kMax: 6 },
    { set: own, kMax: 3, kMin: 5 },
  ]) {
    const failure = await gpu.evaluate(
      (asked) => window.harness.failure(window.harness.denoisedAndReleased(asked)),
      {
        ...{ shape, x, levels: [vp(1)] },
        denoiser: { name: 'local', ...options },
      } as const,
    );
    expect(failure?.name).toBe('RangeError');
  }
});
