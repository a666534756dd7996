/** Uniform buffers whose layout is read from the WGSL that uses them, so that host and shader cannot drift apart. */
import type { Gpu } from './device.ts';
import { type Field, type Wgsl, withNeeds } from './wgsl.ts';

export interface UniformView {
  readonly arrayBuffer: ArrayBuffer;
  /**
   * Packs the values of fields, a number or as many as a vector or matrix takes, the way the WGSL lays them out.
   * @throws Error for a field that the struct has not.
   */
  set(values: object): void;
}

const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array };

/** For the `var<uniform>` of this name in the WGSL or what it needs. */
export function uniformView(wgsl: Wgsl, name: string): UniformView {
  const layout = [...withNeeds([wgsl])].map(({ uniforms }) => uniforms[name]).find(Boolean);
  if (!layout) throw new Error(`the shader has no uniform called ${name}`);
  const arrayBuffer = new ArrayBuffer(layout.size);
  const viewOf = ({ type, offset, length }: Field) => new ARRAYS[type](arrayBuffer, offset, length);
  const views = new Map(Object.entries(layout.fields).map(([field, where]) => [field, viewOf(where)]));
  return {
    arrayBuffer,
    set: (values) => {
      for (const [field, value] of Object.entries<number | ArrayLike<number>>({ ...values })) {
        const view = views.get(field);
        if (!view) throw new Error(`the uniform ${name} has no field called ${field}`);
        view.set(typeof value === 'number' ? [value] : value);
      }
    },
  };
}

/** A buffer holding one set of values. */
export function uniformBuffer(gpu: Gpu, label: string, wgsl: Wgsl, name: string, values: object): GPUBuffer {
  const view = uniformView(wgsl, name);
  view.set(values);
  const { byteLength } = view.arrayBuffer;
  const buffer = gpu.buffer(label, byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  gpu.device.queue.writeBuffer(buffer, 0, view.arrayBuffer);
  return buffer;
}

/** Bytes from one row of a table to the next: a dynamic offset must be a multiple of the device's alignment. */
export const tableStride = (gpu: Gpu): number => gpu.device.limits.minUniformBufferOffsetAlignment;

/** A buffer of rows, each reachable by a dynamic offset of `tableStride` times its index. */
export function tableBuffer(
  gpu: Gpu,
  label: string,
  wgsl: Wgsl,
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
