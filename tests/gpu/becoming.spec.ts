import {
  entropyBits,
  nearestIndices,
  posteriorProbabilities,
  squaredDistances,
} from '../../src/diffusion/ideal.ts';
import { type Images, valuesOf } from '../../src/diffusion/images.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import type { Became } from '../../src/trajectory/becoming.ts';
import type { TrajectoryOptions } from '../../src/trajectory/trajectory.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

const shape = { n: 3, c: 3, h: 5, w: 7 };
const N = 21;
const set: Images = { shape: { ...shape, n: N }, values: pixels(N * 105, 4) };
const steps = ddim({ eta: 0.5 })(ladder(cosine(1000), 'linspace', 8));
const given = { shape, seed: 3, steps, denoiser: { name: 'ideal', set } } as const;
const image = 1;

const runs: Readonly<Record<string, TrajectoryOptions>> = {
  'the ideal denoiser': given,
  'one that knows one picture': {
    ...{ shape, seed: 3, source: pixels(315, 9), schedule: cosine(8), start: 'fresh' },
    denoiser: { name: 'gaussian', deviation: 0.4 },
  },
};

for (const [name, run] of Object.entries(runs)) {
  test(`which image of a set a noisy one is becoming, with ${name}: the twin's posterior`, async ({
    gpu,
  }) => {
    const found = await gpu.evaluate(
      async ([run, set, image]) => {
        const { Becoming, framesUntil, gpu, withRun } = window.harness;
        const before = gpu.bytes;
        const seen = await withRun(run, async (made) => {
          const told: Became[] = [];
          const onPosterior = (became: Became) => told.push(became);
          const follow = async () =>
            made.follow(await Becoming.create(made, { set, image, count: 4, onPosterior }));
          await follow();
          await follow(); // takes the place of the first
          const states = [];
          for (let p = 0; p <= made.last; p++) {
            made.seek(p);
            await framesUntil(made, () => told.at(-1)?.p === p);
            states.push(await window.harness.peek(made));
          }
          return { told, states, sigmas: made.path.levels, generates: made.path.T === -1 };
        });
        return { ...seen, leaked: gpu.bytes - before };
      },
      [run, set, image] as const,
    );
    expect(found.leaked).toBe(0);
    expect(found.told.length).toBe(found.states.length);
    let worst = 0;
    for (const [p, { nearest, entropy }] of found.told.entries()) {
      const level = found.sigmas?.[p] as { alpha: number; sigma: number };
      const x = (found.states[p] as Float32Array).subarray(105 * image, 105 * (image + 1));
      const distances = squaredDistances(set, x, level.alpha);
      const exact = posteriorProbabilities(distances, level.sigma);
      expect(nearest.map(({ index }) => index)).toEqual(nearestIndices(distances, 4));
      for (const { index, probability } of nearest) {
        worst = Math.max(worst, Math.abs(probability - (exact[index] as number)));
      }
      worst = Math.max(worst, Math.abs(entropy - entropyBits(exact)));
    }
    report('largest error', worst);
    expect(worst).toBeLessThanOrEqual(2e-5);
    if (!found.generates) return;
    // Pure noise at the first level is as far from all; at the end it is one of the set.
    expect(found.told[0]?.entropy).toBeGreaterThan(Math.log2(N) - 0.01);
    expect(found.told.at(-1)?.entropy).toBeLessThan(0.01);
    expect(found.told.at(-1)?.nearest[0]?.probability).toBeGreaterThan(0.999);
  });
}

test('while it plays, it tells at most ten times a second, and makes nothing on the GPU', async ({ gpu }) => {
  const found = await gpu.evaluate(
    async ([given, set]) => {
      const { Becoming, costlyCalls, frame, withRun } = window.harness;
      return withRun({ ...given, checkpoints: new window.harness.Checkpoints([]) }, async (run) => {
        let told = 0;
        const onPosterior = () => {
          told++;
        };
        run.follow(await Becoming.create(run, { set, onPosterior }));
        await frame(run);
        run.rate = 20;
        run.play();
        told = 0;
        const calls = await costlyCalls(async () => {
          // Six states at one in 48 ms: 20 a second.
          for (let k = 0; k < 18; k++) await frame(run);
        });
        return { calls: [...new Set(calls)], told, shown: run.shown };
      });
    },
    [given, set] as const,
  );
  expect(found.shown).toBeGreaterThanOrEqual(5);
  expect(found.told).toBeLessThanOrEqual(3);
  expect(found.calls).toEqual(['mapAsync']);
});

