import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { posterior, transition } from '../../src/diffusion/posterior.ts';
import { cosine, fromBetas, linear, linearRescaled, type Schedule } from '../../src/diffusion/schedule.ts';
import fixture from '../fixtures/posterior.json' with { type: 'json' };

/** The published tables round a product of a thousand factors; near t = 1 they subtract, and are off by 1e-13. */
const PUBLISHED = 1e-12;
/** Products and sums of positive numbers, over a dozen steps: a few units in the last place. */
const IDENTITY = 1e-14;

const at = (values: ArrayLike<number>, i: number) => values[i] as number;
const relative = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual / expected - 1);

test.describe('improved-diffusion', () => {
  const schedules: Record<string, Schedule> = {
    linear: linear(1000),
    'linear (improved-diffusion: scaled by 1000/T)': linearRescaled(50),
    'linear unscaled 1e-4..0.02 (diffusers convention)': linear(50),
  };

  for (const { name, T, ...table } of fixture.schedules) {
    test(`coefficients of ${name}, T = ${T}`, () => {
      const schedule = schedules[name] as Schedule;
      expect(schedule.T).toBe(T);
      const sums = { a: 0, b: 0, variance: 0 };
      for (let t = 1; t <= T; t++) {
        const { a, b, variance } = posterior(schedule, t - 1, t);
        sums.a += a;
        sums.b += b;
        sums.variance += variance;
        const i = table.t.indexOf(t);
        if (i < 0) continue;
        expect(relative(a, at(table.posterior_mean_coef2, i)), `a at t = ${t}`).toBeLessThanOrEqual(
          PUBLISHED,
        );
        expect(relative(b, at(table.posterior_mean_coef1, i)), `b at t = ${t}`).toBeLessThanOrEqual(
          PUBLISHED,
        );
        const expected = at(table.posterior_variance, i);
        expect(relative(variance, expected), `variance at t = ${t}`).toBeLessThanOrEqual(PUBLISHED);
      }
      expect(relative(sums.a, table.sums.posterior_mean_coef2)).toBeLessThanOrEqual(PUBLISHED);
      expect(relative(sums.b, table.sums.posterior_mean_coef1)).toBeLessThanOrEqual(PUBLISHED);
      expect(relative(sums.variance, table.sums.posterior_variance)).toBeLessThanOrEqual(PUBLISHED);
    });
  }

  const { x_start, entries } = fixture.examples;
  for (const { schedule: name, T, t, x_t, q_posterior_mean, q_posterior_variance } of entries) {
    test(`q_posterior_mean of an image, ${name}, T = ${T}, t = ${t}`, () => {
      const schedule = name === 'cosine' ? cosine(T) : linearRescaled(T);
      const { a, b, variance } = posterior(schedule, t - 1, t);
      q_posterior_mean.forEach((expected, i) => {
        const mean = a * at(x_t, i) + b * at(x_start, i);
        expect(Math.abs(mean - expected)).toBeLessThanOrEqual(PUBLISHED);
      });
      expect(relative(variance, q_posterior_variance)).toBeLessThanOrEqual(PUBLISHED);
    });
  }
});

