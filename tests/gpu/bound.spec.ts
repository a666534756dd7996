import { klOfX0, priorKL } from '../../src/diffusion/bound.ts';
import { chain, forwardRow, lastPosition } from '../../src/diffusion/path.ts';
import { cosine, linear, linearRescaled, type Schedule } from '../../src/diffusion/schedule.ts';
import { type Shape, stateBytes, valueCount } from '../../src/passes/shape.ts';
import type { Bound, DecoderVariance } from '../../src/trajectory/bound.ts';
import { decoderVariance } from '../../src/trajectory/bound.ts';
import { blur } from '../reference/blur.ts';
import { largestRelative, reconstructionSums, termSums } from '../reference/bound.ts';
import { linearGaussian } from '../reference/linear-gaussian.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** A sum of positive float32 squares against float64, relative. */
const SUM = 1e-5;

const shapes: readonly Shape[] = [
  { n: 1, c: 1, h: 1, w: 1 },
  { n: 1, c: 3, h: 5, w: 7 },
  { n: 3, c: 2, h: 9, w: 5 },
  { n: 1, c: 3, h: 127, w: 129 },
];

const schedules = { linear: linear(1000), cosine: cosine(1000) };
const times = [2, 3, 500, 999, 1000];

for (const [name, schedule] of Object.entries(schedules)) {
  for (const scale of [1, 0.01]) {
    test(`three sums of squares, ${name} schedule, errors of ${scale}: each is its twin's`, async ({
      gpu,
    }) => {
      for (const shape of shapes) {
        const count = valueCount(shape);
        const x0 = pixels(count, 1);
        const x = pixels(count, 2).map((z) => 2 * z);
        const x0Hat = pixels(count, 3).map((error, i) => (x0[i] as number) + scale * error);
        const given = { shape, schedule, times, x, x0, x0Hat };
        const found = await gpu.evaluate(async (given) => {
          const { termSums, withoutSubgroups } = window.harness;
          return { subgroups: await termSums(given), plain: await withoutSubgroups(() => termSums(given)) };
        }, given);
        for (const [way, actual] of Object.entries(found)) {
          for (const [i, t] of times.entries()) {
            const error = largestRelative(actual[i] as number[], termSums(schedule, t, given));
            report(`${Object.values(shape).join('×')}, t = ${t}, ${way}`, error);
            expect(error).toBeLessThanOrEqual(SUM);
          }
        }
      }
    });
  }
}

test('the sums of 786,432 values keep five digits', async ({ gpu }) => {
  const errors = await gpu.evaluate(
    ([shape, schedule, times]) => window.harness.largeSums(shape, schedule, times),
    [{ n: 1, c: 3, h: 512, w: 512 }, schedules.cosine, times] as const,
  );
  for (const [i, error] of errors.entries()) report(`t = ${times[i]}`, error);
  expect(Math.max(...errors)).toBeLessThanOrEqual(SUM);
});

const shape: Shape = { n: 1, c: 3, h: 24, w: 17 };
const radius = 1.5;
const variance: DecoderVariance = 'beta-1';
const options = (schedule: Schedule, size = shape) =>
  ({
    shape: size,
    source: pixels(valueCount(size)),
    schedule,
    seed: 11,
    start: 'forward',
    denoiser: { name: 'blurred-oracle', radius },
    bound: { variance },
  }) as const;

const runs = {
  'cosine, T = 50': options(cosine(50)),
  'linear, T = 50': options(linear(50)),
  'T = 1': options(cosine(1)),
  'T = 2, a batch of three': options(linearRescaled(2), { n: 3, c: 1, h: 7, w: 5 }),
};

