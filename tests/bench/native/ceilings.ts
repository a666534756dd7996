/** What the device can do at the most, measured in the same run as the kernels that are held against it. */
import copy from '../../../shaders/measure/copy.wgsl';
import type { Gpu } from '../../../src/gpu/device.ts';
import { WORKGROUP_SIZE } from '../../../src/gpu/dispatch.ts';
import { Kernel } from '../../../src/gpu/kernel.ts';
import { type Binding, compile } from '../../../src/gpu/pipeline.ts';
import type { Wgsl } from '../../../src/gpu/wgsl.ts';
import multiplyAdd from './multiply_add.wgsl';
import rounds from './rounds.wgsl';

/** A kernel to be timed. */
export interface Timed {
  encode(pass: GPUComputePassEncoder): void;
  release(): void;
}

const BYTES_PER_VECTOR = 16;
/** Turns of the loops in the two kernels that compute. */
const LENGTH = 256;
/** Enough threads for any GPU; on the CPU, enough for its cores. */
const lanes = ({ software }: Gpu): number => 2 ** (software ? 13 : 18);

/** Of one dispatch: four multiply-adds a turn, each of two operations on four numbers. */
export const floatOps = (gpu: Gpu): number => lanes(gpu) * LENGTH * 4 * 2 * 4;
/** Of one dispatch: four rounds a turn, each of an addition, two shifts, an or and an exclusive or on four words. */
export const integerOps = (gpu: Gpu): number => lanes(gpu) * LENGTH * 4 * 5 * 4;

async function kernel(
  gpu: Gpu,
  label: string,
  wgsl: Wgsl,
  bindings: readonly Binding[],
  buffers: readonly GPUBuffer[],
  invocations: number,
  constants: Record<string, number> = {},
): Promise<Timed> {
  const compiled = await compile(gpu, {
    label,
    sources: [wgsl],
    bindings,
    constants: { WORKGROUP_SIZE, ...constants },
  });
  return new Kernel(compiled, buffers, invocations, buffers);
}

/** Reads so many bytes, and writes as many: half of the memory that a kernel touches, so that caches serve both alike. */
export function copyKernel(gpu: Gpu, bytes: number): Promise<Timed> {
  const buffers = ['source', 'target'].map((label) => gpu.buffer(label, bytes, GPUBufferUsage.STORAGE));
  return kernel(gpu, 'copy', copy, ['read', 'write'], buffers, bytes / BYTES_PER_VECTOR);
}

export function multiplyAddKernel(gpu: Gpu): Promise<Timed> {
  const sums = gpu.buffer('sums', lanes(gpu) * BYTES_PER_VECTOR, GPUBufferUsage.STORAGE);
  return kernel(gpu, 'multiply-add', multiplyAdd, ['write'], [sums], lanes(gpu), { LENGTH });
}

export function roundsKernel(gpu: Gpu): Promise<Timed> {
  const words = gpu.buffer('words', lanes(gpu) * BYTES_PER_VECTOR, GPUBufferUsage.STORAGE);
  return kernel(gpu, 'rounds', rounds, ['write'], [words], lanes(gpu), { LENGTH });
}
