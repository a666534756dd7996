import { expect, test } from '@playwright/test';
import { erfInv, normalFromBits, normals, uniformFromBits } from '../../src/diffusion/normal.ts';
import { forwardKey, reverseKey } from '../../src/diffusion/path.ts';
import { bits, foldIn, key, threefry2x32, type Words } from '../../src/diffusion/random.ts';
import rng from '../fixtures/rng.json' with { type: 'json' };
import { normalExact } from '../reference/normal.ts';

/** How far float32 normals may be from those of JAX on numpy, whose log1p rounds its last bit differently. */
const SAME_ORDER = 1e-6;
/** How far Giles' float32 polynomial may be from the exact normal of the same u. */
const POLYNOMIAL = 2.5e-5;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

function largestDeviation(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] as number) - value)));
}

function bitPattern(float: number): number {
  return new Uint32Array(new Float32Array([float]).buffer)[0] as number;
}

test.describe('Threefry-2x32, 20 rounds', () => {
  const cases = { 'known answers': rng.random123.knownAnswers, executed: rng.random123Executed.threefry2x32 };
  for (const [name, vectors] of Object.entries(cases)) {
    test(`Random123, ${name}`, () => {
      for (const { ctr, key, expected } of vectors) {
        expect(threefry2x32(key as [number, number], ctr as [number, number])).toEqual(expected);
      }
    });
  }
});

test.describe('JAX, published', () => {
  const uniform = (k: Words, count: number, lo = 0, hi = 1) =>
    range(count).map((i) => uniformFromBits(bits(k, i), lo, hi));
  // scipy's DCT-II, unnormalised: 2 Σ x_n cos(πk(2n + 1)/2N)
  const dct = (x: readonly number[]) =>
    x.map(
      (_, k) =>
        2 * x.reduce((sum, v, n) => sum + v * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * x.length)), 0),
    );
  const rows = (k: Words) => range(3).map((i) => [...normals(k, 9)].slice(3 * i, 3 * i + 3));
  const transpose = (m: number[][]) => range(3).map((j) => m.map((row) => row[j] as number));

  const evaluate: Record<string, () => readonly number[]> = {
    'random.bits(key(0)) uint32 scalar': () => [bits(key(0), 0)],
    'random.bits(key(10),(4,))': () => range(4).map((i) => bits(key(10), i)),
    'split(key(1),3)': () => range(3).flatMap((i) => foldIn(key(1), i)),
    'random.uniform(key(51),(4,))': () => uniform(key(51), 4),
    'random.uniform(key(0))': () => uniform(key(0), 1),
    'random.uniform(split(key(0))[1])': () => uniform(foldIn(key(0), 1), 1),
    'random.uniform(key(0),(3,))': () => uniform(key(0), 3),
    'random.uniform(key(42),(3,3),minval=-10,maxval=10) rounded to 2 decimals': () =>
      uniform(key(42), 9, -10, 10),
    'jax.scipy.fft.dctn(random.normal(key(0),(3,3))) rounded to 2 decimals (indirect check of normal)': () =>
      transpose(transpose(rows(key(0)).map(dct)).map(dct)).flat(),
    'jax.scipy.fft.dct(random.normal(key(0),(3,3)))': () => rows(key(0)).flatMap(dct),
    'threefry2x32(key=0,0; ctr=0,0)': () => threefry2x32([0, 0], [0, 0]),
    'fold_in(key(0),4)': () => foldIn(key(0), 4),
  };

  for (const { expr, expected, tolerance } of rng.jaxPublished.entries) {
    test(expr, () => {
      const actual = evaluate[expr]?.() ?? [];
      expect(largestDeviation(actual, [expected].flat(2))).toBeLessThanOrEqual(tolerance);
    });
  }
});

