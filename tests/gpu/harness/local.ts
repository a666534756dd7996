import type { DenoiserOptions } from '../../../src/denoisers/list.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { alone } from '../../alone.ts';
import { download, gpu } from './device.ts';

type Values = Float32Array<ArrayBuffer>;

export interface Asked {
  readonly shape: Shape;
  readonly x: Values;
  readonly levels: readonly Level[];
  readonly denoiser: DenoiserOptions;
}

/** x̂_0 of the same x at every level, and the bytes that are still taken when all is given back. */
export async function denoisedAndReleased({ shape, x, levels, denoiser: options }: Asked) {
  const before = gpu.bytes;
  const answers = await gpu.checked(async () => {
    const state = stateBuffer(gpu, 'x', shape);
    gpu.device.queue.writeBuffer(state, 0, new Float32Array(state.size / 4).fill(1e6));
    gpu.device.queue.writeBuffer(state, 0, x);
    const denoiser = await alone(gpu, options, { x: state, shape, levels });
    const answers: Values[] = [];
    for (const p of levels.keys()) {
      const answer = await download(denoiser.x0Hat, (encoder) => {
        const pass = encoder.beginComputePass();
        denoiser.encode(pass, p);
        pass.end();
      });
      answers.push(answer.slice(0, valueCount(shape)));
    }
    denoiser.release();
    gpu.release(state);
    return answers;
  });
  return { answers, left: gpu.bytes - before };
}
