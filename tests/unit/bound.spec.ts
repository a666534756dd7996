import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import {
  bitsPerDim,
  continuousLoss,
  errorOfSum,
  klOfMeans,
  klOfNoise,
  klOfX0,
  normalKL,
  priorKL,
} from '../../src/diffusion/bound.ts';
import { gaussianKL } from '../../src/diffusion/gaussian.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import { cosine, fromBetas, fromGamma, linear, snr, vdmLinear } from '../../src/diffusion/schedule.ts';

// Bounds worked term by term, by OpenAI's code and VDM's, are in conformance.spec.ts.

const at = (values: ArrayLike<number>, i: number) => values[i] as number;
const relative = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual / expected - 1);
const schedules = { linear: linear(1000), cosine: cosine(50), vdm: vdmLinear(100) };

for (const [name, schedule] of Object.entries(schedules)) {
  test.describe(`with the ${name} schedule`, () => {
    const times = fc
      .uniqueArray(fc.integer({ min: 1, max: schedule.T }), { minLength: 2, maxLength: 2 })
      .map((pair) => pair.toSorted((a, b) => a - b));

    test('a diffusion term is one number in three forms', () => {
      const error = fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000);
      const property = fc.property(times, error, ([s = 0, t = 0], squaredError) => {
        const { b } = posterior(schedule, s, t);
        const byX0 = klOfX0(schedule, s, t, squaredError);
        // μ_q − μ_p = b(x_0 − x̂_0), ε − ε̂ = −(α_t/σ_t)(x_0 − x̂_0)
        expect(relative(klOfMeans(schedule, s, t, b * b * squaredError), byX0)).toBeLessThanOrEqual(1e-13);
        expect(
          relative(klOfNoise(schedule, s, t, snr(schedule, t) * squaredError), byX0),
        ).toBeLessThanOrEqual(1e-13);
      });
      fc.assert(property);
    });

    test('it is the KL of the two Gaussians', () => {
      const property = fc.property(times, ([s = 0, t = 0]) => {
        const { b, variance } = posterior(schedule, s, t);
        const [x0, x0Hat] = [0.75, 0.5];
        const q = { mean: [b * x0], covariance: [[variance]] };
        const p = { mean: [b * x0Hat], covariance: [[variance]] };
        const expected = gaussianKL(q, p);
        const actual = klOfX0(schedule, s, t, (x0 - x0Hat) ** 2);
        expect(Math.abs(actual - expected) / Math.max(1, expected)).toBeLessThanOrEqual(1e-12);
      });
      fc.assert(property);
    });

    test('with one error at all times, the terms sum to ½(SNR(1) − SNR(T))‖x_0 − x̂_0‖²', () => {
      let sum = 0;
      for (let t = 2; t <= schedule.T; t++) sum += klOfX0(schedule, t - 1, t, 0.5);
      const whole = (snr(schedule, 1) - snr(schedule, schedule.T)) / 4;
      expect(relative(sum, whole)).toBeLessThanOrEqual(1e-12);
      expect(relative(klOfX0(schedule, 1, schedule.T, 0.5), whole)).toBeLessThanOrEqual(1e-12);
    });

    test('the term into clean data is refused: it is the reconstruction', () => {
      for (const form of [klOfMeans, klOfX0, klOfNoise]) {
        expect(() => form(schedule, 0, 1, 0.1)).toThrow(/the term is the reconstruction/);
        expect(() => form(schedule, 2, 2, 0.1)).toThrow(RangeError);
        expect(() => form(schedule, 1, schedule.T + 1, 0.1)).toThrow(RangeError);
      }
    });
  });
}

test('many steps approach the continuous loss, from above', () => {
  // x̂_0 is off by e(t)² = t at time t: ∫ ½γ'(t) SNR(t) t dt over (0, 1), by the midpoints of 10,000 intervals.
  const [gammaMin, gammaMax] = [-4, 3];
  const slope = gammaMax - gammaMin;
  const midpoints = Array.from({ length: 10_000 }, (_, i) => (i + 0.5) / 10_000);
  const integral =
    midpoints.reduce((sum, t) => sum + continuousLoss(slope, Math.exp(-(gammaMin + slope * t)) * t), 0) /
    10_000;
  const discrete = (steps: number) => {
    const schedule = vdmLinear(steps, gammaMin, gammaMax);
    let sum = 0;
    for (let i = 1; i <= steps; i++) sum += klOfX0(schedule, i, i + 1, i / steps);
    return sum;
  };
  const gaps = [10, 100, 1000].map((steps) => discrete(steps) - integral);
  expect(gaps[1] as number).toBeLessThan((gaps[0] as number) / 5);
  expect(gaps[2] as number).toBeLessThan((gaps[1] as number) / 5);
  expect(gaps[2] as number).toBeGreaterThan(0);
});