test.describe('JAX, executed', () => {
  const { entries, table, erfInv: erfInvTable, normals200000 } = rng.jaxExecuted;

  for (const entry of entries) {
    test(`key(${entry.seed}), shape (${entry.shape})`, () => {
      const k = key(entry.seed);
      expect(k).toEqual(entry.key);
      if (entry.split) expect(entry.split.map((_, i) => foldIn(k, i))).toEqual(entry.split);
      if (entry.foldIn) expect(entry.foldIn.map((_, i) => foldIn(k, i))).toEqual(entry.foldIn);

      const words = entry.bits.map((_, i) => bits(k, i));
      expect(words).toEqual(entry.bits);
      expect(words.map((word) => bitPattern(uniformFromBits(word, 0, 1)))).toEqual(entry.uniformBits);
      expect(words.map((word) => uniformFromBits(word))).toEqual(entry.u);
      const z = normals(k, entry.bits.length);
      expect(largestDeviation(z, entry.normal)).toBeLessThanOrEqual(SAME_ORDER);
      expect(largestDeviation(z, entry.normalExact)).toBeLessThanOrEqual(POLYNOMIAL);
      // 1e-14: a few units in the last place of a double.
      expect(largestDeviation(entry.u.map(normalExact), entry.normalExact)).toBeLessThanOrEqual(1e-14);
    });
  }

  test('bits → uniform → normal at the edges', () => {
    for (const row of table) {
      const u = uniformFromBits(row.bits);
      expect(bitPattern(uniformFromBits(row.bits, 0, 1))).toBe(row.uniformBits);
      expect(bitPattern(u)).toBe(row.uBits);
      expect(Math.abs(normalFromBits(row.bits) - row.normal)).toBeLessThanOrEqual(SAME_ORDER);
      expect(Math.abs(normalExact(u) - row.normalExact)).toBeLessThanOrEqual(1e-14);
    }
  });

  test('erfinv', () => {
    for (const { x, float32, exact } of erfInvTable) {
      expect(erfInv(x)).toBe(float32);
      expect(Math.abs(normalExact(x) / Math.SQRT2 - exact)).toBeLessThanOrEqual(1e-14);
    }
  });

  test('200 000 normals', () => {
    const z = normals(key(normals200000.seed), 200_000);
    const mean = (f: (z: number) => number) => z.reduce((sum, value) => sum + f(value), 0) / z.length;
    const m = mean((z) => z);
    const variance = mean((z) => (z - m) ** 2);
    const { first5, last5, min, max } = normals200000;
    // Averages of roundings that cancel: far tighter than one normal.
    expect(largestDeviation([m, variance], [normals200000.mean, normals200000.var])).toBeLessThanOrEqual(
      1e-9,
    );
    const extremes = [z.reduce((a, b) => Math.min(a, b)), z.reduce((a, b) => Math.max(a, b))];
    expect(largestDeviation(extremes, [min, max])).toBeLessThanOrEqual(SAME_ORDER);
    expect(largestDeviation(z.slice(0, 5), first5)).toBeLessThanOrEqual(SAME_ORDER);
    expect(largestDeviation(z.slice(-5), last5)).toBeLessThanOrEqual(SAME_ORDER);
  });
});

test('the check value of the design: jax.random.normal(jax.random.key(0), (4,))', () => {
  const expected = [1.6226422, 2.0252647, -0.43359444, -0.07861735];
  expect(largestDeviation(normals(key(0), 4), expected)).toBeLessThanOrEqual(SAME_ORDER);
});

test('the float32 normal is within 2.5e-5 of the exact one for any bits', () => {
  // Every 61st of the 2²³ values of u; over all of them the largest deviation is 2.18e-5, at u = 0.99982768.
  let largest = 0;
  for (let n = 0; n < 2 ** 23; n += 61) {
    const exact = normalExact(uniformFromBits(n * 512));
    largest = Math.max(largest, Math.abs(normalFromBits(n * 512) - exact));
  }
  expect(largest).toBeLessThanOrEqual(POLYNOMIAL);
  expect(largest).toBeGreaterThan(2e-5);
});

test('forward and reverse noise of every step have keys of their own', () => {
  const T = 4000;
  const keys = [0, 1701].flatMap((seed) => [
    ...range(T).map((i) => forwardKey(seed, i + 1)),
    ...range(T + 1).map((t) => reverseKey(seed, t)),
  ]);
  expect(new Set(keys.map(String)).size).toBe(2 * (2 * T + 1));
});

test('keys are those of JAX: forward fold_in(key, t), reverse fold_in(fold_in(key, 0), t)', () => {
  for (const { seed, foldIn: folded } of rng.jaxExecuted.entries) {
    if (!folded) continue;
    expect(folded.map((_, t) => forwardKey(seed, t))).toEqual(folded);
    const noTime = folded[0] as [number, number];
    expect(reverseKey(seed, 3)).toEqual(foldIn(noTime, 3));
  }
});

test('a seed is a 32-bit unsigned integer', () => {
  expect(key(0)).toEqual([0, 0]);
  expect(key(2 ** 32 - 1)).toEqual([0, 2 ** 32 - 1]);
  for (const seed of [-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => key(seed)).toThrow(RangeError);
  }
});
