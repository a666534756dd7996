import { expect, test } from '@playwright/test';
import { type GaussianData, lawAfter, lawError, marginal } from '../../src/diffusion/law.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { dpmpp2m } from '../../src/diffusion/samplers/dpmpp-2m.ts';
import { heun } from '../../src/diffusion/samplers/heun.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Level, type Sampler, type Step, sum, x, x0Hat } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';

const data: GaussianData = { mean: 0.3, variance: 0.49 };

/** Noise levels evenly spread in λ = log(α/σ), of a process that preserves variance. */
const levels = (n: number): Level[] =>
  Array.from({ length: n + 1 }, (_, i) => {
    const angle = Math.atan(Math.exp(4 - (8 * i) / n));
    return { alpha: Math.cos(angle), sigma: Math.sin(angle), t: 1 - i / n };
  });

const answer = (x: Float64Array, { alpha, sigma }: Level) => {
  const gain = (alpha * data.variance) / (alpha ** 2 * data.variance + sigma ** 2);
  return x.map((value) => data.mean + gain * (value - alpha * data.mean));
};

/** The slope of log error against log n between two numbers of steps. */
function order(sampler: Sampler, few: number, many: number): number {
  const error = (n: number) => lawError(sampler(levels(n)), data);
  return Math.log(error(few) / error(many)) / Math.log(many / few);
}

test('the law is where walks from three points go', () => {
  for (const sampler of [ddim(), heun(), dpmpp2m()]) {
    const steps = sampler(levels(9));
    const start = marginal(data, levels(9)[0] as Level);
    const deviation = Math.sqrt(start.variance);
    const [low, middle, high] = [
      ...walk({ steps, x: [-1, 0, 1].map((k) => start.mean + k * deviation), denoise: answer }),
    ].at(-1) as unknown as [number, number, number];
    const { mean, covariance } = lawAfter(steps, data);
    expect(mean[0]).toBeCloseTo(middle, 12);
    expect(Math.sqrt(covariance[0]?.[0] as number)).toBeCloseTo((high - low) / 2, 12);
    // Rising functions of the start: their distance is also that of their laws.
    const end = marginal(data, levels(9)[9] as Level);
    const exact = Math.sqrt(end.variance);
    const meanSquare = (middle - end.mean) ** 2 + ((high - low) / 2 - exact) ** 2;
    expect(lawError(steps, data)).toBeCloseTo(Math.sqrt(meanSquare), 12);
  }
});

test('samplers converge with their orders', () => {
  expect(order(ddim(), 100, 200)).toBeCloseTo(1, 1);
  expect(order(heun(), 100, 200)).toBeCloseTo(2, 1);
  expect(order(dpmpp2m(), 100, 200)).toBeCloseTo(2, 1);
});

test('the exact posterior of a point is exact in any number of steps', () => {
  const schedule = cosine(12);
  const level = (t: number): Level => ({
    alpha: schedule.alpha[t] as number,
    sigma: schedule.sigma[t] as number,
    t,
  });
  const steps = [12, 7, 3, 0].slice(1).map((s, i): Step => {
    const t = [12, 7, 3][i] as number;
    const { a, b, variance } = posterior(schedule, s, t);
    return { at: level(t), to: level(s), next: sum([a, x], [b, x0Hat]), s: Math.sqrt(variance) };
  });
  const point = { mean: -0.6, variance: 0 };
  expect(lawError(steps, point)).toBeLessThan(1e-15);
  // Of data with a width it is not: x̂_0 is only a mean.
  expect(lawError(steps, data)).toBeGreaterThan(0.01);
  for (const count of [1, 2]) {
    const { mean, covariance } = lawAfter(steps.slice(0, count), point);
    const expected = marginal(point, level([12, 7, 3][count] as number));
    expect(mean[0]).toBeCloseTo(expected.mean, 14);
    expect(covariance[0]?.[0]).toBeCloseTo(expected.variance, 14);
  }
});

test('a start other than noised data is another error, and no steps are none', () => {
  const steps = ddim()(levels(50));
  expect(lawError(steps, data, { mean: 2, variance: 1 })).not.toBeCloseTo(lawError(steps, data), 2);
  expect(() => lawAfter([], data)).toThrow(RangeError);
});
