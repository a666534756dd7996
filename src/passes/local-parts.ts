/** How a set of images is walked by the passes of the local mean: in parts whose intermediate sums fit in memory. */
import type { ImageSet, Tile } from './image-set.ts';
import { BYTES_PER_VALUE, type Shape } from './shape.ts';

/** Images of a set in a vector. */
export const FOUR = 4;
/** Fours whose softmax an invocation takes: its sums are in registers. */
export const CHUNK = 2;

/** Of the columns' sums at once; but a part is a chunk at least. */
const MOST_BYTES = 2 ** 26;
const BYTES_PER_VECTOR = FOUR * BYTES_PER_VALUE;

/**
 * Images of a batch that an invocation takes, in registers. On SwiftShader a batch of 16 taken one by one costs 1.5 times as
 * much processor time, two by two 1.1 times.
 */
export const batchSize = ({ n }: Shape): number => Math.min(n, 4);
export const batchCount = (shape: Shape): number => Math.ceil(shape.n / batchSize(shape));

/** Pixels of a batch, of which invocations take all or none. */
const pixels = (shape: Shape): number => batchCount(shape) * batchSize(shape) * shape.h * shape.w;

/** Bytes of the batch in fours. */
export const batchBytes = (shape: Shape): number =>
  batchCount(shape) * shape.c * shape.h * shape.w * BYTES_PER_VECTOR;
/** Bytes of the columns' sums over so many fours of the set. */
export const columnBytes = (shape: Shape, fours: number): number => fours * pixels(shape) * BYTES_PER_VECTOR;
/** Bytes of the softmaxes over so many fours, a chunk each, and of the one over all before. */
export const softmaxBytes = (shape: Shape, fours: number): number =>
  (1 + Math.ceil(fours / CHUNK)) * (shape.c > 3 ? 2 : 1) * pixels(shape) * BYTES_PER_VECTOR;

/** Some fours of the set, as shaders/denoise/local_*.wgsl know them. */
export interface Part {
  readonly tile: Tile;
  /** In the tile. */
  readonly first: number;
  readonly fours: number;
  /** Images in them. */
  readonly count: number;
}

/** The most fours at once for a batch of this shape, in buffers of `most` bytes. @throws RangeError where not even a chunk fits. */
export function partSize(batch: Shape, most: number): number {
  const chunk = columnBytes(batch, CHUNK);
  const needed = Math.max(chunk, softmaxBytes(batch, CHUNK));
  if (needed > most) {
    throw new RangeError(
      `a batch of ${batch.n} × ${batch.w} × ${batch.h} needs ${needed} bytes at once; this device allows ${most}`,
    );
  }
  return CHUNK * Math.max(1, Math.floor(Math.min(MOST_BYTES, most) / chunk));
}

/** A set in fours, of `n` images, in parts. */
export function partsOf({ tiles }: ImageSet, n: number, size: number): Part[] {
  return tiles.flatMap((tile) =>
    Array.from({ length: Math.ceil(tile.count / size) }, (_, k) => {
      const first = k * size;
      const fours = Math.min(size, tile.count - first);
      return { tile, first, fours, count: Math.min(FOUR * fours, n - FOUR * (tile.first + first)) };
    }),
  );
}
