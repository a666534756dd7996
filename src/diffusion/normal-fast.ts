/**
 * Standard normals by a cheap hash and Box & Muller 1958: the host's twin of shaders/random/normal_fast.wgsl, so that a
 * single draw can be named without asking the GPU. Not JAX's, and nobody else's: for those see normal.ts.
 */
import type { Words } from './random.ts';

export type FourWords = readonly [number, number, number, number];

const { fround, imul } = Math;

/** pcg4d (Jarzynski & Olano 2020) and one more x ^ x >> 16. Exact integers, unsigned. */
export function pcg4d(words: FourWords): FourWords {
  let [x, y, z, w] = words.map((word) => (imul(word, 1664525) + 1013904223) | 0) as [...FourWords];
  for (let round = 0; round < 2; round++) {
    x = (x + imul(y, w)) | 0;
    y = (y + imul(z, x)) | 0;
    z = (z + imul(x, y)) | 0;
    w = (w + imul(y, z)) | 0;
    x ^= x >>> 16;
    y ^= y >>> 16;
    z ^= z >>> 16;
    w ^= w >>> 16;
  }
  return [x >>> 0, y >>> 0, z >>> 0, w >>> 0];
}

/** u in (0, 1] as the shader has it, in float32. */
export const uniformFromWord = (word: number): number =>
  fround(fround(fround(word & 0x7fffffff) * 2 ** -31) + 2 ** -32);

/** The angle that a word means, in [−5π/4, 3π/4]: the shader's quarter in float32, turned as its two highest bits say. */
export function angleFromWord(word: number): number {
  const quarter = (fround((word << 2) | 0) * (Math.PI / 4)) / 2 ** 31;
  const angle = word & 0x40000000 ? Math.PI / 2 - quarter : quarter;
  return word & 0x80000000 ? angle - Math.PI : angle;
}

/**
 * Element i of the noise of a key, to float32 rounding; where |z| is below a thousandth a GPU's logarithm may differ by
 * as much as that.
 */
export function normalAt([k0, k1]: Words, i: number): number {
  const block = Math.floor(i / 4);
  const [r0, r1, a0, a1] = pcg4d([k0, block, k1, block]);
  const [radius, angle] = i % 2 === 0 ? [r0, a0] : [r1, a1];
  const r = Math.sqrt(-2 * Math.log(uniformFromWord(radius)));
  const turn = angleFromWord(angle);
  return fround(r * (i % 4 < 2 ? Math.cos(turn) : Math.sin(turn)));
}
