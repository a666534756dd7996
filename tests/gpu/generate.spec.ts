import { klOfX0 } from '../../src/diffusion/bound.ts';
import { idealMean } from '../../src/diffusion/ideal.ts';
import { type Images, valuesOf } from '../../src/diffusion/images.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { reverseKey } from '../../src/diffusion/path.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { valueCount } from '../../src/passes/shape.ts';
import { largestRelative, termSums } from '../reference/bound.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

const shape = { n: 5, c: 3, h: 4, w: 6 };
const D = 72;
const count = valueCount(shape);
const N = 30;
const set: Images = { shape: { ...shape, n: N }, values: pixels(N * D, 6) };
const seed = 11;
const levels = ladder(cosine(1000), 'linspace', 9);
const chosen = ['ddim', 'ddpm', 'heun', 'dpmpp-2m', 'dpmpp-sde'] as const;

/** Every image of a batch by the float64 twin. */
const denoise = (x: Float64Array, at: { alpha: number; sigma: number }) =>
  Float64Array.from(
    Array.from({ length: x.length / D }, (_, b) =>
      Array.from(idealMean(set, x.subarray(b * D, (b + 1) * D), at)),
    ).flat(),
  );

const largestError = (actual: ArrayLike<number> | undefined, exact: ArrayLike<number>) =>
  Array.from(exact).reduce((most, value, k) => Math.max(most, Math.abs(value - (actual?.[k] as number))), 0);

/** float32 against float64, where x̂_0 is a softmax whose logits have errors of their own. */
const WITHIN = 2e-5;

for (const name of chosen) {
  const steps = samplers[name].make()(levels);
  const given = { shape, seed, steps, denoiser: { name: 'ideal', set } } as const;

  test(`${name} from pure noise: every state is that of the host, scrubbed to or played`, async ({ gpu }) => {
    const { played, scrubbed, last } = await gpu.evaluate(
      (given) =>
        window.harness.withRun(given, async (run) => {
          const positions = Array.from({ length: run.last + 1 }, (_, p) => p);
          run.rate = Number.POSITIVE_INFINITY;
          run.play();
          await window.harness.framesUntil(run, () => run.shown === run.last);
          const end = await window.harness.peek(run);
          const scrubbed: Float32Array[] = [];
          for (const p of positions.toReversed()) scrubbed.unshift(await run.read(p));
          const played: Float32Array[] = [];
          for (const p of positions) played.push(await run.read(p));
          return { played, scrubbed, last: end };
        }),
      given,
    );
    expect(scrubbed).toEqual(played);
    expect([...last.subarray(0, count)]).toEqual([...(played.at(-1) as Float32Array)]);
    expect(played.length).toBe(steps.length + 1);
    const noise = (i: number) => normals(reverseKey(seed, steps.length - 1 - i), count);
    const [x_T, ...after] = played;
    const first = normals(reverseKey(seed, steps.length), count);
    expect(largestError(x_T, first)).toBeLessThanOrEqual(2e-5);
    const states = [...walk({ steps, x: first, denoise, noise })];
    // Relative to the largest value by then: methods in ε̂ divide by the first level's α, and are as large as that.
    let scale = 1;
    const errors = after.map((state, i) => {
      const exact = states[i] as Float64Array;
      scale = exact.reduce((largest, value) => Math.max(largest, Math.abs(value)), scale);
      return largestError(state, exact) / scale;
    });
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThanOrEqual(WITHIN);
  });
}

const steps = samplers.ddpm.make()(levels);
const given = { shape, seed, steps, denoiser: { name: 'ideal', set } } as const;
const part = (state: Float32Array, b: number) => state.slice(b * D, (b + 1) * D);

test('an image of a batch made again alone is the same, bit for bit', async ({ gpu }) => {
  const found = await gpu.evaluate(async (given) => {
    const { withRun } = window.harness;
    const all = (options: typeof given) =>
      withRun(options, async (run) => {
        const states = [];
        for (let p = 0; p <= run.last; p++) states.push(await run.read(p));
        return states;
      });
    const batch = await all(given);
    const alone = [];
    for (let firstImage = 0; firstImage < given.shape.n; firstImage++) {
      alone.push(await all({ ...given, shape: { ...given.shape, n: 1 }, firstImage } as typeof given));
    }
    return { batch, alone };
  }, given);
  for (const [b, states] of found.alone.entries()) {
    for (const [p, state] of states.entries()) {
      const same = part(found.batch[p] as Float32Array, b);
      expect(patterns(state), `image ${b}, position ${p}`).toEqual(patterns(same));
    }
  }
});

test('a run that is given a state begins with it, and goes on from there', async ({ gpu }) => {
  const start = pixels(count, 77);
  const found = await gpu.evaluate(
    ([given, start]) =>
      window.harness.withRun({ ...given, given: start }, async (run) => {
        const first = await run.read(0);
        const end = await run.read(run.last);
        await window.harness.framesUntil(run, () => run.chart.done);
        return { first, end, again: await run.read(0) };
      }),
    [given, start] as const,
  );
  expect(patterns(found.first)).toEqual(patterns(start));
  expect(patterns(found.again)).toEqual(patterns(start));
  const noise = (i: number) => normals(reverseKey(seed, steps.length - 1 - i), count);
  const exact = [...walk({ steps, x: start, denoise, noise })].at(-1) as Float64Array;
  expect(largestError(found.end, exact)).toBeLessThanOrEqual(WITHIN);
});

