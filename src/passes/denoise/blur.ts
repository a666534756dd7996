/** A Gaussian blur of every plane, as scipy.ndimage.gaussian_filter(plane, sigma, mode='nearest') does it. */
import blur from '../../../shaders/denoise/blur.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, stateBuffer, valueCount } from '../shape.ts';
import { gaussianWeights } from './gaussian-weights.ts';

const STAGE: Stage = {
  label: 'blur',
  sources: [grid, blur],
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

export class Blur {
  readonly #buffers: GPUBuffer[];
  /** Along x, then along y. */
  readonly #groups: readonly GPUBindGroup[];
  readonly #grid: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    { x, blurred, shape, sigma }: BlurOptions,
  ) {
    const { STORAGE, COPY_DST } = GPUBufferUsage;
    const values = valueCount(shape);
    const kernel = new Float32Array(gaussianWeights(sigma));
    const weights = gpu.buffer('weights', kernel.length * BYTES_PER_VALUE, STORAGE | COPY_DST);
    gpu.device.queue.writeBuffer(weights, 0, kernel);
    const alongX = stateBuffer(gpu, 'blurred along x', shape);
    this.#buffers = [weights, alongX];
    const along = (stride: number, length: number, from: GPUBuffer, to: GPUBuffer) => {
      const axis = uniformBuffer(gpu, 'axis', blur, 'axis', { values, stride, length });
      this.#buffers.push(axis);
      return bindGroup(
        gpu,
        pipeline,
        [axis, weights, from, to].map((buffer) => ({ buffer })),
      );
    };
    this.#groups = [along(1, shape.w, x, alongX), along(shape.w, shape.h, alongX, blurred)];
    this.#grid = gridOf(
      Math.ceil(values / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  static async create(gpu: Gpu, options: BlurOptions): Promise<Blur> {
    return new Blur(gpu, await computePipeline(gpu, STAGE), options);
  }

  encode(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    for (const group of this.#groups) {
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...this.#grid);
    }
  }

  release(): void {
    this.gpu.release(...this.#buffers);
  }
}
