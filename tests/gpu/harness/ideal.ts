import type { Denoiser } from '../../../src/denoisers/denoiser.ts';
import type { IdealPasses } from '../../../src/denoisers/ideal.ts';
import { Prepared } from '../../../src/denoisers/prepared.ts';
import type { Images } from '../../../src/diffusion/images.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import { ImageSet } from '../../../src/passes/image/image-set.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { download, gpu } from './device.ts';

export { ImageSet };

export interface Posed {
  readonly images: Images;
  readonly shape: Shape;
  /** A state for every level. */
  readonly states: readonly Float32Array<ArrayBuffer>[];
  readonly levels: readonly Level[];
}

/** x̂_0 of every state, what memory it took, and how much of it was not given back. */
export const idealMeans = ({ images, shape, states, levels }: Posed) =>
  gpu.checked(async () => {
    const before = gpu.bytes;
    const x = stateBuffer(gpu, 'x', shape);
    const prepared = await Prepared.of(gpu, { name: 'ideal', set: images }, shape);
    const bound = await prepared.bind({ x, shape, levels });
    const denoiser = bound as Denoiser & { readonly passes: IdealPasses };
    const means: Float32Array[] = [];
    for (const [p, state] of states.entries()) {
      gpu.device.queue.writeBuffer(x, 0, state);
      const padded = await download(denoiser.x0Hat, (encoder) => {
        const pass = encoder.beginComputePass();
        denoiser.encode(pass, p);
        pass.end();
      });
      means.push(padded.slice(0, valueCount(shape)));
    }
    const set = prepared.set(images);
    const tiles = set.tiles.length;
    const { shares } = denoiser.passes.distances;
    for (const held of [denoiser, set, prepared]) held.release();
    gpu.release(x);
    return { means, tiles, shares, leaked: gpu.bytes - before };
  });

export { Becoming } from '../../../src/trajectory/becoming.ts';
export { codeLength } from '../../../src/trajectory/code-length.ts';
export { nearest } from '../../../src/trajectory/nearest.ts';

const whole = (buffer: GPUBuffer) => download(buffer);

/** A set on the GPU, as floats or as it is: its tiles, what is in them, what sharing it takes; and its memory. */
export const imageSet = async (images: Images, asItIs = false) => {
  const before = gpu.bytes;
  const set = ImageSet.upload(gpu, images, { asItIs });
  const taken = gpu.bytes - before;
  const again = set.shared();
  const shared = gpu.bytes - before - taken;
  const tiles = [];
  for (const { buffer, first, count } of set.tiles) tiles.push({ first, count, values: await whole(buffer) });
  set.release();
  const kept = gpu.bytes - before;
  again.release();
  return { tiles, taken, shared, kept, leaked: gpu.bytes - before };
};
