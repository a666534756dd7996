/** Kernels of the bench alone: each walks `from` and writes `to`, four values an invocation. */
import type { Gpu } from '../../src/gpu/device.ts';
import { WORKGROUP_SIZE } from '../../src/gpu/dispatch.ts';
import { Kernel } from '../../src/gpu/kernel.ts';
import { compile } from '../../src/gpu/pipeline.ts';
import type { Wgsl } from '../../src/gpu/wgsl.ts';

const BYTES_PER_VECTOR = 16;

/** `sources` end with a shader that binds what it reads and what it writes, in this order. */
export async function walk(
  gpu: Gpu,
  label: string,
  sources: readonly Wgsl[],
  { from, to }: { readonly from: GPUBuffer; readonly to: GPUBuffer },
  constants: Record<string, number> = {},
): Promise<(pass: GPUComputePassEncoder) => void> {
  const compiled = await compile(gpu, {
    label: `bench: ${label}`,
    sources,
    bindings: ['read', 'write'],
    constants: { WORKGROUP_SIZE, ...constants },
  });
  const kernel = new Kernel(compiled, [from, to], from.size / BYTES_PER_VECTOR);
  return (pass) => kernel.encode(pass);
}
