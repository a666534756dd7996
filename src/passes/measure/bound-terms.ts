/** Σ(μ_q − μ_p)², Σ(x_0 − x̂_0)² and Σ(ε − ε̂)² over a state x_t: the terms of the bound, t = 2 … T. */
import bound from '../../../shaders/measure/bound.wgsl';
import { levelAt } from '../../diffusion/path.ts';
import { posterior } from '../../diffusion/posterior.ts';
import type { Schedule } from '../../diffusion/schedule.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableStride, uniformView } from '../../gpu/uniform.ts';
import { type Shape, valueCount } from '../shape.ts';
import { leaving, type Sums } from './sums.ts';

function stage(gpu: Gpu): Stage {
  const { label, sources, enable } = leaving(gpu);
  return {
    label: `terms of the bound${label}`,
    sources: [...sources, bound],
    enable,
    bindings: ['table row', 'read', 'read', 'read', 'write'],
    constants: { WORKGROUP_SIZE },
  };
}

export interface Measured {
  /** x_t */
  readonly x: GPUBuffer;
  readonly x0: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
  /** Where the sums go: that of t at index t − 1. */
  readonly sums: Sums;
}

export class BoundTerms {
  readonly #table: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #stride: number;

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    readonly schedule: Schedule,
    readonly measured: Measured,
  ) {
    const { x, x0, x0Hat, shape, sums } = measured;
    const rows = Array.from({ length: schedule.T }, (_, i) => {
      const { a, b } = posterior(schedule, i, i + 1);
      const { alpha, sigma } = levelAt(schedule, i + 1);
      return { a, b, alpha, sigma, values: valueCount(shape), first: i * sums.perTerm };
    });
    this.#table = tableBuffer(gpu, 'terms of the bound', bound, 'term', rows);
    this.#stride = tableStride(gpu);
    const size = uniformView(bound, 'term').arrayBuffer.byteLength;
    const states = [x, x0, x0Hat, sums.partials].map((buffer) => ({ buffer }));
    this.#group = bindGroup(gpu, pipeline, [{ buffer: this.#table, size }, ...states]);
  }

  static async create(gpu: Gpu, schedule: Schedule, measured: Measured): Promise<BoundTerms> {
    return new BoundTerms(gpu, await computePipeline(gpu, stage(gpu)), schedule, measured);
  }

  /** The sums of x_t. */
  encode(pass: GPUComputePassEncoder, t: number): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group, [(t - 1) * this.#stride]);
    pass.dispatchWorkgroups(this.measured.sums.workgroups);
  }

  release(): void {
    this.gpu.release(this.#table);
  }
}
