import { normals } from '../../src/diffusion/normal.ts';
import {
  chain,
  lastPosition,
  path,
  positionAt,
  reverseKey,
  type Start,
  timeAt,
} from '../../src/diffusion/path.ts';
import { cosine, linear, linearRescaled } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import type { RoundTripOptions } from '../../src/trajectory/trajectory.ts';
import { largestError, linearGaussian } from '../reference/linear-gaussian.ts';
import { patterns, pixels, texels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** A whole path of float32 steps against one of float64: errors shrink with x on the way, and do not pile up. */
const PATH = 2e-5;
/** One normal, GPU against twin; see random.spec.ts. */
const NORMAL = 2.5e-5;

const shape: Shape = { n: 1, c: 3, h: 24, w: 17 };

type Source = { readonly source: Float32Array<ArrayBuffer> };

const options = (given: Partial<RoundTripOptions> = {}): RoundTripOptions & Source => {
  const size = given.shape ?? shape;
  return {
    shape: size,
    schedule: cosine(100),
    seed: 7,
    start: 'forward' as Start,
    ...given,
    source: (given.source as Float32Array<ArrayBuffer>) ?? pixels(valueCount(size)),
  };
};

/** Every state of the float64 twin's path. */
function* twin({ source, schedule, seed, start }: RoundTripOptions & Source): Generator<ArrayLike<number>> {
  let x: ArrayLike<number> = new Float64Array(source.length);
  for (const row of path(schedule, seed, start).rows) {
    x = linearGaussian(row, x, source);
    yield x;
  }
}

const runs: Record<string, RoundTripOptions & Source> = {
  'cosine, T = 100': options(),
  'linear, T = 100': options({ schedule: linear(100) }),
  'fresh noise, T = 100': options({ start: 'fresh' }),
  'T = 1': options({ schedule: cosine(1) }),
  'T = 2': options({ schedule: linearRescaled(2) }),
  'T = 2, fresh noise': options({ schedule: cosine(2), start: 'fresh' }),
  'a batch of three': options({ schedule: cosine(10), shape: { n: 3, c: 1, h: 7, w: 5 } }),
};

for (const [name, given] of Object.entries(runs)) {
  test(`${name}: every state is the twin's`, async ({ gpu }) => {
    const { T } = given.schedule;
    const states = await gpu.evaluate(
      ([given, last]) =>
        window.harness.withRun(given, async (run) => {
          const states = [];
          for (let p = 0; p <= last; p++) states.push(await run.read(p));
          return states;
        }),
      [given, lastPosition(chain(T))] as const,
    );
    let largest = 0;
    let p = 0;
    for (const expected of twin(given)) {
      largest = Math.max(largest, largestError(states[p++] as Float32Array, expected));
    }
    expect(p).toBe(states.length);
    report('largest error', largest);
    expect(largest).toBeLessThanOrEqual(PATH);
    expect(patterns(states[0] as Float32Array)).toEqual(patterns(given.source));
    expect(patterns(states.at(-1) as Float32Array)).toEqual(patterns(given.source));
  });
}

for (const start of ['forward', 'fresh'] as const) {
  test(`at any t, noise is what x_t has beyond α_t x_0: ${start}`, async ({ gpu }) => {
    const given = options({ shape: { n: 1, c: 3, h: 64, w: 64 }, start });
    const { alpha, sigma, T } = given.schedule;
    const count = given.source.length;
    const positions = [
      1,
      50,
      T,
      positionAt(chain(T), 'reverse', T),
      positionAt(chain(T), 'reverse', 50),
      2 * T,
    ];
    const states = await gpu.evaluate(
      ([given, positions]) =>
        window.harness.withRun(given, async (run) => {
          const states = [];
          for (const p of positions) states.push(await run.read(p));
          return states;
        }),
      [given, positions] as const,
    );
    for (const [i, p] of positions.entries()) {
      const t = timeAt(chain(T), p);
      const noise = Float64Array.from(
        states[i] as Float32Array,
        (x, k) => (x - (alpha[t] as number) * (given.source[k] as number)) / (sigma[t] as number),
      );
      const mean = noise.reduce((sum, z) => sum + z, 0) / count;
      const variance = noise.reduce((sum, z) => sum + z * z, 0) / count;
      // Five standard errors of as many independent N(0, 1).
      expect(Math.abs(mean), `mean at p = ${p}`).toBeLessThanOrEqual(5 / Math.sqrt(count));
      expect(Math.abs(variance - 1), `variance at p = ${p}`).toBeLessThanOrEqual(5 * Math.sqrt(2 / count));
    }
  });
}

test('a fresh start has never seen the image, and ends at it', async ({ gpu }) => {
  const [T, seed] = [20, 3];
  const given = options({ schedule: cosine(T), seed, start: 'fresh' });
  const [noise, end] = await gpu.evaluate(
    ([given, T]) =>
      window.harness.withRun(
        given,
        async (run) => [await run.read(T + 1), await run.read(2 * T + 1)] as const,
      ),
    [given, T] as const,
  );
  expect(largestError(noise, normals(reverseKey(seed, T), noise.length))).toBeLessThanOrEqual(NORMAL);
  expect(patterns(end)).toEqual(patterns(given.source));
});

test('another seed is another path', async ({ gpu }) => {
  const read = (seed: number) =>
    gpu.evaluate((given) => window.harness.withRun(given, (run) => run.read(50)), options({ seed }));
  const [a, b, again] = [await read(1), await read(2), await read(1)];
  expect(patterns(again)).toEqual(patterns(a));
  const same = a.filter((value, i) => value === b[i]).length;
  expect(same).toBeLessThan(10);
});

test('a picture becomes x_0', async ({ gpu }) => {
  const picture = { width: 40, height: 31, rgba: texels(40, 31) };
  const [imported, x0] = await gpu.evaluate(
    async ([given, picture]) => {
      const { bitmap, importPicture, withRun } = window.harness;
      const source = await bitmap(picture);
      const x0 = await withRun({ ...given, source }, (run) => run.read(0));
      return [await importPicture({ picture, shape: given.shape }), x0] as const;
    },
    [options(), picture] as const,
  );
  expect(imported.some((value) => value !== 0)).toBe(true);
  expect(patterns(x0)).toEqual(patterns(imported));
});
