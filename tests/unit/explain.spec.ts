/** The mathematics behind the views that explain. */
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { posterior } from '../../src/diffusion/posterior.ts';
import { cosine, linear } from '../../src/diffusion/schedule.ts';
import { ddpmForm, snrForm } from '../../src/page/derivation/numbers.ts';
import { axisEnd, covarianceOf, ellipseOf, pullAxis } from '../../src/page/theorem/ellipse.ts';
import { presets, solve } from '../../src/page/theorem/scene.ts';

const radius = fc.double({ min: 0.01, max: 100, noNaN: true });
const angle = fc.double({ min: -4, max: 4, noNaN: true });

test('betas and signal to noise give the posterior of every step', () => {
  for (const schedule of [cosine(50), linear(200), linear(1)]) {
    for (let t = 1; t <= schedule.T; t++) {
      const expected = posterior(schedule, t - 1, t);
      for (const form of [ddpmForm(schedule, t), snrForm(schedule, t)]) {
        for (const name of ['a', 'b', 'variance'] as const) {
          expect(Math.abs(form[name] - expected[name]), `${name} at ${t}`).toBeLessThan(1e-13);
        }
      }
    }
  }
});

test('an ellipse is its covariance, and the covariance its ellipse', () => {
  fc.assert(
    fc.property(angle, radius, radius, (angle, r1, r2) => {
      const covariance = covarianceOf({ angle, radii: [r1, r2] });
      const again = covarianceOf(ellipseOf(covariance));
      for (const [i, value] of again.flat().entries()) {
        expect(Math.abs(value - (covariance.flat()[i] as number))).toBeLessThan(
          1e-12 * Math.max(r1, r2) ** 2,
        );
      }
    }),
  );
});

test('an axis ends where it was pulled to, at right angles to the other', () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1), angle, radius, radius, radius, radius, (axis, angle, r1, r2, x, y) => {
      const pulled = pullAxis({ angle, radii: [r1, r2] }, axis as 0 | 1, [x, -y]);
      const end = axisEnd(pulled, axis as 0 | 1);
      const other = axisEnd(pulled, axis === 0 ? 1 : 0);
      expect(Math.hypot(end[0] - x, end[1] + y)).toBeLessThan(1e-12 * (x + y));
      expect(Math.hypot(...other)).toBeCloseTo(axis === 0 ? r2 : r1, 10);
      expect(Math.abs(end[0] * other[0] + end[1] * other[1])).toBeLessThan(1e-10 * (x + y) * (r1 + r2));
    }),
  );
});

test('every example but the one that must not can be solved; the projection sees one direction', () => {
  const { illConditioned, ...others } = presets;
  for (const scene of Object.values(others)) {
    const { schur, information } = solve(scene);
    expect(schur.logEvidence).toBeCloseTo(information.logEvidence, 10);
  }
  expect(() => solve(illConditioned)).toThrow(/^Q is badly conditioned/);
  const { likelihood } = solve(presets.projection);
  expect(likelihood.kind).toBe('band');
  expect(solve(presets.fusion).likelihood.kind).toBe('ellipse');
});

test('a map to nothing says nothing: the posterior is the prior', () => {
  const { likelihood, schur } = solve({
    ...presets.fusion,
    A: [
      [0, 0],
      [0, 0],
    ],
  });
  expect(likelihood.kind).toBe('flat');
  expect(schur.mean).toEqual(presets.fusion.m);
});
