/** What every denoiser promises, src/denoisers/denoiser.ts. One more is a line in the list. */
import type { Images } from '../../src/diffusion/images.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { patterns, pixels } from './data.ts';
import { expect, test } from './fixture.ts';
import type { Named } from './harness/denoisers.ts';

interface Promised {
  readonly denoiser: Named;
  readonly shape: Shape;
  /** Whether it may be told x_0. */
  readonly knows?: boolean;
}

const odd: Shape = { n: 2, c: 3, h: 5, w: 7 };

const set: Images = { shape: { n: 5, c: 3, h: 5, w: 7 }, values: pixels(5 * 105, 9) };

const denoisers: readonly Promised[] = [
  { denoiser: { name: 'oracle' }, shape: odd, knows: true },
  { denoiser: { name: 'blurred-oracle', radius: 1.5 }, shape: odd, knows: true },
  { denoiser: { name: 'gaussian', deviation: 0.3 }, shape: odd, knows: true },
  { denoiser: { name: 'model', output: 'v', deviation: 0.3 }, shape: odd, knows: true },
  {
    denoiser: { name: 'wiener', source: { shape: { n: 1, c: 3, h: 4, w: 8 }, values: pixels(96, 9) } },
    shape: { n: 3, c: 3, h: 4, w: 8 },
  },
  { denoiser: { name: 'ideal', set }, shape: odd },
  { denoiser: { name: 'local', set, kMax: 5, kMin: 3 }, shape: odd },
  {
    denoiser: {
      name: 'patches',
      source: { shape: { n: 1, c: 3, h: 6, w: 5 }, values: pixels(90, 9) },
      patch: 3,
      padding: 'circular',
    },
    shape: odd,
  },
];

/** Clean data twice, as at both ends of a round trip; much noise; and nothing else. */
const levels: readonly Level[] = [
  { alpha: 1, sigma: 0, t: 0 },
  { alpha: 0.8, sigma: 0.6, t: 1 },
  { alpha: 0.01, sigma: 1, t: 2 },
  { alpha: 0, sigma: 1, t: 3 },
  { alpha: 1, sigma: 20, t: 4 },
  { alpha: 1, sigma: 0, t: 0 },
];

for (const { denoiser, shape, knows } of denoisers) {
  test(`${denoiser.name}: x̂_0 depends on x_t and p alone, is finite, and costs nothing but its encoding`, async ({
    gpu,
  }) => {
    const count = valueCount(shape);
    const states = [pixels(count, 1), pixels(count, 2).map((z) => 3 * z)] as const;
    const found = await gpu.evaluate((given) => window.harness.contract(given), {
      ...{ denoiser, shape, levels, states },
      ...(knows && { x0: pixels(count, 3) }),
    });
    expect(found.name).toBe(denoiser.name);
    for (const answer of found.answers) expect(answer.every(Number.isFinite)).toBe(true);
    // Asked again in another order, everything between.
    expect(found.backwards.map(patterns)).toEqual(found.answers.map(patterns));
    expect(patterns(found.twice)).toEqual(patterns(found.answers.at(-1) as Float32Array));
    // The first and the last level are the same.
    expect(found.answers.slice(-2).map(patterns)).toEqual(found.answers.slice(0, 2).map(patterns));
    const distinct = new Set(found.answers.map((answer) => patterns(answer).join()));
    expect(distinct.size === 1).toBe(found.constant);
    // It reads the state, and leaves it alone.
    expect(patterns(found.xAfter)).toEqual(patterns(states[1]));
    expect(found.calls).toEqual([]);
    expect(found.leaked).toBe(0);
  });
}
