/** Small sets out of large ones, for what takes thousands of passes over them. */
import { type Images, valuesOf } from './images.ts';

/** The mean over the box of a small pixel, in 8-bit values. */
function boxMeans({ shape: { c, h, w } }: Images, values: Float32Array, side: number): Uint8Array {
  const edge = (i: number, of: number) => Math.floor((i * of) / side);
  return Uint8Array.from({ length: c * side * side }, (_, k) => {
    const [channel, row, column] = [Math.floor(k / side ** 2), Math.floor(k / side) % side, k % side];
    const [top, left] = [edge(row, h), edge(column, w)];
    const [bottom, right] = [Math.max(top + 1, edge(row + 1, h)), Math.max(left + 1, edge(column + 1, w))];
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += values[(channel * h + y) * w + x] as number;
    }
    const mean = sum / ((bottom - top) * (right - left));
    return Math.round(127.5 * (Math.min(Math.max(mean, -1), 1) + 1));
  });
}

/**
 * At most `most` images, evenly out of the set, as 8-bit values of `side` × `side` pixels by box means; of those that are
 * alike then the first alone.
 */
export function shrunk(images: Images, most: number, side: number): Images {
  const { n, c } = images.shape;
  const count = Math.min(n, most);
  const distinct = new Map<string, Uint8Array>();
  for (let k = 0; k < count; k++) {
    const small = boxMeans(images, valuesOf(images, Math.floor((k * n) / count), 1), side);
    const name = small.join();
    if (!distinct.has(name)) distinct.set(name, small);
  }
  const values = new Uint8Array(distinct.size * c * side * side);
  [...distinct.values()].forEach((small, i) => {
    values.set(small, i * small.length);
  });
  return { shape: { n: distinct.size, c, h: side, w: side }, values };
}
