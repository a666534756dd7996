/** y = x, as fast as the device goes: what every kernel that moves as many bytes can at best do. */
import grid from '../../../shaders/grid.wgsl';
import copy from '../../../shaders/measure/copy.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';

const STAGE: Stage = {
  label: 'copy',
  sources: [grid, copy],
  bindings: ['read', 'write'],
  constants: { WORKGROUP_SIZE },
};
const BYTES_PER_VECTOR = 16;

export class Copy {
  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    readonly buffers: readonly GPUBuffer[],
  ) {}

  /** Between two buffers of its own, of so many bytes. */
  static async create(gpu: Gpu, bytes: number): Promise<Copy> {
    const pipeline = await computePipeline(gpu, STAGE);
    const buffers = ['x', 'y'].map((name) => gpu.buffer(`copy ${name}`, bytes, GPUBufferUsage.STORAGE));
    return new Copy(gpu, pipeline, buffers);
  }

  encode(pass: GPUComputePassEncoder, times: number): void {
    const { gpu, pipeline, buffers } = this;
    const workgroups = Math.ceil((buffers[0] as GPUBuffer).size / (BYTES_PER_VECTOR * WORKGROUP_SIZE));
    const group = bindGroup(
      gpu,
      pipeline,
      buffers.map((buffer) => ({ buffer })),
    );
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let k = 0; k < times; k++)
      pass.dispatchWorkgroups(...gridOf(workgroups, gpu.device.limits.maxComputeWorkgroupsPerDimension));
  }

  release(): void {
    this.gpu.release(...this.buffers);
  }
}
