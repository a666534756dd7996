import { chain, lastPosition } from '../../src/diffusion/path.ts';
import { cosine, linear } from '../../src/diffusion/schedule.ts';
import { type Shape, stateBytes, valueCount } from '../../src/passes/shape.ts';
import { checkpointPositions } from '../../src/trajectory/checkpoints.ts';
import type { Trajectory } from '../../src/trajectory/trajectory.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

const shape: Shape = { n: 1, c: 3, h: 24, w: 17 };
const given = {
  shape,
  source: pixels(valueCount(shape)),
  schedule: cosine(100),
  seed: 5,
  start: 'forward',
} as const;

const large: Shape = { n: 1, c: 3, h: 512, w: 512 };
const MIB = 2 ** 20;

test('512 × 512 RGB and a thousand steps take less than 64 MiB, and give all of it back', async ({ gpu }) => {
  const found = await gpu.evaluate(
    async ([given, count]) => {
      const { canvases, frame, gpu, withRun } = window.harness;
      const before = gpu.bytes;
      const taken = await withRun({ ...given, source: new Float32Array(count) }, async (run) => {
        await run.attach(canvases());
        await run.attach(canvases());
        await frame(run);
        return gpu.bytes - before;
      });
      return { taken, leaked: gpu.bytes - before };
    },
    [{ ...given, shape: large, schedule: linear(1000) }, valueCount(large)] as const,
  );
  report('MiB', found.taken / MIB);
  expect(found.taken).toBeGreaterThanOrEqual(3 * stateBytes(large));
  expect(found.taken).toBeLessThanOrEqual(64 * MIB);
  expect(found.leaked).toBe(0);
});

test('no state of that run is more than 32 steps from a checkpoint', () => {
  const kept = checkpointPositions(chain(1000), stateBytes(large));
  expect(kept[0]).toBe(0);
  const distances = kept.map((p, i) => (kept[i + 1] ?? lastPosition(chain(1000)) + 1) - 1 - p);
  expect(Math.max(...distances)).toBeLessThanOrEqual(32);
});

const refused = {
  'more pixels than the device allows': {
    change: { shape: { n: 1, c: 3, h: 1, w: 1_000_000 } },
    error: { name: 'TooLarge', message: expect.stringContaining('1000000 × 1 needs') },
  },
  'more bytes than the device allows': {
    change: { shape: { n: 100_000, c: 4, h: 512, w: 512 } },
    error: { name: 'TooLarge', message: expect.stringContaining('this device allows') },
  },
  'no pixels': {
    change: { shape: { n: 1, c: 3, h: 0, w: 8 } },
    error: { name: 'RangeError', message: expect.stringContaining('not a shape') },
  },
  'values of another shape': {
    change: { source: new Float32Array(7) },
    error: { name: 'RangeError', message: expect.stringContaining('7 values; its shape needs 1224') },
  },
  'a seed that is none': {
    change: { seed: -1 },
    error: { name: 'RangeError', message: expect.stringContaining('seed') },
  },
};

for (const [name, { change, error }] of Object.entries(refused)) {
  test(`refused, and nothing kept: ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async (given) => {
        const { failure, gpu, Trajectory } = window.harness;
        const before = gpu.bytes;
        return { error: await failure(Trajectory.create(gpu, given)), leaked: gpu.bytes - before };
      },
      { ...given, ...change },
    );
    expect(found).toEqual({ error, leaked: 0 });
  });
}

const oneImage = { name: 'RangeError', message: 'a picture makes one image of 1, 3 or 4 channels' };
const refusedPictures = {
  'wider than a texture': {
    change: {},
    excess: 1,
    error: { message: expect.stringContaining('Texture size') },
  },
  'for a batch': { change: { shape: { ...shape, n: 2 } }, excess: 0, error: oneImage },
  'of two channels': { change: { shape: { ...shape, c: 2 } }, excess: 0, error: oneImage },
};

for (const [name, { change, excess, error }] of Object.entries(refusedPictures)) {
  test(`refused, and nothing kept: a picture ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async ({ excess, ...given }) => {
        const { bitmap, failure, gpu, Trajectory } = window.harness;
        const before = gpu.bytes;
        const width = gpu.device.limits.maxTextureDimension2D + excess;
        const source = await bitmap({ width, height: 1, rgba: new Array(4 * width).fill(0) });
        return {
          error: await failure(Trajectory.create(gpu, { ...given, source })),
          leaked: gpu.bytes - before,
        };
      },
      { ...given, ...change, excess },
    );
    expect(found).toEqual({ error: expect.objectContaining(error), leaked: 0 });
  });
}

test('a lost device: another takes the checkpoints and shows the same bits', async ({ gpu }) => {
  const positions = [0, 17, 100, 101, 160, 201];
  const found = await gpu.evaluate(
    async ([given, positions]) => {
      const { framesUntil, newGpu, Trajectory, withRun } = window.harness;
      const readAll = async (run: Trajectory) => {
        const states = [];
        for (const p of positions) states.push(await run.read(p));
        return states;
      };

      const first = await newGpu();
      const lost = await Trajectory.create(first, given);
      await lost.attach(window.harness.canvases());
      await framesUntil(lost, () => lost.checkpoints.progress > 0.5);
      // The device goes while work is under way, and frames are asked for until the page has noticed.
      const later = performance.now() + 1e6;
      lost.tick(later);
      first.device.destroy();
      const { reason } = await first.lost;
      for (let k = 1; k < 5; k++) {
        lost.tick(later + 16 * k);
        await new Promise(requestAnimationFrame);
      }
      const { progress } = lost.checkpoints;
      lost.release();

      const second = await newGpu();
      const { checkpoints } = lost;
      const run = await Trajectory.create(second, { ...given, checkpoints });
      const states = await readAll(run);
      await framesUntil(run, () => run.chart.done);
      run.release();
      const leaked = second.bytes;
      second.device.destroy();
      return { reason, progress, leaked, states, expected: await withRun(given, readAll) };
    },
    [given, positions] as const,
  );
  expect(found.reason).toBe('destroyed');
  expect(found.progress).toBeGreaterThan(0.5);
  expect(found.states.map(patterns)).toEqual(found.expected.map(patterns));
  expect(found.leaked).toBe(0);
});
