import type { Level } from '../../src/diffusion/step.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { type PatchesTwin, patches } from '../reference/patches.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 against float64: a log-weight's rounding is relative to its size, and at little noise they are large. */
const WITHIN = 2e-4;

/** VP levels of these σ/α; 0 is clean data. */
const levels = [20, 2, 0.5, 0.1, 0].map(
  (ratio): Level => ({ alpha: 1 / Math.hypot(1, ratio), sigma: ratio / Math.hypot(1, ratio), t: ratio }),
);

interface Case {
  readonly shape: Shape;
  readonly source: { readonly h: number; readonly w: number };
  readonly patch: readonly number[];
  readonly padding: 'zero' | 'circular';
  readonly heightPenalty?: number;
  readonly gammas?: readonly number[];
  /** How far whole patches keep from the edges at most; absent where patches need not be whole. */
  readonly inset?: number;
}

const cases: Record<string, Case> = {
  'zeros round landscape and output': {
    shape: { n: 1, c: 3, h: 9, w: 13 },
    source: { h: 8, w: 11 },
    patch: [7, 5, 5, 3],
    padding: 'zero',
    heightPenalty: 60,
  },
  'a texture that goes on': {
    shape: { n: 1, c: 3, h: 12, w: 7 },
    source: { h: 10, w: 6 },
    patch: [9, 7, 5, 3],
    padding: 'circular',
  },
  'whole patches of a texture, as far as its size allows': {
    shape: { n: 1, c: 3, h: 8, w: 7 },
    source: { h: 10, w: 9 },
    patch: [9, 7, 3],
    padding: 'circular',
    inset: 2,
  },
  'grey, larger than its source': {
    shape: { n: 1, c: 1, h: 5, w: 16 },
    source: { h: 4, w: 3 },
    patch: [3],
    padding: 'zero',
  },
  'patches larger than everything': {
    shape: { n: 1, c: 2, h: 6, w: 5 },
    source: { h: 4, w: 6 },
    patch: [13],
    padding: 'circular',
  },
  'a batch, between blurred and sharp': {
    shape: { n: 3, c: 4, h: 6, w: 6 },
    source: { h: 7, w: 5 },
    patch: [5],
    padding: 'zero',
    gammas: [1, 0.7, 0.4, 0],
    heightPenalty: 5,
  },
};

for (const [name, { shape, source: size, heightPenalty = 0, ...given }] of Object.entries(cases)) {
  const { patch, padding, gammas, inset } = given;
  test(`${name}: every element of x̂_0 is the twin's`, async ({ gpu }) => {
    const { n, ...one } = shape;
    const sourceShape = { ...one, ...size, n: 1 };
    const values = { sharp: pixels(valueCount(sourceShape), 1), blurred: pixels(valueCount(sourceShape), 2) };
    const x = pixels(valueCount(shape), 3);
    const found = await gpu.evaluate((given) => window.harness.patches(given), {
      ...{ x, shape, levels },
      options: {
        source: { shape: sourceShape, values: values.sharp },
        ...(gammas && { blurred: { shape: sourceShape, values: values.blurred }, gammas }),
        ...{ patch, padding, heightPenalty, whole: inset !== undefined },
      },
    });
    const perImage = valueCount(shape) / n;
    for (const [p, level] of levels.entries()) {
      const errors = Array.from({ length: n }, (_, image) => {
        const side = patch[Math.min(p, patch.length - 1)] as number;
        const twin: PatchesTwin = {
          x: { ...one, values: x.slice(image * perImage, (image + 1) * perImage) },
          source: { ...sourceShape, values: values.sharp },
          blurred: { ...sourceShape, values: values.blurred },
          gamma: gammas ? (gammas[Math.min(p, gammas.length - 1)] as number) : 0,
          ...{ level, patch: side, padding, heightPenalty },
          inset: Math.min((side - 1) / 2, inset ?? 0),
        };
        const { x0Hat, nearest } = patches(twin);
        const answer = found.answers[p];
        const pixelCount = one.h * one.w;
        if (level.t < 1) {
          const own = answer?.nearest.slice(image * pixelCount, (image + 1) * pixelCount);
          expect(own, `nearest patches at ${level.t}`).toEqual(nearest);
        }
        return largestError(answer?.x0Hat.slice(image * perImage, (image + 1) * perImage) ?? [], x0Hat);
      });
      report(`σ/α = ${level.t}`, Math.max(...errors));
      expect(Math.max(...errors)).toBeLessThanOrEqual(WITHIN);
    }
    expect(found.leaked).toBe(0);
  });
}

const square: Shape = { n: 1, c: 3, h: 16, w: 16 };
const source = { shape: square, values: pixels(valueCount(square), 4) };

test('an output that is the source gets itself back where there is little noise', async ({ gpu }) => {
  const level = { alpha: 1, sigma: 0.05, t: 1 };
  for (const padding of ['zero', 'circular'] as const) {
    const { answers } = await gpu.evaluate((given) => window.harness.patches(given), {
      ...{ x: source.values, shape: square, levels: [level] },
      options: { source, padding, patch: 5 },
    });
    expect(largestError(answers[0]?.x0Hat ?? [], source.values)).toBeLessThanOrEqual(1e-6);
    expect(answers[0]?.nearest).toEqual(Array.from({ length: 256 }, (_, i) => i));
  }
});

