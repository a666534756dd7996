/**
 * Counter-based randomness: a random word is a pure function of (key, counter), with no state.
 *
 * Threefry-2x32 with 20 rounds (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3") and, on top of
 * it, JAX's keys, so that the noise of a step is one line of Python elsewhere. The shader of the same name draws the
 * words; the host only ever needs the keys.
 */

/** Two 32-bit words, each an unsigned integer in [0, 2³²). */
export type Words = readonly [number, number];

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;
const PARITY = 0x1bd11bda;
const GROUPS = 5;

const rotateLeft = (x: number, bits: number) => (x << bits) | (x >>> (32 - bits));

/** The block cipher: 5 groups of 4 rounds, each followed by a key injection. Exact integers. */
export function threefry2x32(key: Words, counter: Words): Words {
  const ks = [key[0], key[1], key[0] ^ key[1] ^ PARITY] as const;
  let x0 = (counter[0] + ks[0]) | 0;
  let x1 = (counter[1] + ks[1]) | 0;
  for (let group = 1; group <= GROUPS; group++) {
    for (const bits of ROTATIONS[(group - 1) % 2 === 0 ? 0 : 1]) {
      x0 = (x0 + x1) | 0;
      x1 = rotateLeft(x1, bits) ^ x0;
    }
    x0 = (x0 + (ks[group % 3] as number)) | 0;
    x1 = (x1 + (ks[(group + 1) % 3] as number) + group) | 0;
  }
  return [x0 >>> 0, x1 >>> 0];
}

/** `jax.random.key(seed)` for a 32-bit seed. @throws RangeError unless seed is an integer in [0, 2³²). */
export function key(seed: number): Words {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`seed must be an integer from 0 to 4294967295, not ${seed}`);
  }
  return [0, seed];
}

/** `jax.random.fold_in(key, data)`: a new key, as good as independent for every `data` in [0, 2³²). */
export const foldIn = (k: Words, data: number): Words => threefry2x32(k, [0, data]);

/** `jax.random.bits(key, shape)` at row-major index i < 2³² (partitionable layout). */
export function bits(k: Words, i: number): number {
  const [y0, y1] = threefry2x32(k, [0, i]);
  return (y0 ^ y1) >>> 0;
}
