import { normals } from '../../src/diffusion/normal.ts';
import { key } from '../../src/diffusion/random.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { expect, test } from './fixture.ts';
import type { Harness } from './harness.ts';

type Axis = Harness['axis'];

const binWidth = ({ bins, range }: Axis) => (2 * range) / bins;

function counts(values: Float32Array, axis: Axis): number[] {
  const counts = new Array<number>(axis.bins).fill(0);
  for (const value of values) {
    const bin = Math.floor((value + axis.range) / binWidth(axis));
    const inside = Math.min(Math.max(bin, 0), axis.bins - 1);
    counts[inside] = (counts[inside] as number) + 1;
  }
  return counts;
}

/** Normals of σ = 2, half a bin away from an edge where they are too near for float32 to tell its sides apart. */
const spread = (count: number, axis: Axis): Float32Array<ArrayBuffer> =>
  Float32Array.from(normals(key(8), count), (z) => {
    const edge = Math.round((2 * z) / binWidth(axis)) * binWidth(axis);
    return Math.abs(2 * z - edge) < 1e-6 ? edge + binWidth(axis) / 2 : 2 * z;
  });

const shapes: readonly Shape[] = [
  { n: 1, c: 1, h: 1, w: 1 },
  { n: 1, c: 3, h: 5, w: 7 },
  { n: 2, c: 1, h: 31, w: 33 },
  { n: 1, c: 3, h: 127, w: 129 },
];

for (const shape of shapes) {
  for (const times of [1, 3]) {
    const name = `${Object.values(shape).join('×')} values, each counted once`;
    test(times === 1 ? name : `${name}, though the pass ran ${times} times`, async ({ gpu }) => {
      const axis = await gpu.evaluate(() => window.harness.axis);
      const values = spread(valueCount(shape), axis);
      const actual = await gpu.evaluate((given) => window.harness.histogram(given), { values, shape, times });
      expect(actual).toEqual(counts(values, axis));
    });
  }
}

test('a value on an edge belongs to the bin above; what lies beyond, to the end bins', async ({ gpu }) => {
  const axis = await gpu.evaluate(() => window.harness.axis);
  const edges = Array.from({ length: axis.bins + 1 }, (_, i) => i * binWidth(axis) - axis.range);
  const values = Float32Array.from([...edges, -axis.range - 0.5, -1e9, axis.range + 0.5, 1e9]);
  const shape = { n: 1, c: 1, h: 1, w: values.length };
  const actual = await gpu.evaluate((given) => window.harness.histogram(given), { values, shape });
  expect(actual).toEqual([3, ...new Array<number>(axis.bins - 2).fill(1), 4]);
});
