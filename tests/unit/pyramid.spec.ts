import { expect, test } from '@playwright/test';
import { gammasFor, PICTURE_KINDS, patchesFor, pyramidLevels, recipes } from '../../src/diffusion/pyramid.ts';

const square = (side: number) => ({ w: side, h: side });

test('a landscape is halved three times, and only the coarse levels compare all patches', () => {
  const plan = { source: square(192), output: { w: 672, h: 192 }, images: 1, exact: false };
  const levels = pyramidLevels(recipes.landscape, plan);
  expect(levels.map(({ size, source, exact }) => [size.w, size.h, source.w, exact])).toEqual([
    [84, 24, 24, true],
    [168, 48, 48, false],
    [336, 96, 96, false],
    [672, 192, 192, false],
  ]);
  const all = pyramidLevels(recipes.landscape, { ...plan, exact: true });
  expect(all.every(({ exact }) => exact)).toBe(true);
});

test('a source is not halved until hardly more than a patch is left', () => {
  const plan = { source: { w: 100, h: 32 }, output: square(30), images: 1, exact: false };
  expect(pyramidLevels(recipes.landscape, plan).map(({ source }) => source)).toEqual([
    { w: 50, h: 16 },
    { w: 100, h: 32 },
  ]);
});

test('in every recipe σ falls to 0, patches shrink to 3 and γ from 1 to 0', () => {
  for (const kind of PICTURE_KINDS) {
    const recipe = recipes[kind];
    const plan = { source: square(128), output: square(64), images: 1, exact: false };
    const levels = pyramidLevels(recipe, plan);
    expect(levels).toHaveLength(recipe.halvings + 1);
    for (const [i, { levels: path, patches, gammas, radii }] of levels.entries()) {
      const { steps, from, to, patches: listed } = i === 0 ? recipe.coarsest : recipe.finer;
      expect([path.length, patches.length, radii.length]).toEqual([steps + 1, steps, steps]);
      const ratios = path.map(({ alpha, sigma }) => sigma / alpha);
      expect(ratios[0]).toBeCloseTo(from);
      expect(ratios[steps - 1]).toBeCloseTo(to);
      expect(ratios[steps]).toBe(0);
      expect(ratios.every((ratio, k) => k === 0 || ratio < (ratios[k - 1] as number))).toBe(true);
      expect(patches.every((side, k) => k === 0 || side <= (patches[k - 1] as number))).toBe(true);
      expect([patches[0], patches.at(-1)]).toEqual([listed[0], 3]);
      expect(gammas).toEqual(i === 0 ? [0] : gammasFor(steps));
    }
  }
});

test('γ is 1 at first and 0 after three quarters of the steps; patches go on with the first, and end with the others', () => {
  expect(gammasFor(8)).toEqual([1, 5 / 6, 2 / 3, 1 / 2, 1 / 3, 1 / 6, 0, 0].map((g) => expect.closeTo(g)));
  expect(patchesFor(6, [9, 5, 3])).toEqual([9, 9, 9, 9, 5, 3]);
  expect(patchesFor(2, [9, 5, 3])).toEqual([5, 3]);
});
