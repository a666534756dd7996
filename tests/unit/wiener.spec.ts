import { expect, test } from '@playwright/test';
import { complexOf, fft } from '../../src/diffusion/fft.ts';
import { condition } from '../../src/diffusion/gaussian.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { key } from '../../src/diffusion/random.ts';
import type { Level } from '../../src/diffusion/step.ts';
import {
  modeVariances,
  randomPhase,
  type Spectrum,
  spectrumOf,
  spotNoise,
  wienerMean,
} from '../../src/diffusion/wiener.ts';
import { pixels } from '../gpu/data.ts';

const imageOf = (c: number, h: number, w: number, seed = 1): Images => ({
  shape: { n: 1, c, h, w },
  values: pixels(c * h * w, seed),
});

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));

/** K, from its definition: products of the image's fluctuations with themselves, displaced on the torus. */
function covariance({ shape: { c, h, w }, values }: Images, { mean }: Spectrum): number[][] {
  const size = h * w;
  const u = Array.from(values, (value, i) => value - (mean[Math.floor(i / size)] as number));
  const at = (channel: number, y: number, x: number) =>
    u[channel * size + ((y + h) % h) * w + ((x + w) % w)] as number;
  const place = (i: number) => [Math.floor(i / size), Math.floor((i % size) / w), i % w] as const;
  return Array.from({ length: c * size }, (_, i) =>
    Array.from({ length: c * size }, (_, j) => {
      const [[a, ay, ax], [b, by, bx]] = [place(i), place(j)];
      let sum = 0;
      for (let y = 0; y < h; y++) {
        for (let x = 0; x < w; x++) sum += at(a, y, x) * at(b, y + by - ay, x + bx - ax);
      }
      return sum / size;
    }),
  );
}

/** Solves A·X = B by elimination; A is symmetric and positive. */
function solve(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i] as number]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows[k] as number[];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const row = rows[i] as number[];
      const f = (row[k] as number) / (pivot[k] as number);
      for (let j = k; j <= n; j++) row[j] = (row[j] as number) - f * (pivot[j] as number);
    }
  }
  return rows.map((row, k) => (row[n] as number) / (row[k] as number));
}

const levels: readonly Level[] = [
  { alpha: 1, sigma: 0.1, t: 1 },
  { alpha: 0.8, sigma: 0.6, t: 2 },
  { alpha: 0.1, sigma: 0.995, t: 3 },
  { alpha: 1, sigma: 40, t: 4 },
  { alpha: 0, sigma: 1, t: 5 },
];

for (const [c, h, w] of [
  [1, 4, 4],
  [3, 4, 2],
  [4, 2, 8],
] as const) {
  test(`${c} channels of ${w} × ${h}: the posterior mean is that of the linear-Gaussian theorem with K`, () => {
    const image = imageOf(c, h, w);
    const spectrum = spectrumOf(image);
    const K = covariance(image, spectrum);
    const m = Array.from(image.values, (_, i) => spectrum.mean[Math.floor(i / (h * w))] as number);
    const x = Array.from(pixels(c * h * w, 2), (value) => 2 * value);
    for (const level of levels) {
      const { alpha, sigma } = level;
      // m + α K (α² K + σ² I)⁻¹ (x − α m)
      const evidence = K.map((row, i) => row.map((k, j) => alpha ** 2 * k + (i === j ? sigma ** 2 : 0)));
      const solved = solve(
        evidence,
        x.map((value, i) => value - alpha * (m[i] as number)),
      );
      const expected = K.map((row, i) =>
        row.reduce((sum, k, j) => sum + alpha * k * (solved[j] as number), m[i] as number),
      );
      expect(furthest(wienerMean(spectrum, x, level), expected)).toBeLessThan(1e-10);
    }
  });
}

test("gaussian.ts's own theorem says the same of two pixels", () => {
  const image = imageOf(1, 1, 2);
  const spectrum = spectrumOf(image);
  const [m = 0] = spectrum.mean;
  const prior = {
    mean: [m, m],
    covariance: covariance(image, spectrum).map((row, i) => row.map((k, j) => k + (i === j ? 1e-9 : 0))),
  };
  const [alpha, sigma] = [0.8, 0.6];
  const A = [
    [alpha, 0],
    [0, alpha],
  ];
  const Q = [
    [sigma ** 2, 0],
    [0, sigma ** 2],
  ];
  const likelihood = { A, b: [0, 0], Q };
  const x = [0.7, -1.2];
  const { mean } = condition(prior, likelihood, x);
  expect(furthest(wienerMean(spectrum, x, { alpha, sigma, t: 1 }), mean)).toBeLessThan(1e-8);
});

test('without noise what is of the image stays, and without signal its mean is all', () => {
  const image = imageOf(3, 8, 4);
  const spectrum = spectrumOf(image);
  const draw = spotNoise(spectrum, key(3));
  expect(furthest(wienerMean(spectrum, draw, { alpha: 1, sigma: 0, t: 0 }), draw)).toBeLessThan(1e-12);
  expect(
    furthest(wienerMean(spectrum, image.values, { alpha: 1, sigma: 0, t: 0 }), image.values),
  ).toBeLessThan(1e-12);
  const half = draw.map((value) => value / 2);
  expect(furthest(wienerMean(spectrum, half, { alpha: 0.5, sigma: 0, t: 0 }), draw)).toBeLessThan(1e-12);
  const nothing = wienerMean(spectrum, draw, { alpha: 0, sigma: 1, t: 1 });
  expect([...nothing]).toEqual(Array.from(draw, (_, i) => spectrum.mean[Math.floor(i / 32)]));
});

test('an image of one colour, or with stripes, has no variance where it has no fluctuations: no NaN', () => {
  const shape = { n: 1, c: 2, h: 8, w: 8 };
  const flat = spectrumOf({ shape, values: new Float32Array(128).fill(0.3) });
  expect(Math.max(...modeVariances(flat))).toBe(0);
  const x = pixels(128);
  for (const alpha of [0, 1]) {
    for (const sigma of alpha ? [0, 0.5] : [1]) {
      expect(
        furthest(wienerMean(flat, x, { alpha, sigma, t: 0 }), new Float32Array(128).fill(0.3)),
      ).toBeLessThan(1e-15);
    }
  }
  const stripes = spectrumOf({
    shape,
    values: Float32Array.from({ length: 128 }, (_, i) => Math.sin(i % 8)),
  });
  const v = modeVariances(stripes);
  expect(v.every((value, f) => value === 0 || (f < 8 && f > 0))).toBe(true);
  expect(wienerMean(stripes, x, { alpha: 1, sigma: 0, t: 0 }).every(Number.isFinite)).toBe(true);
});

test('variances of the modes add up to those of the channels', () => {
  const image = imageOf(3, 8, 4);
  const spectrum = spectrumOf(image);
  const total = modeVariances(spectrum).reduce((sum, v) => sum + v, 0) / 32;
  const u = Array.from(image.values, (value, i) => value - (spectrum.mean[Math.floor(i / 32)] as number));
  expect(total).toBeCloseTo(u.reduce((sum, value) => sum + value ** 2, 0) / 32, 12);
});

test('random phases leave every modulus, and the phases between channels, as they are', () => {
  const image = imageOf(3, 8, 4);
  const { h, w } = image.shape;
  const spectrum = spectrumOf(image);
  const made = randomPhase(spectrum, key(5));
  const again = spectrumOf({ shape: image.shape, values: Float32Array.from(made) });
  expect(furthest(made, image.values)).toBeGreaterThan(0.3);
  expect(furthest(again.mean, spectrum.mean)).toBeLessThan(1e-7);
  const cross = ({ s: { re, im } }: Spectrum, a: number, b: number) =>
    Array.from({ length: h * w }, (_, f) => {
      const [i, j] = [a * h * w + f, b * h * w + f];
      const [aRe, aIm, bRe, bIm] = [re[i], im[i], re[j], im[j]] as [number, number, number, number];
      return [aRe * bRe + aIm * bIm, aIm * bRe - aRe * bIm];
    }).flat();
  for (const [a, b] of [
    [0, 0],
    [1, 1],
    [0, 1],
    [1, 2],
  ] as const) {
    expect(furthest(cross(again, a, b), cross(spectrum, a, b))).toBeLessThan(1e-6);
  }
});

test('spot noise has the variances and the correlations of the spectrum, within four standard errors', () => {
  const image = imageOf(2, 4, 4);
  const spectrum = spectrumOf(image);
  const { s, mean } = spectrum;
  const N = 2000;
  /** Σ of |s* Y|²/v², whose mean is v·HW; and of what is not along s. */
  const [along, across] = [new Float64Array(16), new Float64Array(16)];
  for (let k = 0; k < N; k++) {
    const draw = spotNoise(spectrum, key(k)).map((value, i) => value - (mean[i >> 4] as number));
    const { re, im } = fft(complexOf(draw), { h: 4, w: 4 });
    for (let f = 0; f < 16; f++) {
      const total = [f, f + 16].reduce((sum, i) => sum + (re[i] as number) ** 2 + (im[i] as number) ** 2, 0);
      const inner = [f, f + 16].reduce(
        ([a, b], i) => {
          const [sRe, sIm, yRe, yIm] = [s.re[i], s.im[i], re[i], im[i]] as [number, number, number, number];
          return [a + sRe * yRe + sIm * yIm, b + sRe * yIm - sIm * yRe] as [number, number];
        },
        [0, 0] as [number, number],
      );
      const v = modeVariances(spectrum)[f] as number;
      const projected = v === 0 ? 0 : (inner[0] ** 2 + inner[1] ** 2) / v;
      along[f] = (along[f] as number) + projected / (16 * N);
      across[f] = Math.max(across[f] as number, total - projected);
    }
  }
  const z = Array.from(modeVariances(spectrum), (v, f) => {
    // A squared real normal has twice the variance of a squared complex one; frequencies that are their own opposites are real.
    const real = f % 2 === 0 && (f % 4) % 2 === 0 && Math.floor(f / 4) % 2 === 0;
    return v === 0 ? 0 : ((along[f] as number) / v - 1) / Math.sqrt((real ? 2 : 1) / N);
  });
  expect(Math.max(...z.map(Math.abs))).toBeLessThan(4);
  expect(Math.max(...across)).toBeLessThan(1e-10);
});

test('refused: several images, values of another size, and sides that are no powers of two', () => {
  const values = pixels(96);
  expect(() => spectrumOf({ shape: { n: 2, c: 3, h: 4, w: 4 }, values })).toThrow(RangeError);
  expect(() => spectrumOf({ shape: { n: 1, c: 3, h: 4, w: 4 }, values })).toThrow(RangeError);
  expect(() => spectrumOf({ shape: { n: 1, c: 1, h: 12, w: 8 }, values })).toThrow(RangeError);
});
