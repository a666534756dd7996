/** A Gaussian blur of every plane, as scipy.ndimage.gaussian_filter(plane, sigma, mode='nearest') does it. */
import blur from '../../../shaders/denoise/blur.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, stateBuffer, valueCount } from '../shape.ts';
import { gaussianWeights } from './gaussian-weights.ts';

const STAGE: Stage = {
  label: 'blur',
  sources: [blur],
  bindings: ['uniform', 'read', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

export interface BlurOptions {
  readonly x: GPUBuffer;
  /** Where x goes, blurred. */
  readonly blurred: GPUBuffer;
  readonly shape: Shape;
  /** The standard deviation in pixels. */
  readonly sigma: number;
}

/** Along x, then along y. */
export class Blur extends Chain {
  static async create(gpu: Gpu, { x, blurred, shape, sigma }: BlurOptions): Promise<Blur> {
    const compiled = await compile(gpu, STAGE);
    const { STORAGE, COPY_DST } = GPUBufferUsage;
    const values = valueCount(shape);
    const profile = new Float32Array(gaussianWeights(sigma));
    const weights = gpu.buffer('weights', profile.length * BYTES_PER_VALUE, STORAGE | COPY_DST);
    gpu.device.queue.writeBuffer(weights, 0, profile);
    const alongX = stateBuffer(gpu, 'blurred along x', shape);
    const along = (stride: number, length: number, from: GPUBuffer, to: GPUBuffer) => {
      const axis = uniformBuffer(gpu, 'axis', blur, 'axis', { values, stride, length });
      return new Kernel(compiled, [axis, weights, from, to], values, [axis]);
    };
    const kernels = [along(1, shape.w, x, alongX), along(shape.w, shape.h, alongX, blurred)];
    return new Blur(gpu, kernels, [weights, alongX]);
  }
}