test.describe('for any schedule', () => {
  // Integers to begin with, since fast-check draws doubles mostly near 0. β runs from 1e-6 to 0.998, evenly in log β.
  const beta = fc.integer({ min: 1, max: 6000 }).map((n) => 10 ** (-n / 1000));
  const pixel = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000);
  const noise = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 250);
  const schedule = fc.array(beta, { minLength: 2, maxLength: 12, size: 'max' }).map(fromBetas);

  /** A schedule and some of its times, in order. */
  const journey = <Times extends number[]>({
    times: count,
    from = 0,
  }: {
    times: Times['length'];
    from?: 0 | 1;
  }) =>
    schedule.chain((schedule) => {
      const every = Array.from({ length: schedule.T + 1 - from }, (_, i) => from + i);
      const times = fc.subarray(every, { minLength: count, maxLength: count });
      return times.map((times) => ({ schedule, times: times as Times }));
    });
  const anyTwo = journey<[number, number]>({ times: 2 });
  const anyThree = journey<[number, number, number]>({ times: 3 });

  test('posterior = likelihood × prior / evidence, point by point', () => {
    const logDensity = (x: number, mean: number, variance: number) =>
      -((x - mean) ** 2 / variance + Math.log(2 * Math.PI * variance)) / 2;
    // Not at s = 0, where prior and posterior have no width.
    const noisyTwo = journey<[number, number]>({ times: 2, from: 1 });
    const property = fc.property(noisyTwo, pixel, noise, ({ schedule, times: [s, t] }, x0, z) => {
      const [alphaS, varS] = [at(schedule.alpha, s), at(schedule.sigma, s) ** 2];
      const [alphaT, varT] = [at(schedule.alpha, t), at(schedule.sigma, t) ** 2];
      const { alphaTS, varTS } = transition(schedule, s, t);
      const { a, b, variance } = posterior(schedule, s, t);
      const xT = alphaT * x0 + Math.sqrt(varT) * z;
      const mean = a * xT + b * x0;
      for (let k = -3; k <= 3; k++) {
        const xS = mean + k * Math.sqrt(variance);
        const likelihood = logDensity(xT, alphaTS * xS, varTS);
        const prior = logDensity(xS, alphaS * x0, varS);
        const evidence = logDensity(xT, alphaT * x0, varT);
        // Rounding x by 1e-16 moves its log density by 1e-16 (x − mean)/variance: with variances from 1e-6, by 1e-12.
        const deviation = Math.abs(likelihood + prior - evidence - logDensity(xS, mean, variance));
        expect(deviation).toBeLessThanOrEqual(2e-11);
      }
    });
    fc.assert(property);
  });

  test('s → r → t is s → t', () => {
    const property = fc.property(anyThree, ({ schedule, times: [s, r, t] }) => {
      const first = transition(schedule, s, r);
      const second = transition(schedule, r, t);
      const whole = transition(schedule, s, t);
      expect(relative(first.alphaTS * second.alphaTS, whole.alphaTS)).toBeLessThanOrEqual(IDENTITY);
      const variance = second.alphaTS ** 2 * first.varTS + second.varTS;
      expect(relative(variance, whole.varTS)).toBeLessThanOrEqual(IDENTITY);
    });
    fc.assert(property);
  });

  test('one step adds β_t, to the last digit', () => {
    const property = fc.property(schedule, (schedule) => {
      for (let t = 1; t <= schedule.T; t++) {
        const { alphaTS, varTS } = transition(schedule, t - 1, t);
        expect(varTS).toBe(at(schedule.beta, t));
        expect(alphaTS).toBe(Math.sqrt(1 - varTS));
      }
    });
    fc.assert(property);
  });

  test('the transition from clean data is the marginal', () => {
    const property = fc.property(schedule, (schedule) => {
      for (let t = 1; t <= schedule.T; t++) {
        const { alphaTS, varTS } = transition(schedule, 0, t);
        expect(relative(alphaTS, at(schedule.alpha, t))).toBeLessThanOrEqual(IDENTITY);
        expect(relative(varTS, at(schedule.sigma, t) ** 2)).toBeLessThanOrEqual(IDENTITY);
      }
    });
    fc.assert(property);
  });

  test('∫ q(x_s | x_t, x_0) q(x_t | x_0) dx_t = q(x_s | x_0)', () => {
    const property = fc.property(anyTwo, ({ schedule, times: [s, t] }) => {
      const { a, b, variance } = posterior(schedule, s, t);
      expect(relative(a * at(schedule.alpha, t) + b, at(schedule.alpha, s))).toBeLessThanOrEqual(IDENTITY);
      const total = a ** 2 * at(schedule.sigma, t) ** 2 + variance;
      expect(relative(total, at(schedule.sigma, s) ** 2)).toBeLessThanOrEqual(IDENTITY);
    });
    fc.assert(property);
  });

  test('the posterior is no wider than its likelihood and its prior', () => {
    const property = fc.property(anyTwo, ({ schedule, times: [s, t] }) => {
      const { variance } = posterior(schedule, s, t);
      expect(variance).toBeGreaterThanOrEqual(0);
      expect(variance).toBeLessThanOrEqual(transition(schedule, s, t).varTS * (1 + IDENTITY));
      expect(variance).toBeLessThanOrEqual(at(schedule.sigma, s) ** 2 * (1 + IDENTITY));
    });
    fc.assert(property);
  });

  test('at s = 0 it is x_0 exactly, whatever x_t', () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    const property = fc.property(schedule, any, any, (schedule, xT, x0) => {
      for (let t = 1; t <= schedule.T; t++) {
        const { a, b, variance } = posterior(schedule, 0, t);
        expect(a * xT + b * x0 === x0).toBe(true);
        expect(variance).toBe(0);
      }
    });
    fc.assert(property);
  });
});

test('times that are not 0 ≤ s < t ≤ T are refused', () => {
  const schedule = linear(10);
  const bad = [
    [3, 3],
    [4, 3],
    [0, 0],
    [-1, 3],
    [0, 11],
    [10, 11],
    [0.5, 3],
    [1, 2.5],
    [Number.NaN, 3],
    [1, Number.NaN],
  ];
  for (const [s, t] of bad as [number, number][]) {
    expect(() => transition(schedule, s, t), `s = ${s}, t = ${t}`).toThrow(RangeError);
    expect(() => posterior(schedule, s, t), `s = ${s}, t = ${t}`).toThrow(RangeError);
  }
});
