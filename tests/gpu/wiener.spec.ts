import { type Complex, fft, inverseFft } from '../../src/diffusion/fft.ts';
import type { Images } from '../../src/diffusion/images.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { spectrumOf, wienerMean } from '../../src/diffusion/wiener.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 against float64, relative to the largest value: the rounding of log₂ N additions. */
const TRANSFORM = 1e-6;

const sides = [
  [1, 1],
  [1, 2],
  [2, 1],
  [4, 1],
  [8, 2],
  [4, 16],
  [32, 8],
  [2, 128],
  [1, 1024],
] as const;

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  largest(Array.from(b, (value, i) => (a[i] as number) - value)) / largest(b);

test('the transform of planes, there and back without its scale, is that of float64', async ({ gpu }) => {
  for (const [h, w] of sides) {
    const planes: Complex = {
      re: Float64Array.from(pixels(3 * h * w, 1)),
      im: Float64Array.from(pixels(3 * h * w, 2)),
    };
    const back = inverseFft(planes, { h, w });
    const unscaled = { re: back.re.map((v) => h * w * v), im: back.im.map((v) => h * w * v) };
    for (const [sign, { re, im }] of [
      [-1, fft(planes, { h, w })],
      [1, unscaled],
    ] as const) {
      const found = await gpu.evaluate(([planes, plane, sign]) => window.harness.fft(planes, plane, sign), [
        planes,
        { h, w },
        sign,
      ] as const);
      const expected = Array.from({ length: 2 * re.length }, (_, i) => (i % 2 ? im : re)[i >> 1] as number);
      const error = furthest(found, expected);
      report(`${w} × ${h}, sign ${sign}`, error);
      expect(error).toBeLessThanOrEqual(TRANSFORM);
    }
  }
});

const levels: readonly Level[] = [
  { alpha: 1, sigma: 0, t: 0 },
  { alpha: 1, sigma: 0.01, t: 1 },
  { alpha: 0.8, sigma: 0.6, t: 2 },
  { alpha: 0.05, sigma: 0.999, t: 3 },
  { alpha: 1, sigma: 50, t: 4 },
  { alpha: 0, sigma: 1, t: 5 },
];

const shapes: readonly Shape[] = [
  { n: 1, c: 1, h: 1, w: 1 },
  { n: 1, c: 3, h: 8, w: 8 },
  { n: 2, c: 1, h: 4, w: 16 },
  { n: 5, c: 2, h: 16, w: 2 },
  { n: 4, c: 3, h: 1, w: 32 },
  { n: 3, c: 4, h: 32, w: 16 },
];

const sourceOf = ({ c, h, w }: Shape): Images => ({ shape: { n: 1, c, h, w }, values: pixels(c * h * w, 4) });

test('every value of x̂_0 is its twin’s, at every level, for batches of any size', async ({ gpu }) => {
  for (const shape of shapes) {
    const source = sourceOf(shape);
    const x = pixels(valueCount(shape), 5).map((z) => 2 * z);
    const given = { denoiser: { name: 'wiener', source }, shape, levels, x } as const;
    const found = await gpu.evaluate((given) => window.harness.denoised(given), given);
    for (const [p, level] of levels.entries()) {
      const error = furthest(found[p] as Float32Array, wienerMean(spectrumOf(source), x, level));
      report(`${Object.values(shape).join(' × ')}, σ/α = ${level.sigma / level.alpha}`, error);
      expect(error).toBeLessThanOrEqual(TRANSFORM);
    }
  }
});

test('bytes are an image as well; stripes and one colour have no NaN', async ({ gpu }) => {
  const shape = { n: 1, c: 2, h: 8, w: 8 };
  const sources = {
    bytes: Uint8Array.from(pixels(128, 6), (z) => 127.5 * (z + 1)),
    stripes: Float32Array.from({ length: 128 }, (_, i) => Math.sin(i % 8)),
    'one colour': new Float32Array(128).fill(0.25),
  };
  const x = pixels(128, 7);
  for (const [name, values] of Object.entries(sources)) {
    const source = { shape, values };
    const given = { denoiser: { name: 'wiener', source }, shape, levels, x } as const;
    const found = await gpu.evaluate((given) => window.harness.denoised(given), given);
    for (const [p, level] of levels.entries()) {
      const expected = wienerMean(spectrumOf(source), x, level);
      expect(furthest(found[p] as Float32Array, expected), name).toBeLessThanOrEqual(TRANSFORM);
    }
  }
});

test('refused, and nothing kept: another shape than the state’s, several images, sides that are no powers of two', async ({
  gpu,
}) => {
  const state = { n: 1, c: 3, h: 8, w: 8 };
  const found = await gpu.evaluate(
    async ([state, levels]) => {
      const { denoised, failure, gpu } = window.harness;
      const attempt = (shape: typeof state, of: typeof state) => {
        const values = new Float32Array(of.n * of.c * of.h * of.w);
        const x = new Float32Array(shape.n * shape.c * shape.h * shape.w);
        const denoiser = { name: 'wiener', source: { shape: of, values } } as const;
        return failure(denoised({ denoiser, shape, levels, x }));
      };
      const before = gpu.bytes;
      const odd = { ...state, h: 6 };
      const errors = [
        await attempt(state, { ...state, h: 16 }),
        await attempt(state, { ...state, c: 1 }),
        await attempt(state, { ...state, n: 2 }),
        await attempt(odd, odd),
      ];
      return { names: errors.map((error) => error?.name), leaked: gpu.bytes - before };
    },
    [state, levels] as const,
  );
  expect(found.names).toEqual(Array(4).fill('RangeError'));
  expect(found.leaked).toBe(0);
});
