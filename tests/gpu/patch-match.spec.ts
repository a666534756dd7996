import { bits, key } from '../../src/diffusion/random.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { candidatesOf, type PatchesTwin, patches } from '../reference/patches.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** As in patches.spec.ts. */
const WITHIN = 2e-4;

const vp = (ratio: number): Level => ({
  alpha: 1 / Math.hypot(1, ratio),
  sigma: ratio / Math.hypot(1, ratio),
  t: ratio,
});

const somewhere = (count: number, of: number, seed: number): Uint32Array<ArrayBuffer> =>
  Uint32Array.from({ length: count }, (_, i) => bits(key(seed), i) % of);

const pairsOf = (flat: ArrayLike<number>): [number, number][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] as number, flat[2 * i + 1] as number]);

const cases = {
  'a landscape': {
    padding: 'zero',
    heightPenalty: 60,
    shape: { n: 1, c: 3, h: 9, w: 12 },
    source: { h: 8, w: 13 },
    inset: 0,
  },
  'a texture': {
    padding: 'circular',
    heightPenalty: 0,
    shape: { n: 1, c: 1, h: 7, w: 6 },
    source: { h: 4, w: 9 },
    inset: 0,
  },
  'whole patches of a texture': {
    padding: 'circular',
    heightPenalty: 0,
    shape: { n: 1, c: 3, h: 7, w: 6 },
    source: { h: 9, w: 10 },
    inset: 2,
  },
} as const;

for (const [name, { shape, source: size, inset, ...given }] of Object.entries(cases)) {
  const { padding, heightPenalty } = given;
  test(`${name}: the softmax over exactly its candidates, step after step`, async ({ gpu }) => {
    const sourceShape = { ...shape, ...size };
    const [sharp, blurred] = [pixels(valueCount(sourceShape), 1), pixels(valueCount(sourceShape), 2)];
    const x = pixels(valueCount(shape), 3);
    const levels = [2, 0.3, 0.1, 0].map(vp);
    const [gammas, patch] = [
      [1, 0.5, 0],
      [7, 5, 3],
    ];
    const keys = levels.map((_, p) => key(100 + p));
    const radii = levels.map((_, p) => [5 - p, 2, 1] as const);
    const known = somewhere(2 * shape.h * shape.w, size.h * size.w, 4);
    const found = await gpu.evaluate((given) => window.harness.patchMatch(given), {
      ...{ x, shape, levels, known },
      options: {
        source: { shape: sourceShape, values: sharp },
        blurred: { shape: sourceShape, values: blurred },
        ...{ gammas, patch, padding, heightPenalty, keys, radii, whole: inset > 0 },
      },
    });
    for (const [p, level] of levels.entries()) {
      const side = patch[Math.min(p, 2)] as number;
      const twin: PatchesTwin = {
        ...{ x: { ...shape, values: x }, source: { ...sourceShape, values: sharp } },
        ...{ blurred: { ...sourceShape, values: blurred }, gamma: gammas[Math.min(p, 2)] as number },
        ...{ level, patch: side, padding, heightPenalty, inset: Math.min((side - 1) / 2, inset) },
      };
      // Each step is checked from what the step before it found on the GPU.
      const before = pairsOf(p === 0 ? known : (found.answers[p - 1]?.found ?? []));
      const search = {
        twin,
        known: before,
        key: keys[p] as readonly [number, number],
        radii: radii[p] as never,
      };
      const { x0Hat, nearest } = patches(twin, (pixel) => candidatesOf(search, pixel));
      const answer = found.answers[p];
      const error = largestError(answer?.x0Hat ?? [], x0Hat);
      report(`σ/α = ${level.t}`, error);
      expect(error).toBeLessThanOrEqual(WITHIN);
      expect(pairsOf(answer?.found ?? []).map(([best]) => best)).toEqual(nearest);
      for (const index of answer?.found ?? []) expect(index).toBeLessThan(size.h * size.w);
    }
    expect(found.leaked).toBe(0);
  });
}

test('it finds the nearest patches of all, on a small picture and in a few steps', async ({ gpu }) => {
  const shape: Shape = { n: 1, c: 3, h: 16, w: 16 };
  const smooth = Float32Array.from(
    { length: 768 },
    (_, i) => Math.sin((i % 16) / 2.3 + Math.floor(i / 256)) * Math.cos(Math.floor((i % 256) / 16) / 3.1),
  );
  const x = smooth.map((value, i) => value + 0.02 * (pixels(768, 5)[i] as number));
  const levels = Array.from({ length: 12 }, () => vp(0.05));
  const options = { source: { shape, values: smooth }, padding: 'zero' as const, patch: 5 };
  const found = await gpu.evaluate((given) => window.harness.patchMatch(given), {
    ...{ x, shape, levels, known: somewhere(512, 256, 6) },
    options: { ...options, keys: levels.map((_, p) => key(p)), radii: [[8, 4, 2] as const] },
  });
  const exact = await gpu.evaluate((given) => window.harness.patches(given), {
    ...{ x, shape, levels: levels.slice(0, 1), options },
  });
  const nearest = exact.answers[0]?.nearest ?? [];
  const agreeing = (p: number) =>
    pairsOf(found.answers[p]?.found ?? []).filter(([best], i) => best === nearest[i]).length;
  report('agreeing at once', agreeing(0));
  report('agreeing at last', agreeing(11));
  expect(agreeing(11)).toBeGreaterThanOrEqual(0.98 * 256);
  expect(agreeing(0)).toBeLessThan(0.5 * 256);
});

test('a finer level begins with what the coarser one found, at the same place within its pixels', async ({
  gpu,
}) => {
  const sizes = {
    ...{ size: { w: 7, h: 6 }, coarseSize: { w: 4, h: 3 } },
    ...{ source: { w: 10, h: 9 }, coarseSource: { w: 5, h: 4 }, images: 2 },
  };
  const known = somewhere(2 * 2 * 12, 20, 7);
  const found = await gpu.evaluate(([known, sizes]) => window.harness.finerField(known, sizes), [
    known,
    sizes,
  ] as const);
  const expected = Array.from({ length: 2 * 42 }, (_, i) => {
    const [image, y, x] = [Math.floor(i / 42), Math.floor((i % 42) / 7), i % 7];
    const [cy, cx] = [Math.floor((y * 3) / 6), Math.floor((x * 4) / 7)];
    const [dy, dx] = [y - Math.floor((cy * 6) / 3), x - Math.floor((cx * 7) / 4)];
    return [0, 1].map((k) => {
      const q = known[2 * (image * 12 + cy * 4 + cx) + k] as number;
      const v = Math.min(Math.floor((Math.floor(q / 5) * 9) / 4) + dy, 8);
      const u = Math.min(Math.floor(((q % 5) * 10) / 5) + dx, 9);
      return v * 10 + u;
    });
  }).flat();
  expect(found).toEqual(expected);
});
