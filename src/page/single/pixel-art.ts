/** Pixel art on the host: never smoothed, so that its colours stay what they are. */

/** RGBA, 8 bits a value, row by row: what `ImageData` is. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Pixels of a side of pixel art that are looked at: all of its patches are compared with one another. */
export const ART_MOST = 64;

/** Every pixel as one number. */
const words = ({ data }: Raster): Uint32Array =>
  new Uint32Array(data.buffer, data.byteOffset, data.length / 4);

/** Whether the picture is made of squares of `side` equal pixels. */
function isOfBlocks(picture: Raster, side: number): boolean {
  const { width, height } = picture;
  if (width % side !== 0 || height % side !== 0) return false;
  const pixels = words(picture);
  return pixels.every((pixel, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return pixel === pixels[(y - (y % side)) * width + x - (x % side)];
  });
}

/** How many times the picture has been enlarged, pixel by pixel. */
export function enlargementOf(picture: Raster): number {
  const least = Math.min(picture.width, picture.height);
  for (let side = Math.min(64, least); side > 1; side--) if (isOfBlocks(picture, side)) return side;
  return 1;
}

/** One pixel of every square of `side`, of at most `most` × `most` pixels in the middle. */
export function picked(picture: Raster, side: number, most: number): Raster {
  const [across, down] = [Math.floor(picture.width / side), Math.floor(picture.height / side)];
  const [width, height] = [Math.min(across, most), Math.min(down, most)];
  const [left, top] = [Math.floor((across - width) / 2), Math.floor((down - height) / 2)];
  const [from, to] = [words(picture), new Uint32Array(width * height)];
  for (let i = 0; i < to.length; i++) {
    const [x, y] = [left + (i % width), top + Math.floor(i / width)];
    to[i] = from[y * side * picture.width + x * side] as number;
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}

/** More than this is a photograph. */
const FEW_COLOURS = 64;

/** Whether a picture looks like pixel art: small, once what enlarged it is undone, and of few colours. */
export function looksLikeArt(picture: Raster): boolean {
  if (new Set(words(picture)).size > FEW_COLOURS) return false;
  return Math.max(picture.width, picture.height) / enlargementOf(picture) <= ART_MOST;
}
