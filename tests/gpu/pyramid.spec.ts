import type { Images } from '../../src/diffusion/images.ts';
import { enlarge, goesOn, paletteOf } from '../../src/diffusion/resample.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { patterns, pixels } from './data.ts';
import { expect, test } from './fixture.ts';

const source = (h: number, w: number, colours: number[][]): Images => ({
  shape: { n: 1, c: 3, h, w },
  values: Uint8Array.from({ length: 3 * h * w }, (_, i) => {
    const [c, y, x] = [Math.floor(i / (h * w)), Math.floor((i % (h * w)) / w), i % w];
    const which = (Math.floor(y / 3) + Math.floor(x / 3)) % colours.length;
    return (colours[which] as number[])[c] as number;
  }),
});

const COLOURS = [
  [30, 60, 200],
  [240, 220, 40],
  [20, 140, 60],
];
const blocks = source(16, 16, COLOURS);
/** Fewer steps than a person would have: what is tested does not depend on how many there are. */
const quick = {
  coarsest: { steps: 8, from: 20, to: 0.05, patches: [5, 3] },
  finer: { steps: 4, from: 0.4, to: 0.04, patches: [5, 3] },
  halvings: 1,
};
const given = { source: blocks, kind: 'texture', recipe: quick, output: { w: 32, h: 24 }, seed: 3 } as const;

test('resized as the twin does it, and brought to the nearest colours', async ({ gpu }) => {
  const images: Images = { shape: { n: 2, c: 3, h: 5, w: 7 }, values: pixels(210) };
  for (const padding of ['zero', 'circular'] as const)
    for (const size of [
      { w: 14, h: 10 },
      { w: 15, h: 5 },
      { w: 7, h: 9 },
    ]) {
      const found = await gpu.evaluate(
        ([images, size, padding]) => window.harness.resize(images, size, padding),
        [images, size, padding] as const,
      );
      expect(largestError(found, enlarge(images, size, padding).values)).toBeLessThanOrEqual(2e-6);
    }
  const colours = paletteOf(blocks);
  expect(colours).toHaveLength(3);
  const shape = { n: 2, c: 3, h: 4, w: 5 };
  const x = pixels(120, 8);
  const found = await gpu.evaluate(([x, shape, colours]) => window.harness.snapped(x, shape, colours), [
    x,
    shape,
    colours,
  ] as const);
  for (let i = 0; i < 40; i++) {
    const at = (c: number) => Math.floor(i / 20) * 60 + c * 20 + (i % 20);
    const distances = colours.map((colour) =>
      colour.reduce((sum, value, c) => sum + ((x[at(c)] as number) - value) ** 2, 0),
    );
    const nearest = colours[distances.indexOf(Math.min(...distances))] as number[];
    expect(nearest.map((_, c) => found[at(c)])).toEqual(nearest.map(Math.fround));
  }
});

test('a pyramid makes a new picture of another size, out of the source’s colours; the same again', async ({
  gpu,
}) => {
  const made = await gpu.evaluate((given) => window.harness.pyramid(given), given);
  expect(made).toMatchObject({
    ...{ denoisers: ['patches', 'patch-match'], approximate: true, progress: 1, done: true, leaked: 0 },
    place: { level: 1, levels: 2, step: 4, steps: 4, denoiser: 'patch-match', size: { w: 32, h: 24 } },
  });
  const palette = paletteOf(blocks);
  const plane = 32 * 24;
  const far = Array.from({ length: plane }, (_, i) =>
    Math.min(
      ...palette.map((colour) =>
        Math.hypot(...colour.map((v, c) => v - (made.values[c * plane + i] as number))),
      ),
    ),
  );
  // All but a few pixels, where two patches are as near.
  expect(far.filter((distance) => distance > 0.05).length).toBeLessThan(0.02 * plane);
  const used = new Set(
    Array.from({ length: plane }, (_, i) =>
      palette.findIndex(
        (colour) => Math.hypot(...colour.map((v, c) => v - (made.values[c * plane + i] as number))) < 0.05,
      ),
    ),
  );
  expect([...used].filter((k) => k >= 0)).toHaveLength(3);
  const again = await gpu.evaluate((given) => window.harness.pyramid(given), given);
  expect(patterns(again.values)).toEqual(patterns(made.values));
  const other = await gpu.evaluate((given) => window.harness.pyramid(given), { ...given, seed: 4 });
  expect(largestError(other.values, made.values)).toBeGreaterThan(0.5);
});

