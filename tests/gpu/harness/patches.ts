import { Patches, type PatchesOptions } from '../../../src/denoisers/patches.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { download, gpu } from './device.ts';

export interface Compared {
  readonly x: Float32Array<ArrayBuffer>;
  readonly shape: Shape;
  readonly levels: readonly Level[];
  readonly options: PatchesOptions;
}

const bitsOf = (values: Float32Array<ArrayBuffer>) => [...new Uint32Array(values.buffer)];

/** x̂_0 of the same state at every level, and the nearest patch of every pixel. */
export const patches = ({ x: values, shape, levels, options }: Compared) =>
  gpu.checked(async () => {
    const before = gpu.bytes;
    const x = stateBuffer(gpu, 'x', shape);
    gpu.device.queue.writeBuffer(x, 0, values);
    const denoiser = await Patches.create(gpu, { x, shape, levels }, options);
    const answers = [];
    for (const p of levels.keys()) {
      const x0Hat = await download(denoiser.x0Hat, (encoder) => {
        const pass = encoder.beginComputePass();
        denoiser.encode(pass, p);
        pass.end();
      });
      const nearest = bitsOf(await download(denoiser.field)).filter((_, i) => i % 2 === 0);
      answers.push({ x0Hat: x0Hat.slice(0, valueCount(shape)), nearest });
    }
    const { parts } = denoiser;
    denoiser.release();
    gpu.release(x);
    return { answers, parts, leaked: gpu.bytes - before };
  });
