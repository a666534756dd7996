/** The GPU that the tests share, and the way to it and back. */
import { type Gpu, requestGpu } from '../../../src/gpu/device.ts';
import { Readback } from '../../../src/gpu/readback.ts';

const errors: string[] = [];

/** A GPU whose uncaught errors fail the test. */
export async function newGpu(): Promise<Gpu> {
  const gpu = await requestGpu();
  gpu.onError = (message) => errors.push(message);
  return gpu;
}

export const gpu = await newGpu();

/** Runs `use` as if the device's limit of this name were this small. */
export async function withDeviceLimit<Result>(
  name: keyof GPUSupportedLimits,
  value: number,
  use: () => Promise<Result>,
): Promise<Result> {
  const { limits } = gpu.device;
  Object.defineProperty(limits, name, { value, configurable: true });
  try {
    return await use();
  } finally {
    Reflect.deleteProperty(limits, name);
  }
}

/** Runs `use` as on a device that has no subgroups. */
export async function withoutSubgroups<Result>(use: () => Promise<Result>): Promise<Result> {
  Object.defineProperty(gpu, 'subgroupSize', { value: 0, configurable: true });
  try {
    return await use();
  } finally {
    Reflect.deleteProperty(gpu, 'subgroupSize');
  }
}

/** The errors since the last call. */
export const takeErrors = (): string[] => errors.splice(0);

const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;

/** A storage buffer with `data` in it. */
export function upload(label: string, data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
  const buffer = gpu.buffer(label, data.byteLength, STORAGE | COPY_SRC | COPY_DST);
  gpu.device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

export function submit(encode: (encoder: GPUCommandEncoder) => void): void {
  const encoder = gpu.device.createCommandEncoder();
  encode(encoder);
  gpu.device.queue.submit([encoder.finish()]);
}

/** Submits what `encode` encodes, and returns what `source` holds then. */
export async function download(
  source: GPUBuffer,
  encode: (encoder: GPUCommandEncoder) => void = () => {},
): Promise<Float32Array<ArrayBuffer>> {
  const readback = new Readback(gpu, source.size);
  submit((encoder) => {
    encode(encoder);
    readback.encode(encoder, source);
  });
  const values = await readback.read();
  readback.release();
  return values;
}

/** The labels of the buffers that are made while `use` runs. */
export async function buffersMade(use: () => Promise<void>): Promise<string[]> {
  const labels: string[] = [];
  const { buffer } = gpu;
  gpu.buffer = (label, size, usage) => {
    labels.push(label);
    return buffer.call(gpu, label, size, usage);
  };
  try {
    await use();
  } finally {
    gpu.buffer = buffer;
  }
  return labels;
}
