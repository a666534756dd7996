import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { vpSigmas } from '../../src/diffusion/sigmas.ts';
import { ratio } from '../../src/diffusion/step.ts';
import { vpProcess } from '../../src/diffusion/vp.ts';

test('log α is −½∫β, by hand at three times', () => {
  const { logAlpha } = vpProcess({ beta0: 2, beta1: 10 });
  expect([0, 0.5, 1].map(logAlpha)).toEqual([-0, -1, -3]);
});

test('variance is preserved, and noise grows', () => {
  const { at } = vpProcess();
  const levels = Array.from({ length: 1001 }, (_, i) => at(i / 1000));
  const norms = levels.map(({ alpha, sigma }) => Math.abs(alpha ** 2 + sigma ** 2 - 1));
  expect(Math.max(...norms)).toBeLessThan(1e-15);
  expect(levels.every(({ sigma }, i) => i === 0 || sigma > (levels[i - 1]?.sigma as number))).toBe(true);
  expect(levels[0]).toEqual({ alpha: 1, sigma: 0, t: 0 });
});

test("σ/α is EDM's σ of the VP process", () => {
  const { at } = vpProcess();
  const times = Array.from({ length: 10 }, (_, i) => 1 + (i / 9) * (1e-3 - 1));
  const errors = vpSigmas(10).map((sigma, i) => Math.abs(ratio(at(times[i] as number)) / sigma - 1));
  expect(Math.max(...errors)).toBeLessThan(1e-13);
});

test('λ is log(α/σ), and has an inverse', () => {
  const time = fc.double({ min: 1e-6, max: 1, noNaN: true });
  const rate = fc.double({ min: 0.01, max: 30, noNaN: true });
  fc.assert(
    fc.property(time, rate, rate, (t, beta0, beta1) => {
      const { at, lambda, timeOfLambda } = vpProcess({ beta0, beta1 });
      const { alpha, sigma } = at(t);
      const same = Math.abs(lambda(t) - Math.log(alpha / sigma)) < 1e-13 * Math.max(1, Math.abs(lambda(t)));
      return same && Math.abs(timeOfLambda(lambda(t)) / t - 1) < 1e-12;
    }),
  );
});

test('λ runs from ∞ at clean data to −∞, and both ends have a time', () => {
  const { lambda, timeOfLambda } = vpProcess({ beta0: 1, beta1: 1 });
  expect(lambda(0)).toBe(Infinity);
  expect(timeOfLambda(Infinity)).toBe(0);
  // 2 log(1/α) = t: for λ = −1000 it is 2000 but for e^{−2000}.
  expect(timeOfLambda(-1000)).toBe(2000);
});

test('rates that cannot be are refused', () => {
  for (const [beta0, beta1] of [
    [0, 20],
    [0.1, 0],
    [-1, 20],
    [0.1, Infinity],
    [Number.NaN, 20],
  ]) {
    expect(() => vpProcess({ beta0, beta1 })).toThrow(RangeError);
  }
});
