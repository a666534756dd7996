/** Files become a set: each made a square tile, the broken ones named. Nothing leaves this page. */
import type { Images } from '../../diffusion/images.ts';
import { decodePicture, PictureError, type PictureFault } from '../source/picture.ts';
import { type Fit, fitted, planesOf } from './crop.ts';
import { type Files, type Found, isHidden } from './dropped.ts';
import { unzipped, type ZipFault } from './zip.ts';

export type Side = 32 | 64;

/** The most that is taken, so that a set fits into memory here and on the GPU as floats. */
export const LIMITS = { images: { 32: 10_000, 64: 4_096 }, fileMiB: 64, zipMiB: 1024 } as const;

export type Fault = PictureFault | ZipFault | 'not-a-zip' | 'unreadable' | 'too-many';

export interface Skipped {
  readonly path: string;
  readonly fault: Fault;
}

export interface Taken {
  readonly images: Images;
  /** Paths of the files, in the set's order. */
  readonly names: readonly string[];
  readonly skipped: readonly Skipped[];
}

export interface Intake {
  readonly side: Side;
  readonly fit: Fit;
  readonly signal: AbortSignal;
  progress(taken: number, skipped: number): void;
}

const MIB = 2 ** 20;
/** The longest side at which a photograph is worked on. */
const DECODED_MOST = 8192;
const BETWEEN_FRAMES_MS = 40;

const isZip = ({ name, type }: File) => /\.zip$/i.test(name) || /^application\/(x-)?zip/.test(type);

/** The archive's name instead of its bytes: files of a ZIP inside a folder keep their path. */
async function* opened(found: Files): AsyncGenerator<Found | Skipped> {
  for await (const next of found) {
    if (isHidden(next.path)) continue;
    if ('fault' in next) {
      yield next;
      continue;
    }
    const { path, file } = next;
    const mebibytes = file.size / MIB;
    if (!isZip(file)) {
      yield mebibytes > LIMITS.fileMiB ? { path, fault: 'too-large' } : { path, file };
    } else if (mebibytes > LIMITS.zipMiB) {
      yield { path, fault: 'too-large' };
    } else {
      yield* inside(path, file);
    }
  }
}

async function* inside(zip: string, file: File): AsyncGenerator<Found | Skipped> {
  try {
    for await (const { path: name, content } of unzipped(file, (p) => !isHidden(p), LIMITS.fileMiB * MIB)) {
      // What concerns the archive as a whole has no name in it.
      const path = name ? `${zip}/${name}` : zip;
      yield typeof content === 'string' ? { path, fault: content } : { path, file: named(content, name) };
    }
  } catch {
    yield { path: zip, fault: 'not-a-zip' };
  }
}

/** A ZIP names no types: browsers find out a picture's by themselves, except a drawing's. */
function named(content: Uint8Array<ArrayBuffer>, name: string): File {
  const known = /\.(png|jpe?g|gif|webp|avif|bmp|ico)$/i.test(name);
  const type = known ? '' : /\.svg$/i.test(name) ? 'image/svg+xml' : 'application/octet-stream';
  return new File([content], name, { type });
}

/** A tile's three planes; what is transparent becomes white. */
function tiler(side: Side, fit: Fit) {
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to draw on');
  context.imageSmoothingQuality = 'high';
  return (bitmap: ImageBitmap): Uint8Array => {
    const { from, to } = fitted(bitmap, side, fit);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, side, side);
    context.drawImage(bitmap, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
    bitmap.close();
    return planesOf(context.getImageData(0, 0, side, side).data);
  };
}

const faultOf = (error: unknown): Fault => (error instanceof PictureError ? error.fault : 'unreadable');

/** Lets the page draw, and hear that someone would rather stop. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

/**
 * Takes pictures until there are as many as may be. A set of none has no images but its reasons.
 * @throws the signal's reason once it is aborted.
 */
export async function takeSet(found: Files, intake: Intake): Promise<Taken> {
  const { side, fit, signal } = intake;
  const tile = tiler(side, fit);
  const most = LIMITS.images[side];
  const tiles: Uint8Array[] = [];
  const names: string[] = [];
  const skipped: Skipped[] = [];
  let drawn = performance.now();
  for await (const next of opened(found)) {
    signal.throwIfAborted();
    if ('fault' in next) skipped.push(next);
    else if (tiles.length >= most) skipped.push({ path: next.path, fault: 'too-many' });
    else {
      try {
        const { bitmap } = await decodePicture(next.file, DECODED_MOST);
        tiles.push(tile(bitmap));
        names.push(next.path);
      } catch (error) {
        skipped.push({ path: next.path, fault: faultOf(error) });
      }
    }
    if (performance.now() - drawn > BETWEEN_FRAMES_MS) {
      intake.progress(tiles.length, skipped.length);
      await breathe();
      drawn = performance.now();
    }
  }
  signal.throwIfAborted();
  const values = new Uint8Array(tiles.length * 3 * side * side);
  for (const [i, planes] of tiles.entries()) values.set(planes, i * planes.length);
  const images: Images = { shape: { n: tiles.length, c: 3, h: side, w: side }, values };
  return { images, names, skipped };
}