test('a generated image is one of the set: the ideal denoiser memorises', async ({ gpu }) => {
  const found = await gpu.evaluate(
    ([given, set]) =>
      window.harness.withRun(given, async (run) => {
        await run.read(run.last);
        return window.harness.nearest(window.harness.gpu, run.buffers.x, given.shape, set);
      }),
    [given, set] as const,
  );
  for (const { rms } of found) expect(rms).toBeLessThan(1e-3);
  expect(new Set(found.map(({ index }) => index)).size).toBeGreaterThan(1);
});

for (const denoiser of [
  { name: 'oracle' },
  { name: 'blurred-oracle', radius: 1 },
  { name: 'gaussian', deviation: 0.3 },
] as const) {
  test(`a run without a source refuses the ${denoiser.name}, which knows one`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async (options) => {
        const { failure, gpu, Trajectory } = window.harness;
        const before = gpu.bytes;
        return { error: await failure(Trajectory.create(gpu, options)), leaked: gpu.bytes - before };
      },
      { ...given, denoiser } as const,
    );
    const message = 'there is no source picture for this denoiser to know';
    expect(found).toEqual({ error: { name: 'RangeError', message }, leaked: 0 });
  });
}

test('the ideal denoiser refuses images of another size and colour noise, and keeps nothing', async ({
  gpu,
}) => {
  const found = await gpu.evaluate(
    async ([given, set, source, schedule]) => {
      const { failure, gpu, Trajectory } = window.harness;
      const before = gpu.bytes;
      const turned = { ...given, shape: { ...given.shape, h: 6, w: 4 } };
      const coloured = {
        ...({ shape: given.shape, seed: 1, source, schedule, start: 'forward', colour: 'grey' } as const),
        denoiser: { name: 'ideal', set },
      } as const;
      const errors = [
        await failure(Trajectory.create(gpu, turned)),
        await failure(Trajectory.create(gpu, coloured)),
      ];
      return { errors: errors.map((error) => error?.name), leaked: gpu.bytes - before };
    },
    [given, set, pixels(count), cosine(4)] as const,
  );
  expect(found).toEqual({ errors: ['RangeError', 'RangeError'], leaked: 0 });
});

test('a round trip with the ideal denoiser: its bound is the twin’s, from the states it went through', async ({
  gpu,
}) => {
  const schedule = cosine(12);
  const source = valuesOf(set, 3, shape.n);
  const { bound, states } = await gpu.evaluate(
    ([shape, source, schedule, set]) =>
      window.harness.withRun(
        {
          ...{ shape, source, schedule, seed: 2, start: 'forward' },
          ...{ denoiser: { name: 'ideal', set }, bound: { variance: 'beta-1' } },
        },
        async (run) => {
          await window.harness.framesUntil(run, () => run.chart.done);
          const states = [];
          for (let t = 0; t <= schedule.T; t++) states.push(await run.read(t));
          return { bound: run.bound, states };
        },
      ),
    [shape, source, schedule, set] as const,
  );
  for (let t = 2; t <= schedule.T; t++) {
    const x = states[t] as Float32Array;
    const at = { alpha: schedule.alpha[t] as number, sigma: schedule.sigma[t] as number };
    const x0Hat = denoise(Float64Array.from(x), at);
    const exact = klOfX0(schedule, t - 1, t, termSums(schedule, t, { x, x0: source, x0Hat })[1] as number);
    const measured = bound?.diffusion.x0[t] as number;
    // Where the images are told apart, next to nothing is left to measure.
    if (exact < 1e-9) expect(measured).toBeLessThan(1e-8);
    else expect(largestRelative([measured], [exact]), `t = ${t}`).toBeLessThanOrEqual(1e-3);
  }
});

for (const [columns, rows] of [
  [3, 2],
  [1, 5],
] as const)
  test(`a batch is shown as tiles in ${columns} columns, those beyond it empty`, async ({ gpu }) => {
    const { rgba, width, height, state } = await gpu.evaluate(
      ([given, columns]) =>
        window.harness.withRun(given, async (run) => {
          const canvas = document.createElement('canvas');
          await run.attach({ x: canvas, columns });
          run.seek(run.last);
          await window.harness.framesUntil(run, () => run.shown === run.last);
          const state = await window.harness.peek(run);
          await run.attach({ x: canvas, columns });
          run.tick(1e9);
          // In the task that painted it.
          const rgba = window.harness.photograph(canvas);
          return { rgba, width: canvas.width, height: canvas.height, state };
        }),
      [given, columns] as const,
    );
    expect([width, height]).toEqual([columns * shape.w, rows * shape.h]);
    const { h, w } = shape;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const image = Math.floor(y / h) * columns + Math.floor(x / w);
        const at = 4 * (y * width + x);
        for (let c = 0; c < 3; c++) {
          const value = state[image * D + c * h * w + (y % h) * w + (x % w)] as number;
          const byte = image < shape.n ? 255 * Math.min(Math.max(0.5 * value + 0.5, 0), 1) : 0;
          expect(Math.abs((rgba[at + c] as number) - byte), `${x}, ${y}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });
