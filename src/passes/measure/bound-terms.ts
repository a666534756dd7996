/** Σ(μ_q − μ_p)², Σ(x_0 − x̂_0)² and Σ(ε − ε̂)² over a state x_t: the terms of the bound, t = 2 … T. */
import bound from '../../../shaders/measure/bound.wgsl';
import { levelAt } from '../../diffusion/path.ts';
import { posterior } from '../../diffusion/posterior.ts';
import type { Schedule } from '../../diffusion/schedule.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import { type Shape, valueCount } from '../shape.ts';
import { leaving, type Sums } from './sums.ts';

const stage = (gpu: Gpu): Stage => ({
  label: 'terms of the bound',
  sources: [leaving(gpu), bound],
  bindings: ['table row', 'read', 'read', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
});

export interface Measured {
  /** x_t */
  readonly x: GPUBuffer;
  readonly x0: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
  /** Where the sums go: that of t at index t − 1. */
  readonly sums: Sums;
}

export class BoundTerms extends Kernel {
  static async create(gpu: Gpu, schedule: Schedule, measured: Measured): Promise<BoundTerms> {
    const compiled = await compile(gpu, stage(gpu));
    const { x, x0, x0Hat, shape, sums } = measured;
    const rows = Array.from({ length: schedule.T }, (_, i) => {
      const { a, b } = posterior(schedule, i, i + 1);
      const { alpha, sigma } = levelAt(schedule, i + 1);
      return { a, b, alpha, sigma, values: valueCount(shape), first: i * sums.perTerm };
    });
    const table = tableBuffer(gpu, 'terms of the bound', bound, 'term', rows);
    return new BoundTerms(compiled, [table, x, x0, x0Hat, sums.partials], [sums.workgroups], [table]);
  }

  /** The sums of x_t. */
  override encode(pass: GPUComputePassEncoder, t: number): void {
    super.encode(pass, t - 1);
  }
}
