import { expect, test } from '@playwright/test';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { type Level, lambda, ratio } from '../../src/diffusion/step.ts';
import { checkWindow, windowAt } from '../../src/diffusion/window.ts';

const faces = { kMax: 51, kMin: 5 };
const at = (sigma: number): Level => ({ alpha: 1, sigma, t: 1 });

test('the window is k_max where there is most noise and k_min over the last 15 % of the way', () => {
  const sides = recipeLevels(30).map((level) => windowAt(level, faces));
  expect(sides.slice(0, 4)).toEqual([51, 47, 43, 39]);
  const end = sides.indexOf(5);
  // 51 (5/51)^{(23/29)/0.85} = 5.84, of which 5 is the nearest odd number.
  expect(end).toBe(23);
  expect(new Set(sides.slice(end))).toEqual(new Set([5]));
});

test('every window is odd, none is larger than the one before, and each is the nearest odd number', () => {
  for (const range of [faces, { kMax: 127, kMin: 5 }, { kMax: 7, kMin: 7 }, { kMax: 9, kMin: 1 }]) {
    const levels = recipeLevels(200);
    const sides = levels.map((level) => windowAt(level, range));
    for (const [i, side] of sides.entries()) {
      expect(side % 2).toBe(1);
      expect(side).toBeLessThanOrEqual(sides[i - 1] ?? range.kMax);
      const share = Math.min(Math.log(15 / ratio(levels[i] as Level)) / Math.log(375) / 0.85, 1);
      const exact = range.kMax ** (1 - share) * range.kMin ** share;
      expect(Math.abs(side - exact)).toBeLessThanOrEqual(1 + 1e-9);
    }
    expect(sides[0]).toBe(range.kMax);
    expect(sides.at(-1)).toBe(range.kMin);
  }
});

test('it depends on σ/α alone, and stays at its ends beyond them', () => {
  const side = (level: Level) => windowAt(level, faces);
  expect(side({ alpha: 0.3, sigma: 0.6, t: 9 })).toBe(side(at(2)));
  expect([at(15), at(80), { alpha: 0, sigma: 1, t: 1 }].map(side)).toEqual([51, 51, 51]);
  expect([at(0.04), at(1e-6), at(0)].map(side)).toEqual([5, 5, 5]);
});

test('the recipe is even in λ from σ/α = 15 to 0.04, variance-preserving, and ends with clean data', () => {
  const levels = recipeLevels(30);
  expect(levels.map(({ t }) => t)).toEqual(Array.from({ length: 31 }, (_, i) => 30 - i));
  expect(levels.at(-1)).toEqual({ alpha: 1, sigma: 0, t: 0 });
  const noisy = levels.slice(0, -1);
  expect(ratio(noisy[0] as Level)).toBeCloseTo(15, 12);
  expect(ratio(noisy.at(-1) as Level)).toBeCloseTo(0.04, 14);
  for (const [i, level] of noisy.entries()) {
    expect(level.alpha ** 2 + level.sigma ** 2).toBeCloseTo(1, 14);
    expect(lambda(level)).toBeCloseTo(-Math.log(15) + (i / 29) * Math.log(375), 12);
  }
  expect(recipeLevels(2, { sigmaMax: 4 }).map(ratio)).toEqual([expect.closeTo(4), expect.closeTo(0.04), 0]);
});

test('recipes and windows that cannot be are refused', () => {
  for (const n of [0, 1.5, Number.NaN]) expect(() => recipeLevels(n)).toThrow(RangeError);
  expect(() => recipeLevels(5, { sigmaMax: 0.01 })).toThrow(RangeError);
  const size = { h: 17, w: 13 };
  checkWindow({ kMax: 33, kMin: 1 }, size);
  for (const [kMax, kMin] of [
    [35, 5],
    [32, 5],
    [31, 4],
    [5, 7],
    [5, -1],
    [Number.NaN, 5],
  ] as const) {
    expect(() => checkWindow({ kMax, kMin }, size)).toThrow(RangeError);
  }
});
