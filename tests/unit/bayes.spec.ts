import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { bayesAt, density, productAt } from '../../src/diffusion/bayes.ts';
import { cosine, linearRescaled } from '../../src/diffusion/schedule.ts';

const schedules = { cosine: cosine(60), linear: linearRescaled(300) };
const value = fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000);

for (const [name, schedule] of Object.entries(schedules)) {
  test(`likelihood × prior = posterior × evidence at every x_{t−1}, ${name}`, () => {
    const place = fc.record({ t: fc.integer({ min: 2, max: schedule.T }), xt: value, x0: value, u: value });
    fc.assert(
      fc.property(place, ({ t, xt, x0, u }) => {
        const { posterior, evidence } = bayesAt(schedule, t, xt, x0);
        const x = posterior.mean + u * Math.sqrt(posterior.variance);
        const product = productAt(schedule, t, xt, x0, x);
        // Where x_t is a hundred deviations away both sides underflow, and there is nothing to compare.
        fc.pre(evidence > 1e-200);
        expect(product / (density(x, posterior) * evidence)).toBeCloseTo(1, 9);
      }),
    );
  });

  test(`the likelihood is q(x_t | x_{t−1}) but for a factor, ${name}`, () => {
    const { likelihood, prior } = bayesAt(schedule, 20, 0.4, -0.2);
    const ratio = (x: number) =>
      productAt(schedule, 20, 0.4, -0.2, x) / density(x, prior) / density(x, likelihood);
    expect(ratio(0.1) / ratio(0.7)).toBeCloseTo(1, 9);
  });
}

test('at t = 1 the posterior is certain of x_0', () => {
  const { prior, posterior } = bayesAt(schedules.cosine, 1, 0.9, 0.3);
  expect(prior).toEqual({ mean: 0.3, variance: 0 });
  expect(posterior).toEqual({ mean: 0.3, variance: 0 });
});
