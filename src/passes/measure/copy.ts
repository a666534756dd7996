/** y = x, as fast as the device goes: what every kernel that moves as many bytes can at best do. */
import copy from '../../../shaders/measure/copy.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';

const STAGE: Stage = {
  label: 'copy',
  sources: [copy],
  bindings: ['read', 'write'],
  constants: { WORKGROUP_SIZE },
};
const BYTES_PER_VECTOR = 16;

export class Copy extends Kernel {
  /** Between two buffers of its own, of so many bytes. */
  static async create(gpu: Gpu, bytes: number): Promise<Copy> {
    const compiled = await compile(gpu, STAGE);
    const buffers = ['x', 'y'].map((name) => gpu.buffer(`copy ${name}`, bytes, GPUBufferUsage.STORAGE));
    return new Copy(compiled, buffers, bytes / BYTES_PER_VECTOR, buffers);
  }

  override encode(pass: GPUComputePassEncoder, times: number): void {
    for (let k = 0; k < times; k++) super.encode(pass);
  }
}
