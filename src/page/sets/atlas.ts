/** Sets that come as one picture of equal tiles, row by row. */
import type { Images } from '../../diffusion/images.ts';
import { fetchWords, wordsOf } from '../text/language.ts';
import type { NamedSet, SetEntry } from './named-set.ts';

export interface Tiling {
  /** Height and width of a tile. */
  readonly size: number;
  readonly columns: number;
  readonly n: number;
}

/** Tiles of RGBA bytes as NCHW bytes of 3 channels; opacity is left out. */
export function tilesOf(rgba: Uint8ClampedArray, { size, columns, n }: Tiling): Images {
  const plane = size * size;
  const stride = columns * size;
  const values = new Uint8Array(n * 3 * plane);
  for (let i = 0; i < n; i++) {
    const corner = Math.floor(i / columns) * size * stride + (i % columns) * size;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const from = 4 * (corner + y * stride + x);
        const to = i * 3 * plane + y * size + x;
        for (let c = 0; c < 3; c++) values[to + c * plane] = rgba[from + c] as number;
      }
    }
  }
  return { shape: { n, c: 3, h: size, w: size }, values };
}

/** A `data:` URL, in the single-file build, may not be fetched, but has its bytes with it. */
async function blobAt(url: string): Promise<Blob> {
  if (url.startsWith('data:')) {
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (char) => char.charCodeAt(0));
    return new Blob([bytes]);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.blob();
}

/** The values as they are in the file: no colour management, no opacity multiplied in. */
export async function pixelsOf(blob: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to decode with');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

/** @param tiling of the picture at `url`, known before it is fetched. */
export function atlasEntry(id: 'faces' | 'emoji', url: string, tiling: Tiling): SetEntry {
  const { size, n } = tiling;
  const load = async (): Promise<NamedSet> => {
    const [{ data }] = await Promise.all([blobAt(url).then(pixelsOf), fetchWords([id])]);
    return { id, images: tilesOf(data, tiling), nameOf: (i, text) => wordsOf(text, id)[i] ?? '' };
  };
  return { id, group: 'emoji', shape: { n, c: 3, h: size, w: size }, load };
}
