/** A batch of images, planar float32 NCHW in one storage buffer. */
import type { Gpu } from '../gpu/device.ts';
import { TooLarge } from '../gpu/errors.ts';

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

/** @throws RangeError for what is no shape, TooLarge for a state that the device cannot hold, with so many slots behind it. */
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
