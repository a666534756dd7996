/** A kernel with one uniform, one invocation an element, that is always dispatched alike. */
import type { Gpu } from '../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../gpu/dispatch.ts';
import { bindGroup } from '../gpu/pipeline.ts';

export abstract class SimplePass {
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];

  /** `spec` and `owned` are released with the pass. */
  protected constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    readonly spec: GPUBuffer,
    buffers: readonly GPUBuffer[],
    elements: number,
    readonly owned: readonly GPUBuffer[] = [],
  ) {
    this.#group = bindGroup(
      gpu,
      pipeline,
      [spec, ...buffers].map((buffer) => ({ buffer })),
    );
    this.#grid = gridOf(
      Math.ceil(elements / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  encode(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.gpu.release(this.spec, ...this.owned);
  }
}
