/** The memory that a run is said to take is what it takes. */

import { ladder } from '../../src/diffusion/ladder.ts';
import { inversion } from '../../src/diffusion/part-way.ts';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import type { RunPlan } from '../../src/trajectory/memory.ts';
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

const cases: Record<string, { options: TrajectoryOptions; plan: RunPlan }> = {
  'the exact chain': { options: there(odd), plan: { shape: odd, T, denoiser: 'oracle' } },
  'a batch with its bound': {
    options: there(batch, { bound: { variance: 'beta-1' } }),
    plan: { shape: batch, T, denoiser: 'oracle', bound: true },
  },
  'colour noise': {
    options: there(odd, { colour: 'luma-first' }),
    plan: { shape: odd, T, denoiser: 'oracle' },
  },
  'a blurred oracle, clipped': {
    options: there(batch, { denoiser: { name: 'blurred-oracle', radius: 2 }, limit: { name: 'clip' } }),
    plan: { shape: batch, T, denoiser: 'blurred-oracle', limit: 'clip' },
  },
  'a Gaussian, thresholded': {
    options: there(batch, {
      denoiser: { name: 'gaussian', deviation: 0.1 },
      limit: { name: 'dynamic-threshold' },
    }),
    plan: { shape: batch, T, denoiser: 'gaussian', limit: 'dynamic-threshold' },
  },
  'a sampler of two slots': {
    options: there(odd, { steps: sampled('dpmpp-2m') }),
    plan: { shape: odd, T, denoiser: 'oracle', steps: sampled('dpmpp-2m') },
  },
  'a sampler that keeps more': {
    options: there(odd, { steps: sampled('unipc-bh2') }),
    plan: { shape: odd, T, denoiser: 'oracle', steps: sampled('unipc-bh2') },
  },
  'half a way': {
    options: there(odd, { turn: T / 2 }),
    plan: { shape: odd, T: T / 2, denoiser: 'oracle' },
  },
  'an inversion': {
    options: there(odd, { steps: sampled('heun'), there: inverted('heun') }),
    plan: {
      ...{ shape: odd, T: inverted('heun').length, denoiser: 'oracle' },
      ...{ steps: sampled('heun'), there: inverted('heun') },
    },
  },
  'one image from a local set': {
    options: back({ ...batch, n: 1 }, 'local', 13),
    plan: { shape: { ...batch, n: 1 }, steps, denoiser: 'local', images: 13 },
  },
  'a batch from a local set': {
    options: back(batch, 'local', 30),
    plan: { shape: batch, steps, denoiser: 'local', images: 30 },
  },
  'a batch from a local set of bytes': {
    options: {
      ...{ shape: batch, seed: 1, steps },
      denoiser: { name: 'local', set: { shape: { ...batch, n: 30 }, values: new Uint8Array(30 * 768) } },
    },
    plan: { shape: batch, steps, denoiser: 'local', images: 30, inBytes: true },
  },
  'a batch from one spectrum': {
    options: { shape: batch, seed: 1, steps, denoiser: { name: 'wiener', source: images(batch, 1) } },
    plan: { shape: batch, steps, denoiser: 'wiener' },
  },
};

for (const [name, { options, plan }] of Object.entries(cases)) {
  test(`${name} takes what it is said to`, async ({ gpu }) => {
    const { said, taken, charted } = await gpu.evaluate(
      async ([options, plan]) => {
        const { framesUntil, gpu, runBytes, withRun } = window.harness;
        const before = gpu.bytes;
        return withRun(options, async (run) => {
          const taken = gpu.bytes - before;
          await framesUntil(run, () => run.chart.done);
          return { said: runBytes(gpu, plan), taken, charted: gpu.bytes - before };
        });
      },
      [options, plan] as const,
    );
    const { total, ...parts } = said;
    expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(total);
    expect(taken - total).toBeGreaterThanOrEqual(0);
    expect(taken - total).toBeLessThanOrEqual(SLACK);
    // Checkpoints are the host's.
    expect(charted).toBe(taken);
  });
}

test('runs of one set have it once; the ideal denoiser is said to take most of what it takes', async ({
  gpu,
}) => {
  const options = back(batch, 'ideal', 200);
  const plan: RunPlan = { shape: batch, steps, denoiser: 'ideal', images: 200 };
  const { said, taken, more } = await gpu.evaluate(
    async ([options, plan]) => {
      const { gpu, runBytes, withRun } = window.harness;
      const before = gpu.bytes;
      return withRun(options, async () => {
        const taken = gpu.bytes - before;
        const more = await withRun(options, () => gpu.bytes - before - taken);
        return { said: runBytes(gpu, plan), taken, more };
      });
    },
    [options, plan] as const,
  );
  expect(more).toBe(taken - said.set);
  expect(said.total).toBeLessThanOrEqual(taken);
  expect(taken - said.total).toBeLessThanOrEqual(2 * batch.n * 256 * KIB);
  expect(said.total).toBeGreaterThan(0.7 * taken);
});
