/** How a set of images is walked by the passes of the local mean: in parts whose intermediate sums fit in memory. */

import { TooLarge } from '../../gpu/errors.ts';
import type { ImageSet, Tile } from '../image/image-set.ts';
import { BYTES_PER_VALUE, type Shape } from '../shape.ts';

/** Images of a set that are taken at once. */
export const EIGHT = 8;

/** Of the columns' sums at once; but a part is an eight at least. */
const MOST_BYTES = 2 ** 26;
const BYTES_PER_VECTOR = 4 * BYTES_PER_VALUE;

/**
 * Images of a batch that an invocation takes, in registers: as many as four, and so many that the last does not take many
 * fewer. Two cost more time, and eight much more compilation (docs/bench/choices.md).
 */
export const batchSize = ({ n }: Shape): number => Math.ceil(n / Math.ceil(n / 4));
export const batchCount = (shape: Shape): number => Math.ceil(shape.n / batchSize(shape));

/** Pixels of a batch, of which invocations take all or none. */
const pixels = (shape: Shape): number => batchCount(shape) * batchSize(shape) * shape.h * shape.w;

/** Bytes of the columns' sums over so many eights of the set, and of one for where there is no column. */
export const columnBytes = (shape: Shape, eights: number): number =>
  (eights * pixels(shape) + batchSize(shape)) * EIGHT * BYTES_PER_VALUE;
/** Bytes of the softmaxes over so many eights, and of the one over all before. */
export const softmaxBytes = (shape: Shape, eights: number): number =>
  (1 + eights) * (shape.c > 3 ? 2 : 1) * pixels(shape) * BYTES_PER_VECTOR;

/** Some eights of the set, as shaders/denoise/local_*.wgsl know them. */
export interface Part {
  readonly tile: Tile;
  /** In the tile. */
  readonly first: number;
  readonly eights: number;
  /** Images in them. */
  readonly count: number;
}

/** The most eights at once for a batch of this shape, in buffers of `most` bytes. @throws TooLarge where not even one fits. */
export function partSize(batch: Shape, most: number): number {
  const none = columnBytes(batch, 0);
  const sums = columnBytes(batch, 1) - none;
  const needed = Math.max(none + sums, softmaxBytes(batch, 1));
  if (needed > most) {
    throw new TooLarge(`a batch of ${batch.n} × ${batch.w} × ${batch.h}`, needed, most);
  }
  return Math.max(1, Math.floor((Math.min(MOST_BYTES, most) - none) / sums));
}

/** A set in eights, of `n` images, in parts. */
export function partsOf({ tiles }: ImageSet, n: number, size: number): Part[] {
  return tiles.flatMap((tile) =>
    Array.from({ length: Math.ceil(tile.count / size) }, (_, k) => {
      const first = k * size;
      const eights = Math.min(size, tile.count - first);
      return { tile, first, eights, count: Math.min(EIGHT * eights, n - EIGHT * (tile.first + first)) };
    }),
  );
}
