import type { NoiseSource } from '../../../src/diffusion/noise.ts';
import { normalCdf } from '../../../src/diffusion/normal-cdf.ts';
import type { Words } from '../../../src/diffusion/random.ts';
import { normals } from './step.ts';

const mean = (count: number, term: (i: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum / count;
};

/** Pearson's statistic of bins that are equally likely, in standard deviations from what it should be. */
function chiSquare(counts: ArrayLike<number>, total: number): number {
  const { length } = counts;
  const expected = total / length;
  const statistic = length * mean(length, (i) => ((counts[i] as number) - expected) ** 2 / expected);
  return (statistic - (length - 1)) / Math.sqrt(2 * (length - 1));
}

/** sqrt(n) times the largest distance from the cumulative distribution of N(0, 1). */
function kolmogorov(z: Float32Array): number {
  const sorted = z.toSorted();
  const { length } = sorted;
  let largest = 0;
  for (let i = 0; i < length; i++) {
    const cdf = normalCdf(sorted[i] as number);
    largest = Math.max(largest, Math.abs(cdf - i / length), Math.abs(cdf - (i + 1) / length));
  }
  return Math.sqrt(length) * largest;
}

const BINS = 1024;
const SIDE = 16;

/** How many values fall into each of `BINS` equally likely parts, and how many pairs of neighbours into each of a square's. */
function occupied(z: Float32Array) {
  const bins = new Uint32Array(BINS);
  const pairs = new Uint32Array(SIDE * SIDE);
  let before = -1;
  for (const value of z) {
    const u = Math.min(normalCdf(value), 1 - Number.EPSILON);
    (bins[Math.floor(u * BINS)] as number)++;
    const here = Math.floor(u * SIDE);
    // Pairs that share no value, so that they are independent of one another.
    if (before >= 0) {
      (pairs[before * SIDE + here] as number)++;
      before = -1;
    } else before = here;
  }
  return { bins, pairs };
}

/** Moments of `count` normals, their correlations with themselves `lags` elements on, their tails and their distribution. */
export async function statistics(
  key: Words,
  { count, lags, tails, noise }: { count: number; lags: number[]; tails: number[]; noise: NoiseSource },
) {
  const z = await normals(key, count, noise);
  const at = (i: number) => z[i] as number;
  const m = mean(count, at);
  const moment = (power: number) => mean(count, (i) => (at(i) - m) ** power);
  const variance = moment(2);
  const { bins, pairs } = occupied(z);
  return {
    mean: m,
    variance,
    skewness: moment(3) / variance ** 1.5,
    kurtosis: moment(4) / variance ** 2,
    lags: lags.map((lag) => mean(count - lag, (i) => at(i) * at(i + lag))),
    tails: tails.map((limit) => z.reduce((n, value) => n + Number(Math.abs(value) > limit), 0)),
    bins: chiSquare(bins, count),
    pairs: chiSquare(pairs, Math.floor(count / 2)),
    kolmogorov: kolmogorov(z),
  };
}

/** The correlation of two streams of normals, element by element, and that of their squares. */
export async function correlation(a: Words, b: Words, count: number, noise: NoiseSource) {
  const [x, y] = [await normals(a, count, noise), await normals(b, count, noise)];
  const [at, bt] = [(i: number) => x[i] as number, (i: number) => y[i] as number];
  return {
    values: mean(count, (i) => at(i) * bt(i)),
    // (z² − 1)/√2 has mean 0 and variance 1 as z has.
    squares: mean(count, (i) => ((at(i) ** 2 - 1) * (bt(i) ** 2 - 1)) / 2),
  };
}
