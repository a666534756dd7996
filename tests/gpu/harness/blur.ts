import { Blur } from '../../../src/passes/denoise/blur.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { download, gpu } from './device.ts';

export interface Blurred {
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: Shape;
  readonly sigma: number;
}

/** A state, blurred; what lies in the padding must not come into it, nor be written. */
export const blur = ({ values, shape, sigma }: Blurred) =>
  gpu.checked(async () => {
    const x = stateBuffer(gpu, 'x', shape);
    const blurred = stateBuffer(gpu, 'blurred', shape);
    gpu.device.queue.writeBuffer(x, 0, new Float32Array(x.size / 4).fill(1e6));
    gpu.device.queue.writeBuffer(x, 0, values);
    const pass = await Blur.create(gpu, { x, blurred, shape, sigma });
    const found = await download(blurred, (encoder) => {
      const compute = encoder.beginComputePass();
      pass.encode(compute);
      compute.end();
    });
    pass.release();
    gpu.release(x, blurred);
    const count = valueCount(shape);
    return { values: found.slice(0, count), padding: found.slice(count) };
  });
