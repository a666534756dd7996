/** Landscapes are told from textures by their bands: sky, hills, ground. */
import type { Raster } from './pixel-art.ts';

/** Pixels of a side of what is looked at. */
export const BAND_SIDE = 32;
const BANDS = 4;
/** Of a picture's variance, what the bands of a landscape explain. */
const MUCH = 0.1;

/** The part of the variance of all values that lies between the means of the bands. */
export function bandsPart({ width, height, data }: Raster): number {
  const count = width * Math.floor(height / BANDS);
  let [within, between] = [0, 0];
  for (let c = 0; c < 3; c++) {
    const values = Array.from({ length: BANDS * count }, (_, i) => data[4 * i + c] as number);
    const bands = Array.from({ length: BANDS }, (_, b) => values.slice(b * count, (b + 1) * count));
    within += variance(values);
    between += variance(bands.map(mean));
  }
  return within === 0 ? 0 : between / within;
}

export const hasBands = (picture: Raster): boolean => bandsPart(picture) > MUCH;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}
