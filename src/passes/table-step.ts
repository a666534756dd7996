/** A kernel that takes a state one row of a table further, the row chosen by a dynamic offset. */
import type { Gpu } from '../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../gpu/dispatch.ts';
import { bindGroup } from '../gpu/pipeline.ts';
import { tableOffsets, uniformView } from '../gpu/uniform.ts';
import type { Shape } from './shape.ts';

export interface StepBuffers {
  /** The rows, laid out for the kernel. */
  readonly table: GPUBuffer;
  /** The state, changed in place. */
  readonly x: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
}

export abstract class TableStep {
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];
  /** Every row's offset, made once: while playing nothing is allocated. */
  readonly #offsets: Uint32Array<ArrayBuffer>;

  /** `wgsl` declares the row, as a uniform of that name; `invocations` cover the state. */
  protected constructor(
    gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    wgsl: string,
    invocations: number,
    { table, x, x0Hat }: StepBuffers,
  ) {
    const size = uniformView(wgsl, 'row').arrayBuffer.byteLength;
    this.#group = bindGroup(gpu, pipeline, [{ buffer: table, size }, { buffer: x }, { buffer: x0Hat }]);
    this.#grid = gridOf(
      Math.ceil(invocations / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
    this.#offsets = tableOffsets(gpu, table);
  }

  /** One step with row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group, this.#offsets, p, 1);
    pass.dispatchWorkgroups(...this.#grid);
  }
}