test('only whole patches count of a texture that does not go on at its other end', async ({ gpu }) => {
  const shape = { n: 1, c: 1, h: 16, w: 16 };
  const image = (value: (y: number, x: number) => number): Images => ({
    shape,
    values: Float32Array.from({ length: 256 }, (_, i) => value(Math.floor(i / 16), i % 16)),
  });
  const wave = (i: number) => Math.sin((Math.PI * i) / 4);
  const torus = image((y, x) => wave(x) * wave(y + 1));
  const ramps = [image((_, x) => wave(x) + x / 8), image((y) => y / 8 - 1)];
  expect([torus, ...ramps].map(goesOn)).toEqual([true, false, false]);
  expect(goesOn(image(() => 0.5))).toBe(true);
  const made = (source: Images, kind: 'texture' | 'landscape') =>
    gpu.evaluate((given) => window.harness.pyramid(given), { ...given, source, kind });
  expect(await made(torus, 'texture')).toMatchObject({ whole: [false, false] });
  expect(await made(ramps[0] as Images, 'texture')).toMatchObject({ whole: [true, true] });
  expect(await made(ramps[0] as Images, 'landscape')).toMatchObject({ whole: [false, false] });
});

test('exact at every level where it is asked for', async ({ gpu }) => {
  const made = await gpu.evaluate((given) => window.harness.pyramid(given), { ...given, exact: true });
  expect(made).toMatchObject({ denoisers: ['patches', 'patches'], approximate: false, leaked: 0 });
});

test('pixel art has the source’s colours and no other, in a batch', async ({ gpu }) => {
  const made = await gpu.evaluate((given) => window.harness.pyramid(given), {
    ...({ source: source(12, 10, COLOURS), kind: 'pixels' } as const),
    ...{ output: { w: 9, h: 14 }, images: 2, seed: 1 },
    recipe: { coarsest: { steps: 6, from: 10, to: 0.03, patches: [5, 3] } },
  } as const);
  const colours = new Set(
    Array.from({ length: 2 * 126 }, (_, i) =>
      [0, 1, 2].map((c) => made.values[Math.floor(i / 126) * 378 + c * 126 + (i % 126)]).join(),
    ),
  );
  const palette = paletteOf(blocks).map((colour) => colour.map(Math.fround).join());
  expect([...colours].filter((colour) => !palette.includes(colour))).toEqual([]);
  expect(colours.size).toBe(3);
});

test('a frame at a time on canvases it makes the same picture, and progress only rises', async ({ gpu }) => {
  const options = { ...given, images: 2 };
  const made = await gpu.evaluate((given) => window.harness.pyramidFrames(given), options);
  expect(made).toMatchObject({ size: [64, 24, 64], leaked: 0 });
  expect(made.progress.at(-1)).toBe(1);
  expect(made.progress.every((value, i) => value > (made.progress[i - 1] ?? 0))).toBe(true);
  const read = await gpu.evaluate((given) => window.harness.pyramid(given), options);
  expect(patterns(read.values)).toEqual(patterns(made.values));
});

test('refused, and nothing kept: a seed that is none, a size that is none', async ({ gpu }) => {
  for (const change of [{ seed: -1 }, { output: { w: 0, h: 8 } }]) {
    const found = await gpu.evaluate(
      async (given) => {
        const { failure, gpu, Pyramid } = window.harness;
        const before = gpu.bytes;
        return { error: await failure(Pyramid.create(gpu, given)), leaked: gpu.bytes - before };
      },
      { ...given, ...change },
    );
    expect(found).toMatchObject({ error: { name: 'RangeError' }, leaked: 0 });
  }
});
