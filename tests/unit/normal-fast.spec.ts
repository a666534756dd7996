import { expect, test } from '@playwright/test';
import { NOISE_SOURCES, noiseAt, noiseOf } from '../../src/diffusion/noise.ts';
import { normals } from '../../src/diffusion/normal.ts';
import {
  angleFromWord,
  type FourWords,
  normalAt,
  pcg4d,
  uniformFromWord,
} from '../../src/diffusion/normal-fast.ts';
import { forwardKey, reverseKey } from '../../src/diffusion/path.ts';
import { key, type Words } from '../../src/diffusion/random.ts';

/** pcg4d as it is published, in whole numbers mod 2³², with the last shift of ours. */
function pcg4dExact(words: FourWords): number[] {
  const M = 2n ** 32n;
  let v = words.map((word) => (BigInt(word) * 1664525n + 1013904223n) % M);
  for (let round = 0; round < 2; round++) {
    let [x = 0n, y = 0n, z = 0n, w = 0n] = v;
    x = (x + y * w) % M;
    y = (y + z * x) % M;
    z = (z + x * y) % M;
    w = (w + y * z) % M;
    v = [x, y, z, w].map((word) => word ^ (word >> 16n));
  }
  return v.map(Number);
}

const keys: Record<string, Words> = {
  'key(0)': key(0),
  'key(1)': key(1),
  'fold_in(key(1701), 1)': forwardKey(1701, 1),
  'fold_in(fold_in(key(7), 0), 999)': reverseKey(7, 999),
};

test('pcg4d is exact in 32 bits', () => {
  const edges = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff];
  for (const a of edges)
    for (const b of edges) {
      const words: FourWords = [a, b, 0x9e3779b9, (a ^ b) >>> 0];
      expect(pcg4d(words)).toEqual(pcg4dExact(words));
    }
});

/** Blocks of four words, as the noise of a key has them. */
const BLOCKS = 2 ** 17;
/** Five standard errors. */
const MOST = 5;
const PAIRS = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const;

for (const [name, [k0, k1]] of Object.entries(keys)) {
  test(`${name}: each of the 128 bits is as often 0 as 1, alone and beside others of its word`, () => {
    const ones = new Float64Array(128);
    /** How often bit 0, 8, 16 or 24 of a word differs from the bit `turn` places above it. */
    const differ = new Float64Array(4 * 31 * 4);
    for (let k = 0; k < BLOCKS; k++) {
      pcg4d([k0, k, k1, k]).forEach((word, w) => {
        for (let bit = 0; bit < 32; bit++) (ones[32 * w + bit] as number) += (word >>> bit) & 1;
        for (let turn = 1; turn < 32; turn++) {
          const unequal = word ^ ((word >>> turn) | (word << (32 - turn)));
          for (let byte = 0; byte < 4; byte++)
            (differ[(31 * w + turn - 1) * 4 + byte] as number) += (unequal >>> (8 * byte)) & 1;
        }
      });
    }
    const deviation = (count: number) => Math.abs(count - BLOCKS / 2) / Math.sqrt(BLOCKS / 4);
    expect(Math.max(...Array.from(ones, deviation))).toBeLessThanOrEqual(MOST);
    expect(Math.max(...Array.from(differ, deviation))).toBeLessThanOrEqual(MOST);
  });

  test(`${name}: four bits of a word know nothing of those of another word of its block`, () => {
    for (const shift of [0, 16, 28]) {
      for (const [a, b] of PAIRS) {
        const counts = new Float64Array(256);
        for (let k = 0; k < BLOCKS; k++) {
          const words = pcg4d([k0, k, k1, k]);
          (counts[16 * ((words[a] >>> shift) & 15) + ((words[b] >>> shift) & 15)] as number)++;
        }
        const expected = BLOCKS / 256;
        const statistic = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
        const deviation = Math.abs(statistic - 255) / Math.sqrt(2 * 255);
        expect(deviation, `words ${a} and ${b}, from bit ${shift}`).toBeLessThanOrEqual(MOST);
      }
    }
  });
}

test('u is never 0 and never more than 1; the angles go once round', () => {
  expect(uniformFromWord(0)).toBe(2 ** -32);
  expect(uniformFromWord(0x80000000)).toBe(2 ** -32);
  expect(uniformFromWord(0xffffffff)).toBe(1);
  expect(angleFromWord(0)).toBe(0);
  // Words in the middles of sixteen equal parts name angles in the middles of sixteen equal parts of the circle.
  const parts = Array.from({ length: 16 }, (_, i) => angleFromWord((i + 0.5) * 2 ** 28) / (Math.PI / 8));
  const middles = parts.map((part) => (part + 16) % 16).toSorted((a, b) => a - b);
  middles.forEach((part, i) => {
    expect(part).toBeCloseTo(i + 0.5, 6);
  });
});

test('a pair of elements is a point of the plane: its radius from one word, its angle from the other', () => {
  const k = key(3);
  for (let block = 0; block < 100; block++) {
    const [r0, r1, a0, a1] = pcg4d([k[0], block, k[1], block]);
    for (const [lane, radius, angle] of [
      [0, r0, a0],
      [1, r1, a1],
    ] as const) {
      const [c, s] = [normalAt(k, 4 * block + lane), normalAt(k, 4 * block + lane + 2)];
      const r = Math.sqrt(-2 * Math.log(uniformFromWord(radius)));
      expect(Math.abs(Math.hypot(c, s) - r)).toBeLessThanOrEqual(1e-6);
      expect(Math.abs(Math.sin(Math.atan2(s, c) - angleFromWord(angle)))).toBeLessThanOrEqual(1e-5);
    }
  }
});

test('a source is chosen by its name, and one is not the other', () => {
  const k = key(11);
  expect(noiseOf('jax', k, 50)).toEqual(normals(k, 50));
  expect(noiseAt('fast', k, 17)).toBe(normalAt(k, 17));
  const [a, b] = NOISE_SOURCES.map((noise) => noiseOf(noise, k, 50)) as [Float32Array, Float32Array];
  expect(a.filter((value, i) => value === b[i])).toHaveLength(0);
});