test('a set that the run’s denoiser knows is not uploaded again, to follow it or to find the nearest', async ({
  gpu,
}) => {
  const found = await gpu.evaluate(
    async ([given, set]) => {
      const { Becoming, buffersMade, gpu, nearest, Trajectory } = window.harness;
      const other = { ...set };
      const before = gpu.bytes;
      const run = await Trajectory.create(gpu, given);
      const uploads = async (images: typeof set) => {
        const labels = await buffersMade(async () => {
          const becoming = await Becoming.create(run, { set: images, onPosterior: () => {} });
          await nearest(gpu, run.buffers.x, given.shape, images, run.prepared);
          becoming.release();
        });
        return labels.filter((label) => label === 'set of images').length;
      };
      const counts = [await uploads(set), await uploads(other)];
      // Who follows it still has the set when the run has gone.
      const becoming = await Becoming.create(run, { set, onPosterior: () => {} });
      run.release();
      const kept = becoming.set.tiles.every(({ buffer }) => gpu.holds(buffer));
      becoming.release();
      return { counts, kept, left: gpu.bytes - before };
    },
    [given, set] as const,
  );
  expect(found).toEqual({ counts: [0, 2], kept: true, left: 0 });
});

for (const [name, options] of Object.entries({
  'an image that is not in the batch': { set, image: 3 },
  'a set of another size': { set: { ...set, shape: { n: N, c: 3, h: 7, w: 5 } } },
})) {
  test(`refused, and nothing kept: ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      ([given, options]) =>
        window.harness.withRun(given, async (run) => {
          const { Becoming, failure, gpu } = window.harness;
          const before = gpu.bytes;
          const error = await failure(Becoming.create(run, { ...options, onPosterior: () => {} }));
          return { error: error?.name, leaked: gpu.bytes - before };
        }),
      [given, options] as const,
    );
    expect(found).toEqual({ error: 'RangeError', leaked: 0 });
  });
}

for (const tiles of [1, 6]) {
  test(`the nearest image of a set in tiles, ${tiles}, and how far it is`, async ({ gpu }) => {
    const batch = pixels(9 * 105, 12);
    // One is in the set, and twice; one is near to it.
    batch.set(valuesOf(set, 5, 1), 0);
    batch.set(
      valuesOf(set, 17, 1).map((value) => value + 0.1),
      3 * 105,
    );
    const twice: Images = { ...set, values: Float32Array.from(valuesOf(set, 0, N)) };
    twice.values.set(valuesOf(set, 5, 1), 20 * 105);
    const size = { ...shape, n: 9 };
    const found = await gpu.evaluate(
      async ([batch, size, set, most]) => {
        const { gpu, nearest, upload, withDeviceLimit } = window.harness;
        const before = gpu.bytes;
        const limited = <Result>(use: () => Promise<Result>) =>
          most ? withDeviceLimit('maxStorageBufferBindingSize', most, use) : use();
        const ofValues = await limited(() => nearest(gpu, batch, size, set));
        const buffer = upload('batch', new Float32Array([...batch, 0, 0, 0]));
        const ofBuffer = await limited(() => nearest(gpu, buffer, size, set));
        gpu.release(buffer);
        return { ofValues, ofBuffer, leaked: gpu.bytes - before };
      },
      [batch, size, twice, tiles === 1 ? undefined : 9 * 105 * 4 + 12] as const,
    );
    const exact = Array.from({ length: 9 }, (_, b) => {
      const distances = squaredDistances(twice, batch.subarray(105 * b, 105 * (b + 1)), 1);
      const [index = -1] = nearestIndices(distances, 1);
      return { index, rms: Math.sqrt((distances[index] as number) / 105) };
    });
    expect(found.ofValues).toEqual(found.ofBuffer);
    expect(found.leaked).toBe(0);
    expect(found.ofValues.map(({ index }) => index)).toEqual(exact.map(({ index }) => index));
    expect(found.ofValues[0]).toEqual({ index: 5, rms: 0 });
    expect(found.ofValues[3]?.rms).toBeCloseTo(0.1, 6);
    for (const [b, { rms }] of exact.entries()) expect(found.ofValues[b]?.rms).toBeCloseTo(rms, 5);
  });
}