for (const [name, given] of Object.entries(runs)) {
  test(`the bound of a run, ${name}: the twin's, from the states that it went through`, async ({ gpu }) => {
    const { schedule, source } = given;
    const { T } = schedule;
    const { before, bound, states } = await gpu.evaluate(
      ([given, T]) =>
        window.harness.withRun(given, async (run) => {
          const before = run.bound;
          await window.harness.framesUntil(run, () => run.chart.done);
          const states = [];
          for (let t = 0; t <= T; t++) states.push(await run.read(t));
          return { before, bound: run.bound as Bound, states };
        }),
      [given, T] as const,
    );
    expect(before).toBeUndefined();
    const D = source.length;
    const x0Hat = blur(source, given.shape, radius);
    const at = (t: number) => ({ x: states[t] as Float32Array, x0: source, x0Hat });

    const terms = Float64Array.from({ length: T + 1 }, (_, t) =>
      t < 2 ? 0 : klOfX0(schedule, t - 1, t, termSums(schedule, t, at(t))[1] as number),
    );
    const decoder = {
      levels: 255,
      alpha1: schedule.alpha[1] as number,
      sigma1: schedule.sigma[1] as number,
      variance: decoderVariance(schedule, variance),
    };
    const [categorical = 0, discretised = 0, gaussian = 0, squaredX0 = 0] = reconstructionSums(
      decoder,
      at(1),
    );
    const errors = {
      means: largestRelative(bound.diffusion.means, terms),
      x0: largestRelative(bound.diffusion.x0, terms),
      noise: largestRelative(bound.diffusion.noise, terms),
      prior: largestRelative([bound.prior], [priorKL(schedule, squaredX0, D)]),
      reconstruction: largestRelative(
        Object.values(bound.reconstruction),
        [categorical, discretised, gaussian].map((log) => -log),
      ),
    };
    for (const [name, error] of Object.entries(errors)) report(name, error);
    expect(Math.max(...Object.values(errors))).toBeLessThanOrEqual(SUM);
    expect(bound.dims).toBe(D);
    expect(bound.variance).toBe(schedule.beta[1]);
  });
}

const given = runs['cosine, T = 50'];

test('an oracle has no error, and its bound no diffusion term', async ({ gpu }) => {
  const bound = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        await window.harness.framesUntil(run, () => run.chart.done);
        return run.bound;
      }),
    { ...given, denoiser: { name: 'oracle' } } as const,
  );
  for (const terms of Object.values(bound?.diffusion ?? {})) expect([...terms]).toEqual(Array(51).fill(0));
  expect(bound?.prior).toBeGreaterThan(0);
  expect(bound?.reconstruction.categorical).toBeGreaterThan(0);
});

test('a denoiser that looks at x_t is asked at every forward state', async ({ gpu }) => {
  const { schedule, seed, source } = given;
  const { T } = schedule;
  const { bound, asked } = await gpu.evaluate(
    ([shape, schedule, seed, source]) => window.harness.halvingBound(shape, schedule, seed, source),
    [shape, schedule, seed, source] as const,
  );
  expect(asked).toEqual(Array.from({ length: T }, (_, i) => i + 1));
  let x: ArrayLike<number> = source;
  for (let t = 1; t <= T; t++) {
    x = linearGaussian(forwardRow(schedule, seed, t), x, source);
    if (t === 1) continue;
    const x0Hat = Float64Array.from(x, (value) => value / 2);
    const kl = klOfX0(schedule, t - 1, t, termSums(schedule, t, { x, x0: source, x0Hat })[1] as number);
    for (const terms of Object.values(bound?.diffusion ?? {})) {
      expect(largestRelative([terms[t] as number], [kl]), `t = ${t}`).toBeLessThanOrEqual(SUM);
    }
  }
});

test('a run taken up again with all of its checkpoints has the same bound, to the bit', async ({ gpu }) => {
  const found = await gpu.evaluate(async (given) => {
    const { Checkpoints, framesUntil, withRun } = window.harness;
    const all = { ...given, checkpoints: new Checkpoints([0, 20, 50, 80, 101]) };
    const measure = () =>
      withRun(all, async (run) => {
        const { progress } = run.checkpoints;
        await framesUntil(run, () => run.chart.done);
        return { progress, bound: run.bound };
      });
    return [await measure(), await measure()];
  }, given);
  const [first, second] = found;
  expect([first?.progress, second?.progress]).toEqual([0, 1]);
  expect(first?.bound).toBeDefined();
  expect(second?.bound).toEqual(first?.bound);
});

