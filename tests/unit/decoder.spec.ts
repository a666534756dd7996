import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import {
  encode,
  logCategorical,
  logDiscretisedGaussian,
  logGaussian,
  logTanhInterval,
} from '../../src/diffusion/decoder.ts';
import { logDensity } from '../../src/diffusion/gaussian.ts';
import { fromGamma } from '../../src/diffusion/schedule.ts';

// Tables of published figures are in conformance.spec.ts.

const values = Array.from({ length: 256 }, (_, v) => v);
const total = (logP: (v: number) => number) => values.reduce((sum, v) => sum + Math.exp(logP(v)), 0);
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

const x = fc.integer({ min: -3000, max: 3000 }).map((n) => n / 2000);
/** From 1e-3, below half a bin, to 10. */
const scale = fc.integer({ min: -3000, max: 1000 }).map((n) => 10 ** (n / 1000));
/** DDPM's place for a value. */
const scaled = (v: number) => v / 127.5 - 1;

test.describe('the 256 probabilities sum to 1', () => {
  test("by VDM's decoder", () => {
    const property = fc.property(x, fc.integer({ min: 1, max: 1000 }), scale, (x1, alpha, sigma) => {
      expect(Math.abs(total((v) => logCategorical(v, x1, alpha / 1000, sigma)) - 1)).toBeLessThanOrEqual(
        1e-12,
      );
    });
    fc.assert(property);
  });

  test("by DDPM's decoder", () => {
    const property = fc.property(x, scale, (mean, sigma) => {
      const sum = total((v) => logDiscretisedGaussian(scaled(v), mean, sigma));
      expect(Math.abs(sum - 1)).toBeLessThanOrEqual(1e-12);
    });
    fc.assert(property);
  });

  test("by DDPM's decoder with OpenAI's CDF, but for its floor of 1e-12", () => {
    const property = fc.property(x, scale, (mean, sigma) => {
      const sum = total((v) => logDiscretisedGaussian(scaled(v), mean, sigma, logTanhInterval));
      expect(Math.abs(sum - 1)).toBeLessThanOrEqual(256e-12);
    });
    fc.assert(property);
  });
});

test("VDM's decoder is the softmax over γ's logits, as the paper writes it", () => {
  const gammas = fc.integer({ min: -1000, max: 500 }).map((n) => n / 100);
  const property = fc.property(gammas, fc.integer({ min: 0, max: 255 }), x, (gamma0, v, z0) => {
    const schedule = fromGamma([gamma0]);
    const [alpha, sigma] = [schedule.alpha[1] as number, schedule.sigma[1] as number];
    const logit = (u: number) => -0.5 * ((z0 / alpha - encode(u)) * Math.exp(-gamma0 / 2)) ** 2;
    const best = Math.max(...values.map(logit));
    const expected =
      logit(v) - best - Math.log(values.reduce((sum, u) => sum + Math.exp(logit(u) - best), 0));
    const actual = logCategorical(v, z0, alpha, sigma);
    expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected))).toBeLessThanOrEqual(1e-11);
  });
  fc.assert(property);
});

test('the digits of log p near 0 and far from it, against 60-digit arithmetic', () => {
  const categorical = [
    [128, 0.00390625, 1, 0.0009765625, -2.5328331098188032e-14],
    [128, 0.005, 0.96875, 0.25, -4.416328055104702],
    [0, 0.9, 0.5, 0.875, -6.293915624356147],
    [255, -1.5, 0.75, 0.03125, -2295.010779105279],
  ] as const;
  for (const [v, x1, alpha, sigma, expected] of categorical) {
    expect(relative(logCategorical(v, x1, alpha, sigma), expected)).toBeLessThanOrEqual(1e-12);
  }
  const discretised = [
    [-0.5, 0.9, 0.0078125, -15972.59927706142],
    [0.5, -0.25, 0.03125, -289.0920047407612],
    [1, -1, 0.0625, -514.37781507526],
    [-1, 1, 0.0625, -514.37781507526],
    [0, 0, 0.0009765625, -5.9274817714409106e-5],
  ] as const;
  for (const [x0, mean, sigma, expected] of discretised) {
    expect(relative(logDiscretisedGaussian(x0, mean, sigma), expected)).toBeLessThanOrEqual(1e-13);
  }
});

test("a picture's mirror image has the mirrored probability", () => {
  const property = fc.property(fc.integer({ min: 0, max: 255 }), x, scale, (v, mean, sigma) => {
    const here = logDiscretisedGaussian(scaled(v), mean, sigma);
    const there = logDiscretisedGaussian(-scaled(v), -mean, sigma);
    expect(Math.abs(here - there) / Math.max(1, Math.abs(here))).toBeLessThanOrEqual(1e-11);
  });
  fc.assert(property);
});

test('the Gaussian is the density', () => {
  expect(logGaussian(0.25, -0.5, 0.01)).toBeCloseTo(
    logDensity({ mean: [-0.5], covariance: [[0.01]] }, [0.25]),
    12,
  );
  // A density, and so above 1 where it is narrow.
  expect(logGaussian(0, 0, 1e-4)).toBeCloseTo(Math.log(100 / Math.sqrt(2 * Math.PI)), 13);
});

test('encode is the middle of each bin', () => {
  expect([encode(0), encode(127), encode(128), encode(255)]).toEqual([
    -1 + 1 / 256,
    -1 / 256,
    1 / 256,
    1 - 1 / 256,
  ]);
});

test('no width, no decoder', () => {
  for (const bad of [0, -1, Number.NaN]) {
    expect(() => logGaussian(0, 0, bad)).toThrow(/needs a variance above 0/);
    expect(() => logDiscretisedGaussian(0, 0, bad)).toThrow(/σ must be positive/);
    expect(() => logCategorical(0, 0, 1, bad)).toThrow(/σ_1 must be positive/);
  }
  for (const v of [-1, 256, 1.5, Number.NaN]) {
    expect(() => logCategorical(v, 0, 1, 1)).toThrow(/need a value 0 … 255/);
  }
});
