/** Correctness before speed: passes on this adapter against their float64 twins. */
import { normals } from '../../../src/diffusion/normal.ts';
import { closedFormRow, forwardRow, reverseRow } from '../../../src/diffusion/path.ts';
import { bits, key, threefry2x32, type Words } from '../../../src/diffusion/random.ts';
import { cosine, linear } from '../../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../../src/passes/shape.ts';
import { pixels } from '../../gpu/data.ts';
import { termSums } from '../../gpu/harness/bound.ts';
import { takeErrors } from '../../gpu/harness/device.ts';
import { axis, histogram } from '../../gpu/harness/picture.ts';
import { draw, everyNormal } from '../../gpu/harness/random.ts';
import { steps } from '../../gpu/harness/step.ts';
import { largestRelative, termSums as termSumsTwin } from '../../reference/bound.ts';
import { largestError, linearGaussian } from '../../reference/linear-gaussian.ts';

export interface Check {
  readonly what: string;
  /** The largest error, or how many values differ. */
  readonly error: number;
  /** What the tests of the same name in tests/gpu allow. */
  readonly allowed: number;
}

const SHAPE: Shape = { n: 2, c: 3, h: 61, w: 67 };
const SEED = 1701;

/** Draws whose words are not those of the host. */
async function wrongDraws(): Promise<number> {
  const draws = Array.from({ length: 4096 }, (_, i) => {
    const word = (k: number) => bits(key(SEED), 4 * i + k);
    return { key: [word(0), word(1)] as Words, counter: [word(2), word(3)] as Words };
  });
  const drawn = await draw(draws);
  return drawn.filter(({ words, bits: folded }, i) => {
    const { key, counter } = draws[i] as (typeof draws)[number];
    const [first, second] = threefry2x32(key, counter);
    return words[0] !== first || words[1] !== second || folded !== bits(key, counter[1]);
  }).length;
}

async function stepError(): Promise<number> {
  const count = valueCount(SHAPE);
  const x = new Float32Array(normals(key(99), count));
  const x0Hat = pixels(count);
  const rows = [linear(1000), cosine(1000)].flatMap((schedule) =>
    [1, 2, 500, 1000].flatMap((t) => [
      forwardRow(schedule, SEED, t),
      closedFormRow(schedule, SEED, t),
      reverseRow(schedule, SEED, t - 1),
    ]),
  );
  const errors: number[] = [];
  for (const row of rows) {
    errors.push(
      largestError(await steps({ shape: SHAPE, rows: [row], x, x0Hat }), linearGaussian(row, x, x0Hat)),
    );
  }
  return Math.max(...errors);
}

async function boundError(): Promise<number> {
  const count = valueCount(SHAPE);
  const [x0, error] = [pixels(count, 1), pixels(count, 3)];
  const x = pixels(count, 2).map((z) => 2 * z);
  const x0Hat = x0.map((value, i) => value + 0.1 * (error[i] as number));
  const schedule = cosine(1000);
  const times = [2, 500, 1000];
  const actual = await termSums({ shape: SHAPE, x, x0, x0Hat, schedule, times });
  const errors = times.map((t, i) =>
    largestRelative(actual[i] as number[], termSumsTwin(schedule, t, { x, x0, x0Hat })),
  );
  return Math.max(...errors);
}

/** Bins whose counts are not the host's; the values lie in the middle of bins. */
async function wrongBins(): Promise<number> {
  const width = (2 * axis.range) / axis.bins;
  const places = Array.from({ length: valueCount(SHAPE) }, (_, i) => bits(key(5), i) % axis.bins);
  const values = Float32Array.from(places, (bin) => (bin + 0.5) * width - axis.range);
  const expected = new Array<number>(axis.bins).fill(0);
  for (const bin of places) expected[bin] = (expected[bin] as number) + 1;
  const actual = await histogram({ values, shape: SHAPE });
  return actual.filter((n, bin) => n !== expected[bin]).length;
}

/** @throws Error where the adapter itself reports one. */
export async function checks(): Promise<Check[]> {
  const { centre, tails } = await everyNormal();
  const found: Check[] = [
    { what: 'Threefry’s words and JAX’s bits: draws that differ', error: await wrongDraws(), allowed: 0 },
    { what: 'all 2²³ normals: largest error within 4σ', error: centre, allowed: 1e-5 },
    { what: 'all 2²³ normals: largest error beyond 4σ', error: tails, allowed: 5e-5 },
    { what: 'the step, every kind of row: largest error', error: await stepError(), allowed: 1e-5 },
    { what: 'the three sums of the bound: largest relative error', error: await boundError(), allowed: 1e-5 },
    { what: 'the histogram: bins that differ', error: await wrongBins(), allowed: 0 },
  ];
  const errors = takeErrors();
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return found;
}