test.describe('the prior term', () => {
  // ½(−ᾱ − log(1 − ᾱ)) in 60-digit arithmetic.
  const exact = [
    [1e-12, 2.5000000000016666e-25],
    [4.035829765375694e-5, 4.0720900358894195e-10],
    [0.006692850924284856, 1.124878241660653e-5],
    [0.5, 0.09657359027997266],
    [0.99, 1.8075850929940451],
  ] as const;
  for (const [alphaBar, kl] of exact) {
    test(`of a black picture keeps its digits where ᾱ_T = ${alphaBar}`, () => {
      const schedule = { ...fromBetas([0.5]), alphaBar: Float64Array.of(1, alphaBar) };
      expect(relative(priorKL(schedule, 0, 1), kl)).toBeLessThanOrEqual(1e-13);
      expect(relative(priorKL(schedule, 0, 48), 48 * kl)).toBeLessThanOrEqual(1e-13);
    });
  }

  test('is the KL of the two Gaussians', () => {
    const picture = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 4 });
    const property = fc.property(picture, fc.constantFrom(...Object.values(schedules)), (bytes, schedule) => {
      const x0 = bytes.map((n) => n / 100);
      const [alpha, sigma] = [at(schedule.alpha, schedule.T), at(schedule.sigma, schedule.T)];
      const diagonal = (value: number) => x0.map((_, i) => x0.map((_, j) => (i === j ? value : 0)));
      const expected = gaussianKL(
        { mean: x0.map((x) => alpha * x), covariance: diagonal(sigma ** 2) },
        { mean: x0.map(() => 0), covariance: diagonal(1) },
      );
      const squared = x0.reduce((sum, x) => sum + x * x, 0);
      expect(Math.abs(priorKL(schedule, squared, x0.length) - expected)).toBeLessThanOrEqual(1e-14);
    });
    fc.assert(property);
  });
});

test.describe('KL with unequal variances', () => {
  // ½(u − log(1 + u)), v_1/v_2 = 1 + u, in 60-digit arithmetic.
  const exact = [
    [1e-4, 2.499833345832334e-9],
    [-0.09, 0.0021553397356206634],
    [0.11, 0.002819992337878616],
    [-0.5, 0.09657359027997266],
    [4, 1.1952810437829497],
  ] as const;
  for (const [u, kl] of exact) {
    test(`keeps its digits where v_1/v_2 = 1 + ${u}`, () => {
      // 1 + u itself is rounded by 1e-16, and so the KL by 2e-16/u.
      expect(relative(normalKL(0, 1 + u, 1, 1), kl)).toBeLessThanOrEqual(1e-14 + 4e-16 / Math.abs(u));
    });
  }

  test('is the KL of the theorem', () => {
    const variance = fc.integer({ min: 1, max: 4000 }).map((n) => n / 1000);
    const mean = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000);
    const property = fc.property(mean, variance, mean, variance, (mean1, v1, mean2, v2) => {
      const expected = gaussianKL(
        { mean: [mean1], covariance: [[v1]] },
        { mean: [mean2], covariance: [[v2]] },
      );
      const actual = normalKL((mean1 - mean2) ** 2, v1, v2, 1);
      expect(Math.abs(actual - expected) / Math.max(1, expected)).toBeLessThanOrEqual(1e-13);
    });
    fc.assert(property);
  });

  test('refuses variances that are none', () => {
    for (const [v1, v2] of [
      [0, 1],
      [1, 0],
      [-1, 1],
      [Number.NaN, 1],
    ] as const) {
      expect(() => normalKL(0, v1, v2, 1)).toThrow(RangeError);
    }
  });
});

test('bits per dimension', () => {
  // 8 bits for each of 12 values.
  expect(bitsPerDim(12 * Math.log(256), 12)).toBeCloseTo(8, 14);
});

test("the three terms of VDM's bound are of one schedule: its reconstruction is from x_1", () => {
  // With z_0 = x_1 the prior, the sum and the reconstruction use γ_max, both ends, and γ_min.
  const schedule = vdmLinear(10, -6, 4);
  expect(schedule.T).toBe(11);
  expect(relative(snr(schedule, 1), Math.exp(6))).toBeLessThanOrEqual(1e-14);
  expect(relative(snr(schedule, 11), Math.exp(-4))).toBeLessThanOrEqual(1e-14);
  const ends = fromGamma([-6, 4]);
  expect(relative(klOfX0(schedule, 1, 11, 1), klOfX0(ends, 1, 2, 1))).toBeLessThanOrEqual(1e-13);
  expect(relative(priorKL(schedule, 3, 2), priorKL(ends, 3, 2))).toBeLessThanOrEqual(1e-13);
});

test('the standard error of a sum: nothing where terms lie on a line, and σ² of every term by itself', () => {
  expect(errorOfSum(Float64Array.from({ length: 9 }, (_, i) => 3 - 2 * i))).toBe(0);
  // What independent noise gives on average, as squares add up: once with each term's deviation, and 0 for all others.
  const deviations = [0, 0, 0.5, 2, 1, 3, 0, 0];
  const squares = deviations.map((deviation, i) => {
    const alone = new Float64Array(deviations.length);
    alone[i] = deviation;
    return errorOfSum(alone) ** 2;
  });
  const variance = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  expect(squares.reduce((sum, square) => sum + square)).toBeCloseTo(variance, 12);
});
