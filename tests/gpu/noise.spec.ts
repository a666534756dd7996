/** Runs with the fast noise source: everywhere the same noise, and the host can name it. */
import { colourProcess } from '../../src/diffusion/colour.ts';
import { closedFormColourRow, forwardColourRow } from '../../src/diffusion/colour-path.ts';
import { noiseOf } from '../../src/diffusion/noise.ts';
import { forwardRow, path, reverseKey, reverseRow } from '../../src/diffusion/path.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError, linearGaussian } from '../reference/linear-gaussian.ts';
import { linearGaussianColour } from '../reference/linear-gaussian-colour.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 against float64 of one step and of a path; small normals are known to 2e-5, see random.spec.ts. */
const STEP = 3e-5;
const PATH = 1e-4;

const seed = 1701;
const schedule = cosine(1000);
const noise = 'fast';

test('a scalar step draws the twin’s fast noise at every element', async ({ gpu }) => {
  const shapes: Shape[] = [
    { n: 1, c: 1, h: 1, w: 1 },
    { n: 1, c: 3, h: 5, w: 7 },
    { n: 2, c: 4, h: 17, w: 9 },
  ];
  for (const shape of shapes) {
    const [x, x0Hat] = [pixels(valueCount(shape), 1), pixels(valueCount(shape), 2)];
    for (const row of [forwardRow(schedule, seed, 500), reverseRow(schedule, seed, 500)]) {
      const given = { shape, rows: [row], x, x0Hat, noise } as const;
      const actual = await gpu.evaluate((given) => window.harness.steps(given), given);
      const error = largestError(actual, linearGaussian(row, x, x0Hat, noise));
      report(Object.values(shape).join('×'), error);
      expect(error).toBeLessThanOrEqual(STEP);
    }
  }
});

test('a step in colour draws the same noise, element by element', async ({ gpu }) => {
  const process = colourProcess('luma-first', schedule);
  for (const shape of [
    { n: 1, c: 3, h: 5, w: 7 },
    { n: 5, c: 3, h: 6, w: 11 },
  ]) {
    const [x, x0Hat] = [pixels(valueCount(shape), 1), pixels(valueCount(shape), 2)];
    for (const row of [forwardColourRow(process, seed, 500), closedFormColourRow(process, seed, 700)]) {
      const given = { shape, rows: [row], x, x0Hat, noise } as const;
      const actual = await gpu.evaluate((given) => window.harness.colourSteps(given), given);
      const error = largestError(actual, linearGaussianColour(row, x, x0Hat, shape, noise));
      report(Object.values(shape).join('×'), error);
      expect(error).toBeLessThanOrEqual(STEP);
    }
  }
});

const T = 30;
const shape: Shape = { n: 1, c: 3, h: 13, w: 11 };
const source = pixels(valueCount(shape));
const given = { shape, schedule: cosine(T), seed, start: 'fresh', source, noise } as const;

test('a run draws it in every state, ends at its source, and a probe names what is drawn', async ({
  gpu,
}) => {
  const index = 300;
  const [back, there] = [T + 10, 10];
  const found = await gpu.evaluate(
    ([given, last, index, back, there]) =>
      window.harness.withRun(given, async (run) => {
        const { drawAt, probeAt } = window.harness;
        const states = [];
        for (let p = 0; p <= last; p++) states.push(await run.read(p));
        const probed = [await probeAt(run, back, index), await probeAt(run, there, index)];
        return { states, draws: probed.map((value) => drawAt(run, value)) };
      }),
    [given, 2 * T + 1, index, back, there] as const,
  );
  const { states, draws } = found;
  const state = (p: number) => states[p] as Float32Array;
  let x: ArrayLike<number> = given.source;
  for (const [p, row] of path(given.schedule, seed, 'fresh').rows.entries()) {
    x = linearGaussian(row, x, given.source, noise);
    expect(largestError(state(p), x), `p = ${p}`).toBeLessThanOrEqual(PATH);
  }
  expect(largestError(state(T + 1), noiseOf(noise, reverseKey(seed, T), x.length))).toBeLessThanOrEqual(STEP);
  expect(patterns(state(2 * T + 1))).toEqual(patterns(given.source));
  const drawn = [state(back + 1)[index], state(there - 1)[index]];
  expect(largestError(draws as number[], drawn as number[])).toBeLessThanOrEqual(PATH);
});

test('the other source draws another run of the same seed', async ({ gpu }) => {
  const [fast, jax, unnamed] = await gpu.evaluate(
    async ([given, p]) => {
      const { noise: _, ...plain } = given;
      const { withRun } = window.harness;
      const read = (options: typeof plain & { noise?: 'jax' | 'fast' }) =>
        withRun(options, (run) => run.read(p));
      return [await read(given), await read({ ...plain, noise: 'jax' }), await read(plain)] as const;
    },
    [given, 10] as const,
  );
  expect(fast.filter((value, i) => value === jax[i]).length).toBeLessThan(5);
  expect(patterns(unnamed)).toEqual(patterns(jax));
});
