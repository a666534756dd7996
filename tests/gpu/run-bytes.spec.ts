/** The memory that a run is said to take is what it takes. */

import { ladder } from '../../src/diffusion/ladder.ts';
import { inversion } from '../../src/diffusion/part-way.ts';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import type { TrajectoryOptions } from '../../src/trajectory/trajectory.ts';
import { pixels } from './data.ts';
import { expect, test } from './fixture.ts';

const KIB = 1024;
/** Uniforms, which the formula leaves out. */
const SLACK = 4 * KIB;

const T = 12;
const odd: Shape = { n: 1, c: 3, h: 31, w: 17 };
const batch: Shape = { n: 5, c: 3, h: 16, w: 16 };

const there = (shape: Shape, more: object = {}) =>
  ({
    shape,
    source: pixels(valueCount(shape)),
    schedule: cosine(T),
    seed: 1,
    start: 'forward',
    ...more,
  }) as const;
const levels = ladder(cosine(T), 'linspace', 6);
const sampled = (name: 'dpmpp-2m' | 'unipc-bh2' | 'heun') => samplers[name].make()(levels);
const inverted = (name: 'heun') => inversion(samplers[name].make(), levels);

const steps = samplers.ddim.make()(recipeLevels(7));
const images = (shape: Shape, n: number) => ({
  shape: { ...shape, n },
  values: pixels(n * valueCount({ ...shape, n: 1 })),
});
const back = (shape: Shape, name: 'local' | 'ideal', n: number) =>
  ({ shape, seed: 1, steps, denoiser: { name, set: images(shape, n) } }) as const;

const picture = { shape: { n: 1, c: 3, h: 9, w: 11 }, values: pixels(297) };

const cases: Record<string, TrajectoryOptions> = {
  'the exact chain': there(odd),
  'a batch with its bound': there(batch, { bound: { variance: 'beta-1' } }),
  'colour noise': there(odd, { colour: 'luma-first' }),
  'a blurred oracle, clipped': there(batch, {
    denoiser: { name: 'blurred-oracle', radius: 2 },
    limit: { name: 'clip' },
  }),
  'a Gaussian, thresholded': there(batch, {
    denoiser: { name: 'gaussian', deviation: 0.1 },
    limit: { name: 'dynamic-threshold' },
  }),
  'a sampler of two slots': there(odd, { steps: sampled('dpmpp-2m') }),
  'a sampler that keeps more': there(odd, { steps: sampled('unipc-bh2') }),
  'half a way': there(odd, { turn: T / 2 }),
  'an inversion': there(odd, { steps: sampled('heun'), there: inverted('heun') }),
  'one image from a local set': back({ ...batch, n: 1 }, 'local', 13),
  'a batch from a local set': back(batch, 'local', 30),
  'a batch from a local set of bytes': {
    ...{ shape: batch, seed: 1, steps },
    denoiser: { name: 'local', set: { shape: { ...batch, n: 30 }, values: new Uint8Array(30 * 768) } },
  },
  'a batch from an ideal set': back(batch, 'ideal', 200),
  'a batch from one spectrum': {
    ...{ shape: batch, seed: 1, steps },
    denoiser: { name: 'wiener', source: images(batch, 1) },
  },
  'a batch from the patches of one picture': {
    ...{ shape: batch, seed: 1, steps },
    denoiser: { name: 'patches', source: picture, patch: [7, 5, 3] },
  },
};

for (const [name, options] of Object.entries(cases)) {
  test(`${name} takes what it is said to`, async ({ gpu }) => {
    const { said, taken, charted } = await gpu.evaluate(async (options) => {
      const { framesUntil, gpu, saidBytes, withRun } = window.harness;
      const before = gpu.bytes;
      const said = await saidBytes(options);
      return withRun(options, async (run) => {
        const taken = gpu.bytes - before;
        await framesUntil(run, () => run.chart.done);
        return { said, taken, charted: gpu.bytes - before };
      });
    }, options);
    const { total, ...parts } = said;
    expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(total);
    expect(taken - total).toBeGreaterThanOrEqual(0);
    expect(taken - total).toBeLessThanOrEqual(SLACK);
    // Checkpoints are the host's.
    expect(charted).toBe(taken);
  });
}

test('runs that are given what another has prepared have the set once, and the last gives it back', async ({
  gpu,
}) => {
  const options = back(batch, 'ideal', 200);
  const { said, taken, more, alone, kept, left } = await gpu.evaluate(async (options) => {
    const { gpu, saidBytes, Trajectory } = window.harness;
    const before = gpu.bytes;
    const first = await Trajectory.create(gpu, options);
    const taken = gpu.bytes - before;
    const { prepared } = first;
    const second = await Trajectory.create(gpu, { ...options, prepared });
    const more = gpu.bytes - before - taken;
    const third = await Trajectory.create(gpu, {
      ...options,
      denoiser: { name: 'ideal', set: { ...options.denoiser.set } },
      prepared,
    });
    const alone = gpu.bytes - before - taken - more;
    third.release();
    first.release();
    const kept = gpu.bytes - before;
    await second.read(second.last);
    second.release();
    return { said: await saidBytes(options), taken, more, alone, kept, left: gpu.bytes - before };
  }, options);
  expect(more).toBe(taken - said.knowledge);
  expect(alone).toBe(taken);
  expect(kept).toBe(taken);
  expect(left).toBe(0);
});

test('a run that is refused half-way gives back only its own', async ({ gpu }) => {
  const options = back(batch, 'ideal', 20);
  const found = await gpu.evaluate(async (options) => {
    const { failure, gpu, Trajectory } = window.harness;
    const before = gpu.bytes;
    const first = await Trajectory.create(gpu, options);
    const taken = gpu.bytes - before;
    const { prepared } = first;
    const steps = options.steps.map((step) => ({ ...step, spread: 1, s: 1 }));
    const error = await failure(Trajectory.create(gpu, { ...options, steps, prepared }));
    const kept = gpu.bytes - before - taken;
    first.release();
    return { error: error?.name, kept, left: gpu.bytes - before };
  }, options);
  expect(found).toEqual({ error: 'RangeError', kept: 0, left: 0 });
});