test('a run that was lost on the way is measured and charted to its end', async ({ gpu }) => {
  const found = await gpu.evaluate(async (given) => {
    const { Checkpoints, framesUntil, withRun } = window.harness;
    const checkpoints = new Checkpoints([0, 20, 50, 80, 101]);
    const all = { ...given, checkpoints };
    await withRun(all, (run) => framesUntil(run, () => checkpoints.progress >= 0.8));
    const whole = await withRun(given, async (run) => {
      await framesUntil(run, () => run.chart.done);
      return { bound: run.bound, last: await run.read(run.last) };
    });
    return withRun(all, async (run) => {
      const before = { bound: run.bound, progress: checkpoints.progress };
      await framesUntil(run, () => run.chart.done);
      return { before, whole, bound: run.bound, last: checkpoints.at(run.last) };
    });
  }, given);
  expect(found.before).toEqual({ bound: undefined, progress: 0.8 });
  expect(found.bound).toEqual(found.whole.bound);
  expect(found.last).toEqual(found.whole.last);
});

test('measuring makes nothing on the GPU, and reads back once', async ({ gpu }) => {
  const calls = await gpu.evaluate(async (given) => {
    const { Checkpoints, costlyCalls, framesUntil, withRun } = window.harness;
    return withRun({ ...given, checkpoints: new Checkpoints([]) }, (run) =>
      costlyCalls(() => framesUntil(run, () => run.chart.done)),
    );
  }, given);
  expect(calls).toEqual(['mapAsync']);
});

test('charted and measured in one walk', async ({ gpu }) => {
  const steps = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async ({ chart }) => {
        let steps = 0;
        while (!chart.done) {
          window.harness.submit((encoder) => {
            steps += chart.encode(encoder, 7);
          });
          await chart.collect();
        }
        return steps;
      }),
    given,
  );
  expect(steps).toBe(lastPosition(chain(given.schedule.T)) + 1);
});

test('without being asked for, there is none', async ({ gpu }) => {
  const { bound, ...plain } = given;
  const found = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        await window.harness.framesUntil(run, () => run.chart.done);
        return { bound: run.bound };
      }),
    plain,
  );
  expect(found.bound).toBeUndefined();
});

test('512 × 512 RGB and a thousand steps, measured, take less than 64 MiB and give it back', async ({
  gpu,
}) => {
  const large: Shape = { n: 1, c: 3, h: 512, w: 512 };
  const found = await gpu.evaluate(
    async ([given, count]) => {
      const { gpu, withRun } = window.harness;
      const before = gpu.bytes;
      const taken = await withRun({ ...given, source: new Float32Array(count) }, () => gpu.bytes - before);
      return { taken, leaked: gpu.bytes - before };
    },
    [{ ...given, shape: large, schedule: linear(1000) }, valueCount(large)] as const,
  );
  report('MiB', found.taken / 2 ** 20);
  expect(found.taken).toBeGreaterThanOrEqual(4 * stateBytes(large));
  expect(found.taken).toBeLessThanOrEqual(64 * 2 ** 20);
  expect(found.leaked).toBe(0);
});

test('refused, and nothing kept: the posterior variance of t = 2 where T = 1', async ({ gpu }) => {
  const found = await gpu.evaluate(
    async (given) => {
      const { failure, gpu, Trajectory } = window.harness;
      const before = gpu.bytes;
      return { error: await failure(Trajectory.create(gpu, given)), leaked: gpu.bytes - before };
    },
    { ...runs['T = 1'], bound: { variance: 'posterior-2' } } as const,
  );
  expect(found).toEqual({ error: expect.objectContaining({ name: 'RangeError' }), leaked: 0 });
});
