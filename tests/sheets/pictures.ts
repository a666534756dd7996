/** Rows of contact sheets that are made from one picture. */
import type { Images } from '../../src/diffusion/images.ts';
import { type Size, shrink } from '../../src/diffusion/resample.ts';
import { pixelsOf, tilesOf } from '../../src/page/sets/atlas.ts';
import type { PyramidOptions } from '../../src/trajectory/pyramid.ts';

/** New pictures from one, which is shown before them. */
export interface PictureRow {
  readonly label: string;
  readonly pyramid: PyramidOptions;
  /** How often that is done, with one more for the seed every time. 1 where absent. */
  readonly lots?: number;
}

export const sourcePixels = async (file: string): Promise<ImageData> =>
  pixelsOf(await (await fetch(`/sources/${file}`)).blob());

/** A whole source picture, which is square. */
async function sourceOf(file: string): Promise<Images> {
  const { data, width } = await sourcePixels(file);
  return tilesOf(data, { size: width, columns: 1, n: 1 });
}

interface FromPicture {
  readonly kind: PyramidOptions['kind'];
  /** Of the new pictures; that of the source where absent. */
  readonly output?: Size;
  readonly images?: number;
  readonly lots?: number;
  readonly exact?: boolean;
  /** A side of the source, where it is to be made smaller. */
  readonly side?: number;
}

export async function picturesFrom(
  file: string,
  { lots = 1, side, ...given }: FromPicture,
): Promise<PictureRow> {
  const whole = await sourceOf(file);
  const source = side ? shrink(whole, { w: side, h: side }) : whole;
  const output = given.output ?? source.shape;
  const how = given.exact ? ', exact' : '';
  return {
    label: `${file.replace(/\..*/, '')}${how}`,
    pyramid: { ...given, source, output: { w: output.w, h: output.h }, seed: 1 },
    lots,
  };
}

/** The same seeds, approximately and exactly. */
export const bothWays = async (file: string, kind: FromPicture['kind']): Promise<PictureRow[]> =>
  Promise.all([false, true].map((exact) => picturesFrom(file, { kind, exact, side: 64 })));
