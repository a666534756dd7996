/** Uniform buffers whose layout is read from the WGSL that uses them, so that host and shader cannot drift apart. */
import { makeShaderDataDefinitions, makeStructuredView, type StructuredView } from 'webgpu-utils';
import type { Gpu } from './device.ts';

/**
 * A view that packs values the way the WGSL's `var<uniform>` of this name lays them out.
 * webgpu-utils 2.1.1 takes `workgroup` and `block` for keywords: WGSL given to it cannot use them as names.
 */
export function uniformView(wgsl: string, name: string): StructuredView {
  const definition = makeShaderDataDefinitions(wgsl).uniforms[name];
  if (!definition) throw new Error(`the shader has no uniform called ${name}`);
  return makeStructuredView(definition);
}

/** A buffer holding one set of values. */
export function uniformBuffer(
  gpu: Gpu,
  label: string,
  wgsl: string,
  name: string,
  values: object,
): GPUBuffer {
  const view = uniformView(wgsl, name);
  view.set(values);
  const { byteLength } = view.arrayBuffer;
  const buffer = gpu.buffer(label, byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  gpu.device.queue.writeBuffer(buffer, 0, view.arrayBuffer);
  return buffer;
}

/** Bytes from one row of a table to the next: a dynamic offset must be a multiple of the device's alignment. */
export const tableStride = (gpu: Gpu): number => gpu.device.limits.minUniformBufferOffsetAlignment;

/** Every row's offset in a table, for setBindGroup. */
export const tableOffsets = (gpu: Gpu, table: GPUBuffer): Uint32Array<ArrayBuffer> =>
  Uint32Array.from({ length: table.size / tableStride(gpu) }, (_, i) => i * tableStride(gpu));

/** A buffer of rows, each reachable by a dynamic offset of `tableStride` times its index. */
export function tableBuffer(
  gpu: Gpu,
  label: string,
  wgsl: string,
  name: string,
  rows: readonly object[],
): GPUBuffer {
  const view = uniformView(wgsl, name);
  const stride = tableStride(gpu);
  const bytes = new Uint8Array(stride * rows.length);
  rows.forEach((row, i) => {
    view.set(row);
    bytes.set(new Uint8Array(view.arrayBuffer), i * stride);
  });
  const buffer = gpu.buffer(label, bytes.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  gpu.device.queue.writeBuffer(buffer, 0, bytes);
  return buffer;
}
