/** A kernel that takes a state one row of a table further, the row chosen by a dynamic offset. */
import type { NoiseSource } from '../../diffusion/noise.ts';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup } from '../../gpu/pipeline.ts';
import { tableOffsets, uniformView } from '../../gpu/uniform.ts';
import type { Wgsl } from '../../gpu/wgsl.ts';
import { type Shape, stateBytes } from '../shape.ts';

export interface StepBuffers {
  /** The rows, laid out for the kernel. */
  readonly table: GPUBuffer;
  /** The state, changed in place. */
  readonly x: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
  /** Where z comes from; JAX's where absent. */
  readonly noise?: NoiseSource | undefined;
}

export abstract class TableStep {
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];
  /** Every row's offset, made once: while playing nothing is allocated. */
  readonly #offsets: Uint32Array<ArrayBuffer>;

  /**
   * `pipelineOf` a row; `wgsl` declares the row, as a uniform of that name; `invocations` cover the
   * state; `more` is bound after x̂_0.
   */
  protected constructor(
    gpu: Gpu,
    readonly pipelineOf: (p: number) => GPUComputePipeline,
    wgsl: Wgsl,
    invocations: number,
    { table, x, x0Hat, shape }: StepBuffers,
    more: readonly GPUBuffer[] = [],
  ) {
    const size = uniformView(wgsl, 'row').arrayBuffer.byteLength;
    this.#group = bindGroup(gpu, pipelineOf(0), [
      { buffer: table, size },
      { buffer: x },
      // Of a buffer with slots only the state.
      ...[x0Hat, ...more].map((buffer) => ({ buffer, size: stateBytes(shape) })),
    ]);
    this.#grid = gridOf(
      Math.ceil(invocations / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
    this.#offsets = tableOffsets(gpu, table);
  }

  /** One step with row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    pass.setPipeline(this.pipelineOf(p));
    pass.setBindGroup(0, this.#group, this.#offsets, p, 1);
    pass.dispatchWorkgroups(...this.#grid);
  }
}
