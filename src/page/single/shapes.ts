/** Shapes and sizes to choose from, for those who would rather not type. */
import type { Size } from '../../diffusion/resample.ts';
import { SIDE_LEAST, SIDE_MOST } from './wanted.ts';

export const shapeNames = ['source', 'square', 'wide', 'tall'] as const;
export type ShapeName = (typeof shapeNames)[number];

/** Width to height. */
const PANORAMA = 3.5;
const TALL = 0.5;

export const aspectOf = (shape: ShapeName, source: Size): number =>
  ({ source: source.w / source.h, square: 1, wide: PANORAMA, tall: TALL })[shape];

const side = (length: number) => Math.min(Math.max(Math.round(length), SIDE_LEAST), SIDE_MOST);

/** A picture with so many pixels across its shorter side, or fewer where the other would be too long. */
export function sized(shorter: number, aspect: number): Size {
  const ratio = Math.max(aspect, 1 / aspect);
  const short = side(Math.min(shorter, SIDE_MOST / ratio));
  return aspect >= 1 ? { w: side(short * ratio), h: short } : { w: short, h: side(short * ratio) };
}

export const shorterOf = ({ w, h }: Size): number => Math.min(w, h);

/** The shape that a size has, if it is one of these. A source that is square is the square. */
export const shapeOf = (size: Size, source: Size): ShapeName | undefined =>
  shapeNames.find((name) => {
    const { w, h } = sized(shorterOf(size), aspectOf(name, source));
    return w === size.w && h === size.h;
  });

/** Shorter sides to choose from. */
export const SIDES = [32, 48, 64, 96, 128, 192, 256, 384, 512] as const;

/** How many of `n` pictures stand side by side, so that all of them together are about as wide as a stage is. */
export function columnsOf(n: number, { w, h }: Size): number {
  const off = (columns: number) => Math.abs(Math.log((columns ** 2 * w) / (n * h) / STAGE));
  const whole = Array.from({ length: n }, (_, i) => i + 1).filter((columns) => n % columns === 0);
  return whole.reduce((best, columns) => (off(columns) < off(best) ? columns : best));
}
/** Width to height of what there is room for. */
const STAGE = 1.2;
