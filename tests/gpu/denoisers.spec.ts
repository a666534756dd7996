/** What every denoiser promises, src/denoisers/denoiser.ts. One more is a line in this list, too. */
import { denoiserNames } from '../../src/denoisers/list.ts';
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

test('every denoiser of the list is held to its contract', () => {
  expect(denoisers.map(({ denoiser }) => denoiser.name).sort()).toEqual([...denoiserNames].sort());
});

/** Uniforms, which what is said leaves out. */
const UNIFORMS = 1024;

for (const { denoiser, shape, knows } of denoisers) {
  test(`${denoiser.name}: what it takes is said beforehand; what it knows is there once, and given back once`, async ({
    gpu,
  }) => {
    const count = valueCount(shape);
    const found = await gpu.evaluate((given) => window.harness.preparedOnce(given), {
      ...{ denoiser, shape, levels, states: [pixels(count, 1), pixels(count, 1)] as const },
      ...(knows && { x0: pixels(count, 3) }),
    });
    const { said, knowledge } = found;
    expect(found.saying).toBe(0);
    expect(knowledge).toBe(said.knowledge);
    expect(found.sharing).toBe(0);
    for (const bytes of found.bindings) {
      expect(bytes).toBeGreaterThanOrEqual(said.binding);
      expect(bytes).toBeLessThanOrEqual(said.binding + UNIFORMS);
    }
    const [one, other] = found.answers as [Float32Array, Float32Array];
    expect(patterns(one)).toEqual(patterns(other));
    expect(found.unbound).toBe(knowledge);
    expect(found.kept).toBe(knowledge);
    expect(found.late).toBe(true);
    expect(found.error?.message).toContain('has been released');
    expect(found.left).toBe(0);
  });

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

test('windows of another size share the set; another set and another device share nothing', async ({
  gpu,
}) => {
  const shape = { ...odd, n: 1 };
  const found = await gpu.evaluate(
    ([shape, set]) => {
      const local = { name: 'local', set } as const;
      const others = [
        { ...local, kMax: 3, kMin: 1 },
        { ...local, set: { ...set } },
        { name: 'ideal', set },
      ] as const;
      return window.harness.sharedWith(local, others, shape);
    },
    [shape, set] as const,
  );
  expect(found).toEqual({ shared: [true, false, false], elsewhere: false, left: 0 });
});

for (const { denoiser, shape, knows } of denoisers) {
  const needsLevels = !['oracle', 'blurred-oracle'].includes(denoiser.name);
  const sized = ['wiener', 'ideal', 'local'].includes(denoiser.name);
  const refused = {
    ...(needsLevels && { 'needs noise that is alike in all channels': { levels: undefined } }),
    ...(sized && { 'say nothing of states of': { shape: { ...shape, w: 2 * shape.w } } }),
    ...(knows && denoiser.name !== 'model' && { 'there is no source picture': { x0: undefined } }),
  };
  for (const [message, change] of Object.entries(refused)) {
    test(`${denoiser.name} refuses, and keeps nothing: ${message}`, async ({ gpu }) => {
      const found = await gpu.evaluate((given) => window.harness.refusal(given), {
        ...{ denoiser, shape, levels, x0: pixels(valueCount(shape), 3), ...change },
      });
      expect(found.error).toMatchObject({ name: 'RangeError', message: expect.stringContaining(message) });
      expect(found.leaked).toBe(0);
    });
  }
}

test('a model is told the scales of signal and noise and the logarithm of their ratio, and no time', async ({
  gpu,
}) => {
  const told = await gpu.evaluate((levels) => window.harness.told(levels), levels);
  expect(told).toEqual(
    levels.map(({ alpha, sigma }) => [
      ['alpha', alpha],
      ['sigma', sigma],
      ['logSnr', 2 * Math.log(alpha / sigma)],
    ]),
  );
  expect(told[3]?.[2]?.[1]).toBe(-Infinity);
});
