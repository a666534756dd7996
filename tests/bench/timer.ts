import type { Gpu } from '../../src/gpu/device.ts';

const NS_PER_MS = 1e6;

/**
 * Milliseconds that the GPU takes over what `encode` puts into one compute pass: by its own clock where it has one,
 * else from submission to completion.
 */
export async function gpuMilliseconds(
  gpu: Gpu,
  encode: (pass: GPUComputePassEncoder) => void,
): Promise<number> {
  const { device } = gpu;
  const encoder = device.createCommandEncoder();
  if (!gpu.timestamps) {
    const pass = encoder.beginComputePass();
    encode(pass);
    pass.end();
    const begun = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - begun;
  }
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 });
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ size: 16, usage: QUERY_RESOLVE | COPY_SRC });
  const staging = device.createBuffer({ size: 16, usage: COPY_DST | MAP_READ });
  const pass = encoder.beginComputePass({
    timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
  });
  encode(pass);
  pass.end();
  encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
  encoder.copyBufferToBuffer(resolved, staging);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const [begun = 0n, ended = 0n] = new BigUint64Array(staging.getMappedRange().slice(0));
  for (const resource of [querySet, resolved, staging]) resource.destroy();
  return Number(ended - begun) / NS_PER_MS;
}

/** The median of the rounds' ratios: a machine whose speed drifts is so fair to both. */
export const medianRatio = (these: readonly number[], those: readonly number[]): number =>
  median(these.map((ms, round) => ms / (those[round] as number)));

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};
