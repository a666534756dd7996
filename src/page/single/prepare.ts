/** A picture of any size becomes a source, and what was done to it is said. */
import type { Images } from '../../diffusion/images.ts';
import type { PictureKind } from '../../diffusion/pyramid.ts';
import type { Size } from '../../diffusion/resample.ts';
import { planesOf } from '../sets/crop.ts';
import { BAND_SIDE, hasBands } from './bands.ts';
import { ART_MOST, enlargementOf, looksLikeArt, picked, type Raster } from './pixel-art.ts';

/** Pixels of the longer side of a photograph or texture that are looked at. */
export const SOURCE_MOST = 256;
/** A picture with a shorter side has too few patches to make another of. */
export const SOURCE_LEAST = 8;
/** Longer sides of what is looked at to find out whether it is pixel art. */
const LOOKED_AT_MOST = 1024;

/** What was done to the picture that came. */
export type Change = 'none' | 'shrunk' | 'fitted' | 'reduced' | 'cut';

export interface Prepared {
  readonly images: Images;
  readonly change: Change;
  /** Of the picture that came. */
  readonly original: Size;
}

/** Drawn at a size; what is transparent becomes white. */
function drawn(bitmap: ImageBitmap, { w, h }: Size): Raster {
  const context = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to draw on');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, w, h);
  context.drawImage(bitmap, 0, 0, w, h);
  const { data } = context.getImageData(0, 0, w, h);
  return { width: w, height: h, data: data as Uint8ClampedArray<ArrayBuffer> };
}

const sizeOf = ({ width, height }: ImageBitmap): Size => ({ w: width, h: height });

/** What a picture probably is of. */
export function guessKind(bitmap: ImageBitmap): PictureKind {
  const { w, h } = sizeOf(bitmap);
  if (Math.max(w, h) <= LOOKED_AT_MOST && looksLikeArt(drawn(bitmap, { w, h }))) return 'pixels';
  return hasBands(drawn(bitmap, { w: BAND_SIDE, h: BAND_SIDE })) ? 'landscape' : 'texture';
}

/** @param height of what is to be made: a landscape is to be seen whole, and so is no higher. */
export function prepare(bitmap: ImageBitmap, kind: PictureKind, height: number): Prepared {
  const original = sizeOf(bitmap);
  const { picture, change } =
    kind === 'pixels'
      ? artOf(bitmap, original)
      : photographOf(bitmap, original, kind === 'landscape' ? height : Number.POSITIVE_INFINITY);
  const { width: w, height: h, data } = picture;
  const values = planesOf(data) as Uint8Array<ArrayBuffer>;
  return { images: { shape: { n: 1, c: 3, h, w }, values }, change, original };
}

interface Made {
  readonly picture: Raster;
  readonly change: Change;
}

function artOf(bitmap: ImageBitmap, size: Size): Made {
  const whole = drawn(bitmap, size);
  const side = enlargementOf(whole);
  const picture = picked(whole, side, ART_MOST);
  const cut = picture.width * side < size.w || picture.height * side < size.h;
  return { picture, change: cut ? 'cut' : side > 1 ? 'reduced' : 'none' };
}

function photographOf(bitmap: ImageBitmap, { w, h }: Size, height: number): Made {
  const side = Math.min(1, SOURCE_MOST / Math.max(w, h));
  const scale = Math.min(side, height / h);
  const size = {
    w: Math.max(SOURCE_LEAST, Math.round(w * scale)),
    h: Math.max(SOURCE_LEAST, Math.round(h * scale)),
  };
  const change = scale < side ? 'fitted' : scale < 1 ? 'shrunk' : 'none';
  return { picture: drawn(bitmap, size), change };
}
