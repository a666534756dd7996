/** Counts the values of a state into equal bins over [−RANGE, RANGE]. */
import histogram from '../../../shaders/measure/histogram.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { groupsFor, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, valueCount } from '../shape.ts';

export const BINS = 128;
/** Four standard deviations of N(0, 1) on either side. */
export const RANGE = 4;
const VECTORS_PER_INVOCATION = 16;

const STAGE: Stage = {
  label: 'histogram',
  sources: [histogram],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE, BINS, RANGE, VECTORS_PER_INVOCATION },
};

export class Histogram {
  private constructor(
    readonly kernel: Kernel,
    /** `BINS` unsigned counts. */
    readonly counts: GPUBuffer,
  ) {}

  static async create(gpu: Gpu, x: GPUBuffer, shape: Shape): Promise<Histogram> {
    const compiled = await compile(gpu, STAGE);
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const values = valueCount(shape);
    const counts = gpu.buffer('histogram', BINS * BYTES_PER_VALUE, STORAGE | COPY_DST | COPY_SRC);
    const spec = uniformBuffer(gpu, 'histogram', histogram, 'count', { values });
    const grid = groupsFor(gpu, Math.ceil(values / (4 * WORKGROUP_SIZE * VECTORS_PER_INVOCATION)));
    return new Histogram(new Kernel(compiled, [spec, x, counts], grid, [counts, spec]), counts);
  }

  encode(encoder: GPUCommandEncoder): void {
    encoder.clearBuffer(this.counts);
    const pass = encoder.beginComputePass();
    this.add(pass);
    pass.end();
  }

  /** Adds to the counts that are there. */
  add(pass: GPUComputePassEncoder): void {
    this.kernel.encode(pass);
  }

  release(): void {
    this.kernel.release();
  }
}
