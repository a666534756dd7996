/** Novelty: how far what was generated is from the set that it was generated from. */
import type { Prepared } from '../denoisers/prepared.ts';
import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import { Distances, QUAD } from '../passes/measure/distances.ts';
import { NearestImages } from '../passes/measure/nearest-images.ts';
import { type Shape, stateBuffer } from '../passes/shape.ts';

export interface Nearest {
  /** The index in the set; of several that are as near the first. */
  readonly index: number;
  /** Root-mean-square distance per value, in units of [−1, 1]. */
  readonly rms: number;
}

/**
 * The nearest image of the set to every image of a batch: a state on the GPU, such as a run's `buffers.x` at its end, or
 * values, NCHW. Computed on the GPU, of which it takes 4 bytes for every pair of images, and the set's memory unless
 * it is what a denoiser of a run has prepared, as the ideal one has; all is given back.
 * @throws RangeError where images and set differ in size, and as `ImageSet.upload` and `Distances.create` do.
 */
export function nearest(
  gpu: Gpu,
  batch: GPUBuffer | Float32Array<ArrayBuffer>,
  shape: Shape,
  images: Images,
  prepared?: Prepared,
): Promise<Nearest[]> {
  return gpu.checked(async () => {
    const set = prepared?.set(images) ?? ImageSet.upload(gpu, images);
    const owned: { release(): void }[] = [set];
    const own = <Owned extends { release(): void }>(made: Owned): Owned => {
      owned.push(made);
      return made;
    };
    try {
      const x = batch instanceof GPUBuffer ? batch : uploaded(gpu, batch, shape);
      if (x !== batch) own({ release: () => gpu.release(x) });
      const distances = own(await Distances.create(gpu, { x, shape, set, alphas: [1] }));
      const least = own(await NearestImages.create(gpu, distances));
      const readback = own(new Readback(gpu, least.buffer.size));
      const encoder = gpu.device.createCommandEncoder({ label: 'nearest' });
      const pass = encoder.beginComputePass();
      distances.encode(pass, 0);
      least.encode(pass);
      pass.end();
      readback.encode(encoder, least.buffer);
      gpu.device.queue.submit([encoder.finish()]);
      return named(await readback.read(), shape);
    } finally {
      for (const part of owned) part.release();
    }
  });
}

function uploaded(gpu: Gpu, values: Float32Array<ArrayBuffer>, shape: Shape): GPUBuffer {
  const x = stateBuffer(gpu, 'batch', shape);
  gpu.device.queue.writeBuffer(x, 0, values);
  return x;
}

function named(fields: Float32Array, { n, c, h, w }: Shape): Nearest[] {
  return Array.from({ length: n }, (_, b) => {
    const at = 2 * QUAD * Math.floor(b / QUAD) + (b % QUAD);
    return { index: fields[at + QUAD] as number, rms: Math.sqrt((fields[at] as number) / (c * h * w)) };
  });
}
