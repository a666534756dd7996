/** Numbers for tests to work on. */

import { uniformFromBits } from '../../src/diffusion/normal.ts';
import { bits, key } from '../../src/diffusion/random.ts';

/** Values spread evenly over (−1, 1), as those of a picture. */
export const pixels = (count: number, seed = 123): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: count }, (_, i) => uniformFromBits(bits(key(seed), i)));

/** 8-bit RGBA texels of a picture, opaque unless asked. */
export const texels = (width: number, height: number, { opaque = true } = {}): number[] =>
  Array.from({ length: 4 * width * height }, (_, i) =>
    opaque && i % 4 === 3 ? 255 : bits(key(321), i) >>> 24,
  );

/** The bit patterns, for comparing to the last bit. */
export const patterns = (values: Float32Array): number[] => [
  ...new Uint32Array(values.buffer, values.byteOffset, values.length),
];
