import { normalFromBits, normals } from '../../src/diffusion/normal.ts';
import { closedFormRow, forwardRow, path, type Row, reverseRow } from '../../src/diffusion/path.ts';
import { bits, key } from '../../src/diffusion/random.ts';
import { cosine, linear } from '../../src/diffusion/schedule.ts';
import { WORKGROUP_SIZE } from '../../src/gpu/dispatch.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError, linearGaussian } from '../reference/linear-gaussian.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 against float64, |x' − twin| / max(1, |twin|): three products, two sums and a normal. */
const STEP = 1e-5;

const shapes: readonly Shape[] = [
  { n: 1, c: 1, h: 1, w: 1 },
  { n: 1, c: 3, h: 5, w: 7 },
  { n: 2, c: 4, h: 17, w: 9 },
  { n: 3, c: 3, h: 6, w: 10 },
  { n: 1, c: 2, h: 64, w: 64 },
  { n: 1, c: 1, h: 1, w: 100_003 },
];

const T = 1000;
const seed = 1701;
const schedules = { linear: linear(T), cosine: cosine(T) };
const times = [1, 2, 500, 999, 1000];

for (const [name, schedule] of Object.entries(schedules)) {
  const kinds: Record<string, Row[]> = {
    'q(x_t | x_{t−1})': times.map((t) => forwardRow(schedule, seed, t)),
    'q(x_t | x_0)': times.map((t) => closedFormRow(schedule, seed, t)),
    'q(x_{t−1} | x_t, x_0)': times.map((t) => reverseRow(schedule, seed, t - 1)),
  };
  for (const [kind, rows] of Object.entries(kinds)) {
    test(`${kind}, ${name} schedule, is the twin's at every element`, async ({ gpu }) => {
      for (const shape of shapes) {
        const count = valueCount(shape);
        const x = new Float32Array(normals(key(99), count));
        const x0Hat = pixels(count);
        for (const [i, row] of rows.entries()) {
          const actual = await gpu.evaluate((given) => window.harness.steps(given), {
            shape,
            rows: [row],
            x,
            x0Hat,
          });
          const error = largestError(actual, linearGaussian(row, x, x0Hat));
          report(`${Object.values(shape).join('×')}, t = ${times[i]}`, error);
          expect(error).toBeLessThanOrEqual(STEP);
        }
      }
    });
  }
}

test('a step sees what the step before it left, within one pass', async ({ gpu }) => {
  const shape: Shape = { n: 1, c: 1, h: 9, w: 11 };
  const [x, x0Hat] = [pixels(99, 1), pixels(99, 2)];
  const rows: Row[] = [
    { a: 0.5, b: 0.25, s: 2, key: key(5) },
    { a: -2, b: 1, s: 0, key: key(6) },
    { a: 0.5, b: 0, s: 1, key: key(7) },
  ];
  const actual = await gpu.evaluate((given) => window.harness.steps(given), { shape, rows, x, x0Hat });
  const expected = rows.reduce<ArrayLike<number>>((state, row) => linearGaussian(row, state, x0Hat), x);
  expect(largestError(actual, expected)).toBeLessThanOrEqual(STEP);
});

test('a whole table in one pass gives the bits of its steps submitted one by one', async ({ gpu }) => {
  const shape: Shape = { n: 1, c: 3, h: 17, w: 13 };
  const given = { shape, rows: path(linear(20), seed, 'forward').rows, x0Hat: pixels(valueCount(shape)) };
  const together = await gpu.evaluate((given) => window.harness.steps(given), given);
  const apart = await gpu.evaluate((given) => window.harness.steps({ ...given, apart: true }), given);
  expect(patterns(together)).toEqual(patterns(apart));
  expect(together).toEqual(given.x0Hat);
});

test('a state of more workgroups than one dimension takes has its noise everywhere', async ({ gpu }) => {
  const fold = 65_535 * WORKGROUP_SIZE * 4;
  const count = fold + 1003;
  const near = (i: number) => Array.from({ length: 64 }, (_, k) => i + k);
  const indices = [...near(0), ...near(fold - 32), ...near(count - 64)];
  const rows: Row[] = [
    { a: 0, b: 0, s: 1, key: key(seed) },
    { a: 0.5, b: 0, s: 0, key: key(0) },
  ];
  const actual = await gpu.evaluate(
    async ({ shape, rows, indices }) => {
      const x = await window.harness.steps({ shape, rows });
      return { count: x.length, values: indices.map((i) => x[i] as number) };
    },
    { shape: { n: 1, c: 1, h: 1, w: count }, rows, indices },
  );
  const expected = indices.map((i) => 0.5 * normalFromBits(bits(key(seed), i)));
  expect(actual.count).toBe(count);
  expect(largestError(actual.values, expected)).toBeLessThanOrEqual(STEP);
});
