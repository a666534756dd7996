/** Pictures at other sizes, on the host. */
import { type Images, valuesOf } from './images.ts';
import type { Padding } from './patches.ts';

export interface Size {
  readonly w: number;
  readonly h: number;
}

type Taps = readonly (readonly [index: number, weight: number])[];

/** What every one of `to` pixels covers of `from` pixels, as shares of itself. */
const covered = (from: number, to: number): Taps[] =>
  Array.from({ length: to }, (_, i) => {
    const [begin, end] = [(i * from) / to, ((i + 1) * from) / to];
    const first = Math.floor(begin);
    return Array.from({ length: Math.ceil(end) - first }, (_, k): [number, number] => {
      const share = Math.min(end, first + k + 1) - Math.max(begin, first + k);
      return [first + k, (share * to) / from];
    });
  });

/** The two pixels between whose centres every one of `to` has its own. */
const between = (from: number, to: number, padding: Padding): Taps[] =>
  Array.from({ length: to }, (_, i) => {
    const place = ((i + 0.5) * from) / to - 0.5;
    const low = Math.floor(place);
    const inside = (k: number) =>
      padding === 'circular' ? (k + from) % from : Math.min(Math.max(k, 0), from - 1);
    return [
      [inside(low), 1 - (place - low)],
      [inside(low + 1), place - low],
    ];
  });

function resampled(images: Images, { w, h }: Size, across: readonly Taps[], down: readonly Taps[]): Images {
  const { n, c, h: oldH, w: oldW } = images.shape;
  const values = valuesOf(images, 0, n);
  const result = new Float32Array(n * c * h * w);
  const rows = new Float64Array(oldH * w);
  for (let plane = 0; plane < n * c; plane++) {
    for (let y = 0; y < oldH; y++)
      across.forEach((taps, x) => {
        const first = (plane * oldH + y) * oldW;
        rows[y * w + x] = taps.reduce((sum, [i, weight]) => sum + weight * (values[first + i] as number), 0);
      });
    down.forEach((taps, y) => {
      for (let x = 0; x < w; x++)
        result[(plane * h + y) * w + x] = taps.reduce(
          (sum, [i, weight]) => sum + weight * (rows[i * w + x] as number),
          0,
        );
    });
  }
  return { shape: { n, c, h, w }, values: result };
}

/** Every pixel the mean of what it covers: for sizes that are no larger. */
export const shrink = (images: Images, size: Size): Images =>
  resampled(images, size, covered(images.shape.w, size.w), covered(images.shape.h, size.h));

/** Bilinear between the centres of pixels; the host's twin of shaders/image/resize.wgsl. */
export const enlarge = (images: Images, size: Size, padding: Padding): Images =>
  resampled(images, size, between(images.shape.w, size.w, padding), between(images.shape.h, size.h, padding));

/** Above this ratio the eye sees an edge where a picture meets its other end. */
const SEAM = 2;

/**
 * Whether a picture goes on at its other end: whether its first and last rows, and columns, differ by no more than twice
 * what neighbours do on average.
 */
export function goesOn(image: Images): boolean {
  const { c, h, w } = image.shape;
  const values = valuesOf(image, 0, 1);
  const goesOnAlong = (length: number, step: number, starts: readonly number[]) => {
    const apart = (k: number) => {
      const next = (k + 1) % length;
      return starts.reduce(
        (sum, i) => sum + Math.abs((values[i + k * step] as number) - (values[i + next * step] as number)),
        0,
      );
    };
    const inside = Array.from({ length: length - 1 }, (_, k) => apart(k));
    const mean = inside.reduce((sum, value) => sum + value, 0) / Math.max(1, inside.length);
    return apart(length - 1) <= SEAM * mean;
  };
  const rows = Array.from({ length: c * h }, (_, i) => i * w);
  const columns = Array.from({ length: c * w }, (_, i) => Math.floor(i / w) * h * w + (i % w));
  return goesOnAlong(w, 1, rows) && goesOnAlong(h, w, columns);
}

/** The colours of a picture, each once, in the order of their first pixels; none where there are more than `most`. */
export function paletteOf(image: Images, most = 256): number[][] {
  const { c, h, w } = image.shape;
  const values = valuesOf(image, 0, 1);
  const colours = new Map<string, number[]>();
  for (let i = 0; i < h * w && colours.size <= most; i++) {
    const colour = Array.from({ length: c }, (_, k) => values[k * h * w + i] as number);
    colours.set(colour.join(), colour);
  }
  return colours.size > most ? [] : [...colours.values()];
}
