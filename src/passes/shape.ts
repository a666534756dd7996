/** A batch of images, planar float32 NCHW in one storage buffer. */
import type { Gpu } from '../gpu/device.ts';

export interface Shape {
  /** Images in the batch. */
  readonly n: number;
  /** Channels, 1 to 4. */
  readonly c: number;
  /** Height in pixels. */
  readonly h: number;
  /** Width in pixels. */
  readonly w: number;
}

export const BYTES_PER_VALUE = 4;
/** The step kernel works on four values at a time. */
const VALUES_PER_VECTOR = 4;

export const valueCount = ({ n, c, h, w }: Shape): number => n * c * h * w;

export const vectorCount = (shape: Shape): number => Math.ceil(valueCount(shape) / VALUES_PER_VECTOR);

/** Bytes of a buffer of this shape, padded to whole vectors. */
export const stateBytes = (shape: Shape): number => vectorCount(shape) * VALUES_PER_VECTOR * BYTES_PER_VALUE;

/** What the device's buffers or textures cannot hold. */
export class TooLarge extends RangeError {
  constructor(
    what: string,
    /** Bytes of the one buffer that is too large, if that is why. */
    readonly needed: number,
    /** Bytes of the largest there can be. */
    readonly most: number,
    /** The most pixels to a side, where it has sides. */
    readonly side?: number,
  ) {
    super(
      `${what} needs ${mebibytes(needed, Math.ceil)} MiB at once; this device allows ${mebibytes(most, Math.floor)} MiB` +
        (side === undefined ? '' : `, and ${side} pixels a side`),
    );
  }
}

/** To hundredths, so rounded that what is needed is never what is allowed. */
const mebibytes = (bytes: number, round: (x: number) => number): number =>
  round((100 * bytes) / 2 ** 20) / 100;

/** @throws TooLarge, or RangeError in plain words when the device cannot hold a state of this shape and so many slots behind it. */
export function checkShape(gpu: Gpu, shape: Shape, slots = 0): void {
  const { n, c, h, w } = shape;
  const whole = [n, c, h, w].every((x) => Number.isInteger(x) && x > 0);
  if (!whole || c > 4) throw new RangeError(`not a shape: ${n} × ${c} × ${h} × ${w}`);
  const { maxStorageBufferBindingSize, maxBufferSize, maxTextureDimension2D } = gpu.device.limits;
  const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  const bytes = (1 + slots) * stateBytes(shape);
  const side = maxTextureDimension2D;
  if (bytes > most || Math.max(h, w) > side) {
    throw new TooLarge(`${w} × ${h}`, bytes, most, side);
  }
}

/** A buffer that can hold x_t, x_0 or x̂_0 of this shape, and behind it so many slots of its size; zero at first. */
export const stateBuffer = (gpu: Gpu, label: string, shape: Shape, slots = 0): GPUBuffer =>
  gpu.buffer(
    label,
    (1 + slots) * stateBytes(shape),
    GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  );
