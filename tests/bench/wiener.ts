/** The Wiener denoiser, to be timed. */

import type { Images } from '../../src/diffusion/images.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { key } from '../../src/diffusion/random.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { type Shape, stateBuffer, valueCount } from '../../src/passes/shape.ts';
import type { Step } from '../../src/trajectory/journey.ts';
import { alone } from '../alone.ts';

/** Asked at one level, whatever the position. */
export async function bareWiener(gpu: Gpu, shape: Shape): Promise<{ step: Step; release: () => void }> {
  const x = stateBuffer(gpu, 'x_t', shape);
  gpu.device.queue.writeBuffer(x, 0, new Float32Array(normals(key(2), valueCount(shape))));
  const one = { ...shape, n: 1 };
  const source: Images = { shape: one, values: new Float32Array(normals(key(1), valueCount(one))) };
  const levels = [{ alpha: 0.8, sigma: 0.6, t: 1 }];
  const denoiser = await alone(gpu, { name: 'wiener', source }, { x, shape, levels });
  return {
    step: { encode: (pass) => denoiser.encode(pass, 0) },
    release: () => {
      denoiser.release();
      gpu.release(x);
    },
  };
}
