/** Which image of a set each image of a state is nearest to, from their distances. */
import grid from '../../../shaders/grid.wgsl';
import nearest from '../../../shaders/measure/nearest.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE } from '../shape.ts';
import { type Distances, QUAD } from './distances.ts';

const STAGE: Stage = {
  label: 'nearest images',
  sources: [grid, nearest],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

export class NearestImages {
  /** By quad of the state's images: four squared distances, then four indices, as float32. */
  readonly buffer: GPUBuffer;
  readonly #spec: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #quads: number;

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    { buffer: distances, images, quads, shares }: Distances,
  ) {
    const bytes = 2 * QUAD * quads * BYTES_PER_VALUE;
    this.buffer = gpu.buffer('nearest images', bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    this.#spec = uniformBuffer(gpu, 'nearest images', nearest, 'spec', { images, quads, shares });
    this.#quads = quads;
    this.#group = bindGroup(
      gpu,
      pipeline,
      [this.#spec, distances, this.buffer].map((buffer) => ({ buffer })),
    );
  }

  static async create(gpu: Gpu, distances: Distances): Promise<NearestImages> {
    return new NearestImages(gpu, await computePipeline(gpu, STAGE), distances);
  }

  encode(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(this.#quads);
  }

  release(): void {
    this.gpu.release(this.buffer, this.#spec);
  }
}
