/**
 * Sums over states, kept on the GPU until all of them are there: a kernel leaves partial sums, this adds them up. Each
 * sum is a vector of four.
 */
import grid from '../../../shaders/grid.wgsl';
import fold from '../../../shaders/measure/fold.wgsl';
import leaveSum from '../../../shaders/measure/leave_sum.wgsl';
import leaveSumSubgroups from '../../../shaders/measure/leave_sum_subgroups.wgsl';
import sum from '../../../shaders/measure/sum.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, vectorCount } from '../shape.ts';

const STAGE: Stage = {
  label: 'fold',
  sources: [grid, sum, fold],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

const BYTES_PER_SUM = 4 * BYTES_PER_VALUE;
/** A lane's share. On software adapters a workgroup that shares memory costs as much as ten of its loops. */
const VECTORS_PER_LANE = 16;
/** Enough to keep a GPU busy, few enough to keep those of every t: 8 KiB each. */
const MOST_PARTIALS = 512;

/** How a kernel leaves its sums: by subgroups where there are any. What is to be added to its stage, its label too. */
export const leaving = ({ subgroupSize }: Gpu): Required<Pick<Stage, 'label' | 'sources' | 'enable'>> =>
  subgroupSize > 0
    ? { label: ', by subgroups', sources: [grid, leaveSumSubgroups], enable: ['subgroups'] }
    : { label: '', sources: [grid, sum, leaveSum], enable: [] };

/** Workgroups that sum up a term, and the partial sums that they leave. */
export function partialsOf({ subgroupSize }: Gpu, shape: Shape) {
  const perWorkgroup = subgroupSize > 0 ? Math.ceil(WORKGROUP_SIZE / subgroupSize) : 1;
  const workgroups = Math.min(
    Math.ceil(vectorCount(shape) / (WORKGROUP_SIZE * VECTORS_PER_LANE)),
    Math.ceil(MOST_PARTIALS / perWorkgroup),
  );
  return { workgroups, perTerm: workgroups * perWorkgroup };
}

export class Sums {
  /** That sum up a term. */
  readonly workgroups: number;
  /** Partial sums to a term. */
  readonly perTerm: number;
  readonly partials: GPUBuffer;
  /** One sum for every term, once `encode` has run. */
  readonly totals: GPUBuffer;
  readonly #spec: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    terms: number,
    shape: Shape,
  ) {
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    ({ workgroups: this.workgroups, perTerm: this.perTerm } = partialsOf(gpu, shape));
    this.partials = gpu.buffer('partial sums', terms * this.perTerm * BYTES_PER_SUM, STORAGE);
    this.totals = gpu.buffer('sums', terms * BYTES_PER_SUM, STORAGE | COPY_SRC);
    this.#spec = uniformBuffer(gpu, 'fold', fold, 'fold', { partials: this.perTerm });
    this.#group = bindGroup(
      gpu,
      pipeline,
      [this.#spec, this.partials, this.totals].map((buffer) => ({ buffer })),
    );
    this.#grid = gridOf(terms, gpu.device.limits.maxComputeWorkgroupsPerDimension);
  }

  static async create(gpu: Gpu, terms: number, shape: Shape): Promise<Sums> {
    return new Sums(gpu, await computePipeline(gpu, STAGE), terms, shape);
  }

  encode(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.gpu.release(this.partials, this.totals, this.#spec);
  }
}
