/** How a set of images is walked by the passes of the local mean: in parts whose intermediate sums fit in memory. */
import type { Tile } from './image-set.ts';
import { BYTES_PER_VALUE, type Shape } from './shape.ts';

/** Images of the set whose softmax an invocation of the second pass takes: its sums are in registers. */
export const CHUNK = 8;

/** Bytes of columns' sums at once, more than which gains nothing, and of a part of one chunk where even that takes more. */
const MOST_BYTES = 2 ** 26;

export interface Part {
  readonly tile: Tile;
  /** The first of its images in the tile. */
  readonly first: number;
  readonly count: number;
}

/** Bytes of the columns' sums over `count` images of the set. */
export const columnBytes = ({ n, h, w }: Shape, count: number): number => count * n * h * w * BYTES_PER_VALUE;

/** Bytes of the softmaxes of a part of `count` images, and of the one over all before. */
export const softmaxBytes = ({ n, c, h, w }: Shape, count: number): number =>
  (1 + Math.ceil(count / CHUNK)) * (2 + c) * n * h * w * BYTES_PER_VALUE;

/** Images of the set to take at once for a batch of this shape: a multiple of the chunk. */
export function partSize(batch: Shape, most: number): number {
  const chunks = Math.floor(Math.min(MOST_BYTES, most) / columnBytes(batch, CHUNK));
  return CHUNK * Math.max(1, chunks);
}

export function partsOf(tiles: readonly Tile[], size: number): Part[] {
  return tiles.flatMap((tile) =>
    Array.from({ length: Math.ceil(tile.count / size) }, (_, k) => {
      const first = k * size;
      return { tile, first, count: Math.min(size, tile.count - first) };
    }),
  );
}