test('a shifted output of a texture gets the shift: it does not matter where patches are', async ({
  gpu,
}) => {
  const shifted = source.values.map((_, i) => {
    const [c, y, x] = [Math.floor(i / 256), (Math.floor(i / 16) + 5) % 16, (i + 3) % 16];
    return source.values[c * 256 + y * 16 + x] as number;
  });
  const { answers } = await gpu.evaluate((given) => window.harness.patches(given), {
    ...{ x: shifted, shape: square, levels: [{ alpha: 1, sigma: 0.05, t: 1 }] },
    options: { source, padding: 'circular' as const, patch: 7 },
  });
  expect(largestError(answers[0]?.x0Hat ?? [], shifted)).toBeLessThanOrEqual(1e-6);
});

test('all noise and no signal: the mean of the source, everywhere', async ({ gpu }) => {
  const { answers } = await gpu.evaluate((given) => window.harness.patches(given), {
    ...{ x: pixels(valueCount(square), 5), shape: square, levels: [{ alpha: 0, sigma: 1, t: 1 }] },
    options: { source, padding: 'circular' as const, patch: 7 },
  });
  const means = [0, 1, 2].map(
    (c) => source.values.slice(c * 256, (c + 1) * 256).reduce((a, b) => a + b) / 256,
  );
  const expected = Array.from({ length: 768 }, (_, i) => means[Math.floor(i / 256)] as number);
  expect(largestError(answers[0]?.x0Hat ?? [], expected)).toBeLessThanOrEqual(1e-6);
});

test('displacements in many chunks give what they give in few, to rounding', async ({ gpu }) => {
  const shape = { n: 2, c: 1, h: 32, w: 32 };
  const one = { ...shape, n: 1 };
  const given = {
    ...{ x: pixels(valueCount(shape), 6), shape, levels: levels.slice(0, 3) },
    options: { source: { shape: one, values: pixels(valueCount(one), 7) }, patch: 5 },
  };
  const whole = await gpu.evaluate((given) => window.harness.patches(given), given);
  const single = await gpu.evaluate((given) => window.harness.patches(given), {
    ...{ ...given, shape: one, x: given.x.slice(1024) },
  });
  expect(whole.parts).toBeGreaterThan(single.parts);
  for (const p of [0, 1, 2]) {
    const half = whole.answers[p]?.x0Hat.slice(1024) ?? [];
    expect(largestError(half, single.answers[p]?.x0Hat ?? [])).toBeLessThanOrEqual(WITHIN);
  }
});

test('as the denoiser of an ordinary run: the same bits again, and other ones for another seed', async ({
  gpu,
}) => {
  const steps = levels.slice(1).map((to, i) => {
    const at = levels[i] as Level;
    const kept = to.sigma / at.sigma;
    return { at, to, next: [kept, to.alpha - kept * at.alpha, 0, 0, 0, 0, 0] };
  });
  const run = (seed: number) =>
    gpu.evaluate(
      (options) =>
        window.harness.withRun(options, async (run) => {
          const before = run.denoiser.name;
          return { name: before, x: await run.read(run.last) };
        }),
      {
        shape: square,
        seed,
        steps,
        denoiser: { name: 'patches', source, padding: 'circular', patch: 5 } as const,
      },
    );
  const [first, again, other] = [await run(1), await run(1), await run(2)];
  expect(first.name).toBe('patches');
  expect(patterns(first.x)).toEqual(patterns(again.x));
  expect(largestError(first.x, other.x)).toBeGreaterThan(0.1);
});

const refusals = {
  'an even patch': { patch: 4, message: 'a patch must be odd and from 3 to 31 pixels wide, not 4' },
  'a patch of one pixel': { patch: 1, message: 'a patch must be odd and from 3 to 31 pixels wide, not 1' },
  'a negative penalty': { heightPenalty: -1, message: 'a penalty must not be negative, as -1 is' },
  'another number of channels': {
    source: { shape: { ...square, c: 1 }, values: pixels(256) },
    message: 'patches need one image of 3 channels, not 1 of 1',
  },
  'two sources': {
    source: { shape: { ...square, n: 2 }, values: pixels(2 * valueCount(square)) },
    message: 'patches need one image of 3 channels, not 2 of 3',
  },
};

for (const [name, { message, ...change }] of Object.entries(refusals)) {
  test(`refused, and nothing kept: ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async (given) => {
        const { failure, gpu, patches } = window.harness;
        const before = gpu.bytes;
        return { error: await failure(patches(given)), leaked: gpu.bytes - before };
      },
      {
        ...{ x: source.values, shape: square, levels: [{ alpha: 1, sigma: 1, t: 1 }] },
        options: { source, ...change },
      },
    );
    expect(found).toEqual({ error: { name: 'RangeError', message }, leaked: 0 });
  });
}
