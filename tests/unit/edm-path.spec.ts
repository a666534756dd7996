import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import {
  iddpmLevels,
  linearNoise,
  unscaled,
  veNoise,
  vpBetasOf,
  vpLevels,
  vpNoise,
  vpScaled,
} from '../../src/diffusion/edm-path.ts';

const ends = { sigmaMin: 0.002, sigmaMax: 80 };
const vp = vpNoise(vpBetasOf(ends));
const paths = {
  VP: vpScaled(vp),
  'VP with a falling β': vpScaled(vpNoise({ betaD: 19.9, betaMin: -0.01 })),
  VE: unscaled(veNoise),
  EDM: unscaled(linearNoise),
};

for (const [name, { sigma, sigmaDot, timeOf, s, sDot }] of Object.entries(paths)) {
  test(`${name}: timeOf is σ's inverse, and the derivatives are those of σ and s`, () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), (t) => {
        const h = 1e-5 * t;
        const slope = (f: (t: number) => number) => (f(t + h) - f(t - h)) / (2 * h);
        const near = (a: number, b: number) => Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(b));
        return (
          Math.abs(timeOf(sigma(t)) / t - 1) < 1e-9 &&
          near(slope(sigma), sigmaDot(t)) &&
          near(slope(s), sDot(t))
        );
      }),
    );
  });
}

test('the VP path preserves variance', () => {
  const { s, sigma } = paths.VP;
  for (const t of [0.001, 0.1, 0.5, 1]) expect(s(t) ** 2 * (1 + sigma(t) ** 2)).toBeCloseTo(1, 14);
});

test('levels run from σ_max to σ_min', () => {
  const even = vpLevels(18, ends);
  expect([even.length, even[0], even[17]]).toEqual([18, expect.closeTo(80, 10), expect.closeTo(0.002, 12)]);
  const cosine = iddpmLevels(18, ends);
  expect(cosine).toHaveLength(18);
  expect(cosine.every((sigma) => sigma <= 80 && sigma >= 0.002)).toBe(true);
  for (const levels of [even, cosine]) expect(levels).toEqual(levels.toSorted((a, b) => b - a));
});

test('ends and numbers that cannot be are refused', () => {
  for (const n of [0, 1, 2.5, 1001]) expect(() => iddpmLevels(n, ends)).toThrow(RangeError);
  for (const sigmaMin of [0, -1, 80, Number.NaN]) {
    expect(() => vpLevels(3, { ...ends, sigmaMin })).toThrow(RangeError);
    expect(() => iddpmLevels(3, { ...ends, sigmaMin })).toThrow(RangeError);
  }
  expect(() => vpBetasOf(ends, 1)).toThrow(RangeError);
});
