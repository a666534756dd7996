import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { consistencyWeights, type Output, outputOf, x0Weights } from '../../src/diffusion/prediction.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { paths } from './levels.ts';

/** What a perfect model of each kind says of x = α x_0 + σ ε. */
const says: Readonly<Record<Output, (level: Level, x0: number, epsilon: number) => number>> = {
  epsilon: (_, __, epsilon) => epsilon,
  x0: (_, x0) => x0,
  v: ({ alpha, sigma }, x0, epsilon) => (alpha * epsilon - sigma * x0) / Math.hypot(alpha, sigma),
  score: ({ sigma }, _, epsilon) => -epsilon / sigma,
  velocity: (_, x0, epsilon) => epsilon - x0,
};

const outputs = Object.keys(says) as Output[];
const value = fc.double({ min: -3, max: 3, noNaN: true });
const level = fc
  .tuple(fc.constantFrom(...Object.values(paths)), fc.double({ min: -4, max: 4, noNaN: true }))
  .map(([path, lambda]): Level => ({ ...path(lambda), t: 0 }));

test('a consistency model is the identity at σ_min, and EDM’s preconditioning where that is 0', () => {
  const sigmaData = 0.5;
  expect(consistencyWeights(0.002)).toEqual({ p: 1, q: 0 });
  // 0.25/(0.25 + 1.44) and 1.2·0.5/1.3
  const { p, q } = consistencyWeights(1.2, { sigmaMin: 0, sigmaData });
  expect(p).toBeCloseTo(0.25 / 1.69, 15);
  expect(q).toBeCloseTo(0.6 / 1.3, 15);
});

for (const output of outputs) {
  test(`x̂_0 is found from ${output} on every path, and back`, () => {
    fc.assert(
      fc.property(level, value, value, (at, x0, epsilon) => {
        const x = at.alpha * x0 + at.sigma * epsilon;
        const said = says[output](at, x0, epsilon);
        const { p, q } = x0Weights(output, at);
        const back = outputOf(output, at, x, x0);
        return Math.abs(p * x + q * said - x0) < 1e-12 && Math.abs(back - said) < 1e-9 * (1 + Math.abs(said));
      }),
    );
  });
}

test('of pure noise only x_0, v and the velocity say something', () => {
  const pure = { alpha: 0, sigma: 1, t: 1 };
  const finite = outputs.filter((output) => Number.isFinite(x0Weights(output, pure).q));
  expect(finite).toEqual(['x0', 'v', 'velocity']);
});
