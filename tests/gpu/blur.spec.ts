import { path } from '../../src/diffusion/path.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import fixture from '../fixtures/blur.json' with { type: 'json' };
import { blur } from '../reference/blur.ts';
import { largestError, linearGaussian } from '../reference/linear-gaussian.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 against float64: sums of weights that add up to 1, twice. */
const BLUR = 1e-6;
/** As in trajectory.spec.ts. */
const PATH = 2e-5;

const shapes: readonly Shape[] = [
  { n: 1, c: 1, h: 1, w: 1 },
  { n: 1, c: 3, h: 5, w: 7 },
  { n: 3, c: 2, h: 9, w: 2 },
  { n: 1, c: 1, h: 70, w: 61 },
];

for (const sigma of [0.3, 1, 2.5, 12]) {
  test(`blurred by ${sigma} pixels, every element is the twin's`, async ({ gpu }) => {
    for (const shape of shapes) {
      const given = { values: pixels(valueCount(shape)), shape, sigma };
      const { values, padding } = await gpu.evaluate((given) => window.harness.blur(given), given);
      const error = largestError(values, blur(given.values, shape, sigma));
      report(Object.values(shape).join('×'), error);
      expect(error).toBeLessThanOrEqual(BLUR);
      expect([...padding].filter((value) => value !== 0)).toEqual([]);
    }
  });
}

for (const { sigma, blurred } of fixture.entries) {
  test(`blurred by ${sigma} pixels, a picture is SciPy's`, async ({ gpu }) => {
    const given = { values: Float32Array.from(fixture.x), shape: { n: 1, c: 2, h: 5, w: 7 }, sigma };
    const { values } = await gpu.evaluate((given) => window.harness.blur(given), given);
    expect(largestError(values, blurred)).toBeLessThanOrEqual(BLUR);
  });
}

const shape: Shape = { n: 1, c: 3, h: 24, w: 17 };
const T = 20;
const given = {
  shape,
  source: pixels(valueCount(shape)),
  schedule: cosine(T),
  seed: 7,
  start: 'forward',
} as const;
const blurredOracle = (radius: number) =>
  ({ ...given, denoiser: { name: 'blurred-oracle', radius } }) as const;

test('a run with a blurred oracle: every state is the twin’s, from x_0 to x_0 blurred', async ({ gpu }) => {
  const radius = 1.5;
  const { rows } = path(given.schedule, given.seed, given.start);
  const { name, states } = await gpu.evaluate(
    ([given, count]) =>
      window.harness.withRun(given, async (run) => {
        const states = [];
        for (let p = 0; p < count; p++) states.push(await run.read(p));
        return { name: run.denoiser.name, states };
      }),
    [blurredOracle(radius), rows.length] as const,
  );
  const x0Hat = blur(given.source, shape, radius);
  let x: ArrayLike<number> = given.source;
  for (const [p, row] of rows.entries()) {
    if (p > 0) x = linearGaussian(row, x, x0Hat);
    expect(largestError(states[p] as Float32Array, x), `p = ${p}`).toBeLessThanOrEqual(PATH);
  }
  expect(name).toBe('blurred-oracle');
  expect(patterns(states[0] as Float32Array)).toEqual(patterns(given.source));
  expect(largestError(states.at(-1) as Float32Array, x0Hat)).toBeLessThanOrEqual(BLUR);
  expect(largestError(x0Hat, given.source)).toBeGreaterThan(0.1);
});

test('a probe names the x_{t−1} that is drawn with x̂_0, not with x_0', async ({ gpu }) => {
  const index = 400;
  const found = await gpu.evaluate(
    ([given, index, back, there]) =>
      window.harness.withRun(given, async (run) => {
        const { drawAt, probeAt } = window.harness;
        const [before, after] = [await probeAt(run, back, index), await probeAt(run, there, index)];
        const draws = [drawAt(run, before), drawAt(run, after)];
        return {
          before,
          draws,
          drawn: [(await run.read(back + 1))[index], (await run.read(there - 1))[index]],
        };
      }),
    [blurredOracle(1.5), index, T + 10, 10] as const,
  );
  const { before, draws, drawn } = found;
  expect(Math.abs(before.x0Hat - before.x0)).toBeGreaterThan(0.1);
  expect(largestError(draws as number[], drawn as number[])).toBeLessThanOrEqual(PATH);
});

test('without a radius it is the oracle, to the bit', async ({ gpu }) => {
  const positions = [1, T, T + 2, 2 * T, 2 * T + 1];
  const [blurred, exact] = await gpu.evaluate(
    async ([blurred, exact, positions]) => {
      const readAll = (given: typeof blurred | typeof exact) =>
        window.harness.withRun(given, async (run) => {
          const states = [];
          for (const p of positions) states.push(await run.read(p));
          return states;
        });
      return [await readAll(blurred), await readAll(exact)] as const;
    },
    [blurredOracle(0), given, positions] as const,
  );
  expect(blurred.map(patterns)).toEqual(exact.map(patterns));
});

test('its memory is one state more, and all of it comes back', async ({ gpu }) => {
  const found = await gpu.evaluate(
    async ([blurred, exact]) => {
      const { gpu, withRun } = window.harness;
      const before = gpu.bytes;
      const taken = (given: typeof blurred | typeof exact) => withRun(given, () => gpu.bytes - before);
      return { more: (await taken(blurred)) - (await taken(exact)), leaked: gpu.bytes - before };
    },
    [blurredOracle(2), given] as const,
  );
  expect(found).toEqual({ more: 4 * valueCount(shape), leaked: 0 });
});

for (const radius of [-1, 257, Number.NaN]) {
  test(`refused, and nothing kept: a radius of ${radius}`, async ({ gpu }) => {
    const found = await gpu.evaluate(async (given) => {
      const { failure, gpu, Trajectory } = window.harness;
      const before = gpu.bytes;
      return { error: await failure(Trajectory.create(gpu, given)), leaked: gpu.bytes - before };
    }, blurredOracle(radius));
    const message = `a blur's radius must be from 0 to 256 pixels, not ${radius}`;
    expect(found).toEqual({ error: { name: 'RangeError', message }, leaked: 0 });
  });
}
