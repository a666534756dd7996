/**
 * Sums over states, kept on the GPU until all of them are there: a kernel leaves partial sums, this adds them up. Each
 * sum is a vector of four.
 */
import fold from '../../../shaders/measure/fold.wgsl';
import leaveSum from '../../../shaders/measure/leave_sum.wgsl';
import leaveSumSubgroups from '../../../shaders/measure/leave_sum_subgroups.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { groupsFor, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import type { Wgsl } from '../../gpu/wgsl.ts';
import { BYTES_PER_VALUE, type Shape, vectorCount } from '../shape.ts';

const STAGE: Stage = {
  label: 'fold',
  sources: [fold],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

const BYTES_PER_SUM = 4 * BYTES_PER_VALUE;
/** A lane's share. On software adapters a workgroup that shares memory costs as much as ten of its loops. */
const VECTORS_PER_LANE = 16;
/** Enough to keep a GPU busy, few enough to keep those of every t: 8 KiB each. */
const MOST_PARTIALS = 512;

/** How a kernel leaves its sums: by subgroups where there are any. */
export const leaving = ({ subgroupSize }: Gpu): Wgsl => (subgroupSize > 0 ? leaveSumSubgroups : leaveSum);

/** Workgroups that sum up a term, and the partial sums that they leave. */
export function partialsOf({ subgroupSize }: Gpu, shape: Shape) {
  const perWorkgroup = subgroupSize > 0 ? Math.ceil(WORKGROUP_SIZE / subgroupSize) : 1;
  const workgroups = Math.min(
    Math.ceil(vectorCount(shape) / (WORKGROUP_SIZE * VECTORS_PER_LANE)),
    Math.ceil(MOST_PARTIALS / perWorkgroup),
  );
  return { workgroups, perTerm: workgroups * perWorkgroup };
}

export class Sums extends Kernel {
  private constructor(
    compiled: Compiled,
    terms: number,
    /** That sum up a term. */
    readonly workgroups: number,
    /** Partial sums to a term. */
    readonly perTerm: number,
    readonly partials: GPUBuffer,
    /** One sum for every term, once `encode` has run. */
    readonly totals: GPUBuffer,
  ) {
    const { gpu } = compiled;
    const spec = uniformBuffer(gpu, 'fold', fold, 'fold', { partials: perTerm });
    super(compiled, [spec, partials, totals], groupsFor(gpu, terms), [partials, totals, spec]);
  }

  static async create(gpu: Gpu, terms: number, shape: Shape): Promise<Sums> {
    const compiled = await compile(gpu, STAGE);
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const { workgroups, perTerm } = partialsOf(gpu, shape);
    const partials = gpu.buffer('partial sums', terms * perTerm * BYTES_PER_SUM, STORAGE);
    const totals = gpu.buffer('sums', terms * BYTES_PER_SUM, STORAGE | COPY_SRC);
    return new Sums(compiled, terms, workgroups, perTerm, partials, totals);
  }
}
