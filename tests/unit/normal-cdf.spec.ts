import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { logNormalCdf, logNormalInterval, normalCdf } from '../../src/diffusion/normal-cdf.ts';

const relative = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual / expected - 1);

/** What 60-digit arithmetic gives (mpmath 1.3, erfc). */
const exact = [
  // x, Φ(x), log Φ(x)
  [-37.5, 4.605353009581955e-308, -707.6689893175072],
  [-20, 2.7536241186062337e-89, -203.91715537109727],
  [-8, 6.220960574271784e-16, -35.01343715991455],
  [-5.3, 5.790134039964594e-8, -16.664525302382472],
  [-2.5, 0.006209665325776135, -5.08164827727869],
  [-1.5000001, 0.06680718831709946, -2.7059445946916107],
  [-1.4999999, 0.06680721422061861, -2.705944206956177],
  [-1, 0.15865525393145705, -1.8410216450092636],
  [-0.1, 0.460172162722971, -0.7761545927302733],
  [-1e-9, 0.49999999960105773, -0.6931471813578298],
  [0, 0.5, -Math.LN2],
  [1e-9, 0.5000000003989423, -0.6931471797620608],
  [0.3, 0.6179114221889527, -0.4814101615884812],
  [1.49, 0.9318878820332746, -0.0705427697805199],
  [1.51, 0.9344782879110834, -0.067766886266454],
  [3, 0.9986501019683699, -0.0013508099647481938],
  [6, 0.9999999990134123, -9.865876455243758e-10],
  [9, 1, -1.1285884059538405e-19],
] as const;

for (const [x, cdf, logCdf] of exact) {
  test(`Φ(${x}) and its logarithm have 14 digits`, () => {
    expect(relative(normalCdf(x), cdf)).toBeLessThanOrEqual(1e-14);
    expect(relative(logNormalCdf(x), logCdf)).toBeLessThanOrEqual(1e-14);
  });
}

test('log Φ is finite where Φ is 0', () => {
  expect(normalCdf(-200)).toBe(0);
  expect(relative(logNormalCdf(-200), -20006.217280898192)).toBeLessThanOrEqual(1e-14);
  expect(relative(logNormalCdf(-1e5), -5000000012.431864)).toBeLessThanOrEqual(1e-14);
});

test('the ends', () => {
  expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  expect([logNormalCdf(-Infinity), logNormalCdf(Infinity)]).toEqual([-Infinity, -0]);
  expect(logNormalInterval(-Infinity, Infinity)).toBe(-0);
});

const intervals = [
  // a, b, log(Φ(b) − Φ(a))
  [-60, -59.5, -1775.1301971124938],
  [-9, -8.9, -43.24004509901112],
  [-2, -1, -1.9957982691807554],
  [-1.6, -1.4, -3.651299796979381],
  [-0.01, 0.02, -4.425546429024687],
  [-1, 3, -0.1743595204529759],
  [-12, 12, -3.552964224155358e-33],
  [0, 0.5, -1.6530635142555676],
  [1.4, 1.6, -3.651299796979381],
  [8.9, 9, -43.24004509901112],
  [50, 50.25, -1254.8313647334667],
  [5, 300, -15.064998393988725],
] as const;

for (const [a, b, logP] of intervals) {
  test(`log P(${a} < z < ${b}) has 13 digits`, () => {
    expect(relative(logNormalInterval(a, b), logP)).toBeLessThanOrEqual(1e-13);
  });
}

test('an interval is the sum of its parts, in the tails too', () => {
  const end = fc.integer({ min: -45_000, max: 45_000 }).map((n) => n / 1000);
  const ends = fc
    .uniqueArray(end, { minLength: 3, maxLength: 3 })
    .map((ends) => ends.toSorted((a, b) => a - b));
  const property = fc.property(ends, ([a = 0, b = 0, c = 0]) => {
    const whole = logNormalInterval(a, c);
    const parts = Math.exp(logNormalInterval(a, b) - whole) + Math.exp(logNormalInterval(b, c) - whole);
    // Cancellation in a narrow part, here at least 1e-3 wide; exp of a difference of numbers up to a thousand.
    expect(Math.abs(parts - 1)).toBeLessThanOrEqual(1e-11);
  });
  fc.assert(property);
});

test('up to a point and from it on make 1', () => {
  const property = fc.property(fc.integer({ min: -40_000, max: 40_000 }), (n) => {
    const x = n / 1000;
    expect(Math.abs(normalCdf(x) + normalCdf(-x) - 1)).toBeLessThanOrEqual(1e-15);
    expect(relative(logNormalInterval(-Infinity, x), logNormalCdf(x))).toBeLessThanOrEqual(1e-13);
    expect(relative(logNormalInterval(-x, Infinity), logNormalCdf(x))).toBeLessThanOrEqual(1e-13);
  });
  fc.assert(property);
});

test('an interval has a beginning before its end', () => {
  for (const [a, b] of [
    [1, 1],
    [2, 1],
    [Number.NaN, 1],
    [0, Number.NaN],
  ] as const) {
    expect(() => logNormalInterval(a, b)).toThrow(RangeError);
  }
});
