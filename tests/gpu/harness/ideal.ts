import { IdealDenoiser } from '../../../src/denoisers/ideal.ts';
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
    const denoiser = await IdealDenoiser.create(gpu, { x, shape, levels }, images);
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
    const tiles = denoiser.passes.set.tiles.length;
    const { shares } = denoiser.passes.distances;
    denoiser.release();
    gpu.release(x);
    return { means, tiles, shares, leaked: gpu.bytes - before };
  });

export { Becoming } from '../../../src/trajectory/becoming.ts';
export { codeLength } from '../../../src/trajectory/code-length.ts';
export { nearest } from '../../../src/trajectory/nearest.ts';

const whole = (buffer: GPUBuffer) => download(buffer);

/** A set on the GPU, as floats or as it is: its tiles, what is in them, whether asking again gives the same; and its memory. */
export const imageSet = async (images: Images, asItIs = false) => {
  const before = gpu.bytes;
  const set = ImageSet.of(gpu, images, { asItIs });
  const taken = gpu.bytes - before;
  const again = ImageSet.of(gpu, images, { asItIs });
  const shared = again === set && gpu.bytes - before === taken;
  const other = ImageSet.of(gpu, { ...images }, { asItIs });
  const own = other !== set;
  other.release();
  const tiles = [];
  for (const { buffer, first, count } of set.tiles) tiles.push({ first, count, values: await whole(buffer) });
  set.release();
  const kept = gpu.bytes - before;
  again.release();
  const leaked = gpu.bytes - before;
  const anew = ImageSet.of(gpu, images, { asItIs });
  const alive = anew !== set && anew.tiles.every(({ buffer }) => gpu.holds(buffer));
  anew.release();
  return { tiles, taken, shared, own, kept, leaked, alive };
};
