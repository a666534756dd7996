/** Kernels of the bench alone: each walks `from` and writes `to`, four values an invocation. */
import grid from '../../shaders/grid.wgsl';
import type { Gpu } from '../../src/gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../src/gpu/dispatch.ts';
import { bindGroup, computePipeline } from '../../src/gpu/pipeline.ts';
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
  const pipeline = await computePipeline(gpu, {
    label: `bench: ${label}`,
    sources: [grid, ...sources],
    bindings: ['read', 'write'],
    constants: { WORKGROUP_SIZE, ...constants },
  });
  const group = bindGroup(gpu, pipeline, [{ buffer: from }, { buffer: to }]);
  const workgroups = Math.ceil(from.size / (BYTES_PER_VECTOR * WORKGROUP_SIZE));
  const columns = gridOf(workgroups, gpu.device.limits.maxComputeWorkgroupsPerDimension);
  return (pass) => {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...columns);
  };
}
