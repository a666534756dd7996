import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { hPhi, moments, quadrature } from '../../src/diffusion/samplers/phi.ts';
import { about, between } from '../../src/diffusion/samplers/stages.ts';
import { lambda, ratio } from '../../src/diffusion/step.ts';
import { clean, even, type PathName, paths, pure } from './levels.ts';

const factorials = [1, 1, 2, 6];

/** h ∫_0^1 e^{(1−u)h} u^{k−1}/(k−1)! du, by Simpson's rule. */
function integral(k: number, h: number): number {
  const N = 2000;
  const f = (u: number) => Math.exp((1 - u) * h) * u ** (k - 1);
  let total = 0;
  for (let i = 0; i <= N; i++) total += (i === 0 || i === N ? 1 : i % 2 ? 4 : 2) * f(i / N);
  return ((h / (3 * N)) * total) / (factorials[k - 1] as number);
}

test('h φ_k(h) is its integral, near 0, where the series takes over, and far', () => {
  const off = [1, 2, 3, 4].flatMap((k) =>
    [-6, -1.0001, -1, -0.9999, -0.3, -1e-5, 1e-5, 0.5, 0.9999, 1, 1.0001, 4].map((h) =>
      Math.abs(hPhi(k, h) / integral(k, h) - 1),
    ),
  );
  expect(Math.max(...off)).toBeLessThan(1e-11);
  expect(hPhi(1, -Infinity)).toBe(-1);
  expect(hPhi(2, 0)).toBe(0);
});

test('weights integrate polynomials exactly', () => {
  const nodes = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 4 });
  const coefficients = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(nodes, coefficients, fc.double({ min: 0.1, max: 3, noNaN: true }), (at, all, h) => {
      const c = all.slice(0, at.length);
      const m = moments(h, -h, at.length);
      const f = (x: number) => c.reduce((sum, value, j) => sum + value * (x / 10) ** j, 0);
      const found = quadrature(
        at.map((node) => node / 10),
        m,
      ).reduce((sum, w, k) => sum + w * f(at[k] as number), 0);
      const exact = c.reduce((sum, value, j) => sum + value * (m[j] as number), 0);
      return Math.abs(found - exact) < 1e-6;
    }),
  );
});

for (const path of Object.keys(paths) as PathName[]) {
  test(`stages between ${path} levels lie on their path`, () => {
    const [t, s] = even(path, 1) as [typeof pure, typeof pure];
    for (const l of [-1.5, 0, 1.9]) {
      const level = about(t, s)(Math.exp(-l));
      expect(level.alpha).toBeCloseTo(paths[path](l).alpha, 12);
      expect(level.sigma).toBeCloseTo(paths[path](l).sigma, 12);
      // The time is linear in λ.
      expect((level.t - s.t) / (t.t - s.t)).toBeCloseTo((lambda(s) - l) / (lambda(s) - lambda(t)), 12);
    }
    const levels = [...(path === 've' ? [] : [pure]), t, s];
    for (const share of [0.2, 0.5, 1]) {
      const level = between(levels)(share * s.t);
      expect(level.alpha).toBeCloseTo(paths[path](lambda(level)).alpha, 9);
      expect(Math.atan(ratio(level))).toBeCloseTo(share * Math.atan(ratio(s)), 9);
    }
    expect(between(levels)(t.t)).toEqual(t);
    expect(between([...levels, clean])(0)).toEqual(clean);
  });
}
