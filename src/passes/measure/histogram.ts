/** Counts the values of a state into equal bins over [−RANGE, RANGE]. */
import grid from '../../../shaders/grid.wgsl';
import histogram from '../../../shaders/measure/histogram.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, valueCount } from '../shape.ts';

export const BINS = 128;
/** Four standard deviations of N(0, 1) on either side. */
export const RANGE = 4;
const VECTORS_PER_INVOCATION = 16;

const STAGE: Stage = {
  label: 'histogram',
  sources: [grid, histogram],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE, BINS, RANGE, VECTORS_PER_INVOCATION },
};

export class Histogram {
  /** `BINS` unsigned counts. */
  readonly counts: GPUBuffer;
  readonly #spec: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    x: GPUBuffer,
    shape: Shape,
  ) {
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const values = valueCount(shape);
    this.counts = gpu.buffer('histogram', BINS * BYTES_PER_VALUE, STORAGE | COPY_DST | COPY_SRC);
    this.#spec = uniformBuffer(gpu, 'histogram', histogram, 'count', { values });
    this.#group = bindGroup(gpu, pipeline, [{ buffer: this.#spec }, { buffer: x }, { buffer: this.counts }]);
    this.#grid = gridOf(
      Math.ceil(values / (4 * WORKGROUP_SIZE * VECTORS_PER_INVOCATION)),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  static async create(gpu: Gpu, x: GPUBuffer, shape: Shape): Promise<Histogram> {
    return new Histogram(gpu, await computePipeline(gpu, STAGE), x, shape);
  }

  encode(encoder: GPUCommandEncoder): void {
    encoder.clearBuffer(this.counts);
    const pass = encoder.beginComputePass();
    this.add(pass);
    pass.end();
  }

  /** Adds to the counts that are there. */
  add(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.gpu.release(this.counts, this.#spec);
  }
}
