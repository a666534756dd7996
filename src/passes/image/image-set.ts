/** A set of images on the GPU, NCHW, as float32 or as it is, in as few buffers as the device's limits allow. */
import { type Images, isInBytes, valuesOf } from '../../diffusion/images.ts';
import type { Gpu } from '../../gpu/device.ts';
import { BYTES_PER_VALUE, checkShape, type Shape } from '../shape.ts';

/** Neighbouring images of a set in one buffer. */
export interface Tile {
  readonly buffer: GPUBuffer;
  /** Index of its first image in the set. */
  readonly first: number;
  readonly count: number;
}

/** Bytes that are uploaded at once. */
const UPLOAD = 2 ** 24;

/** Images that the mean leaves out together where none has weight; tiles are of whole blocks where they have one. */
export const BLOCK = 16;

export class ImageSet {
  #users = 1;

  private constructor(
    readonly gpu: Gpu,
    readonly images: Images,
    readonly inBytes: boolean,
    readonly tiles: readonly Tile[],
  ) {}

  /**
   * Uploads the images: N·C·H·W × 4 bytes, or × 1 for a set of bytes that is asked for as it is; then C·H·W is a multiple of
   * four. Release when done.
   * @throws RangeError for a set without images or of another length than its shape says, TooLarge for an image that is.
   */
  static upload(gpu: Gpu, images: Images, { asItIs = false } = {}): ImageSet {
    const inBytes = asItIs && isInBytes(images);
    return new ImageSet(gpu, images, inBytes, upload(gpu, images, inBytes));
  }

  /** The same once more, for another who releases it: it stays until the last has. */
  shared(): ImageSet {
    this.#users++;
    return this;
  }

  /** n is the number of images in the set. */
  get shape(): Shape {
    return this.images.shape;
  }

  release(): void {
    if (--this.#users > 0) return;
    this.gpu.release(...this.tiles.map(({ buffer }) => buffer));
  }
}

/** How many images of so many bytes go into one buffer. */
export function imagesPerTile({ device: { limits } }: Gpu, bytesPerImage: number): number {
  const fit = Math.floor(Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize) / bytesPerImage);
  return fit > BLOCK ? fit - (fit % BLOCK) : fit;
}

function upload(gpu: Gpu, images: Images, inBytes: boolean): Tile[] {
  const { shape, values } = images;
  checkShape(gpu, { ...shape, n: 1 });
  const perImage = shape.c * shape.h * shape.w;
  if (!(shape.n > 0) || values.length !== shape.n * perImage) {
    throw new RangeError(`${values.length} values are not ${shape.n} images of ${perImage}`);
  }
  const bytesPerImage = perImage * (inBytes ? 1 : BYTES_PER_VALUE);
  const most = imagesPerTile(gpu, bytesPerImage);
  const tiles: Tile[] = [];
  for (let first = 0; first < shape.n; first += most) {
    const count = Math.min(most, shape.n - first);
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const buffer = gpu.buffer('set of images', count * bytesPerImage, STORAGE | COPY_SRC | COPY_DST);
    const atOnce = Math.max(1, Math.floor(UPLOAD / bytesPerImage));
    for (let i = 0; i < count; i += atOnce) {
      const [begin, n] = [first + i, Math.min(atOnce, count - i)];
      const part = inBytes
        ? values.subarray(begin * perImage, (begin + n) * perImage)
        : valuesOf(images, begin, n);
      gpu.device.queue.writeBuffer(buffer, i * bytesPerImage, part);
    }
    tiles.push({ buffer, first, count });
  }
  return tiles;
}
