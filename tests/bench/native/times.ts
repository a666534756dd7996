/** The kernels' times on this adapter, and how near they are to its ceilings. */
import type { Gpu } from '../../../src/gpu/device.ts';
import { type Shape, stateBytes, valueCount } from '../../../src/passes/shape.ts';
import { gpuMilliseconds, median } from '../timer.ts';
import { copyKernel, floatOps, integerOps, multiplyAddKernel, roundsKernel, type Timed } from './ceilings.ts';
import { type Kernel, kernels } from './kernels.ts';

export interface Ceilings {
  /** Bytes, float operations and integer operations a millisecond. */
  readonly bytes: number;
  readonly floatOps: number;
  readonly integerOps: number;
}

export interface KernelTime {
  readonly name: string;
  readonly shape: Shape;
  readonly ms: number;
  /** Of the larger of the floors, and which it is. */
  readonly share: number;
  readonly floor: keyof Ceilings;
}

/** About so long is a measurement, that clocks and submissions weigh little. */
const MEASURED_MS = 25;
const MOST_DISPATCHES = 400;

/** Milliseconds a dispatch, several of them timed as one. */
async function timer(gpu: Gpu, { encode }: Timed): Promise<() => Promise<number>> {
  const time = async (count: number) => {
    const ms = await gpuMilliseconds(gpu, (pass) => {
      for (let k = 0; k < count; k++) encode(pass);
    });
    return ms / count;
  };
  await time(1);
  const once = await time(2);
  const count = Math.min(Math.max(Math.ceil(MEASURED_MS / once), 1), MOST_DISPATCHES);
  return () => time(count);
}

/** Medians over rounds in which all of them take turns. */
async function inTurns(gpu: Gpu, timed: readonly Timed[], rounds: number): Promise<number[]> {
  const timers = [];
  for (const one of timed) timers.push(await timer(gpu, one));
  const times = timed.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [i, time] of timers.entries()) times[i]?.push(await time());
  }
  return times.map(median);
}

function held(kernel: Kernel, shape: Shape, ms: number, ceilings: Ceilings): KernelTime {
  const names = ['bytes', 'floatOps', 'integerOps'] as const;
  const floorOf = (name: keyof Ceilings) => (kernel[name] * valueCount(shape)) / ceilings[name];
  const floor = names.reduce((most, name) => (floorOf(name) > floorOf(most) ? name : most));
  return { name: kernel.name, shape, ms, share: floorOf(floor) / ms, floor };
}

/** All kernels at one size, the ceilings measured in between: that of bytes over as much memory as a step touches. */
export async function timesAt(
  gpu: Gpu,
  shape: Shape,
  rounds: number,
): Promise<{ ceilings: Ceilings; times: KernelTime[] }> {
  const copied = stateBytes(shape);
  const timed = [await copyKernel(gpu, copied), await multiplyAddKernel(gpu), await roundsKernel(gpu)];
  for (const { make } of kernels) timed.push(await make(gpu, shape));
  const [copyMs = 0, floatMs = 0, integerMs = 0, ...ms] = await inTurns(gpu, timed, rounds);
  for (const one of timed) one.release();
  const ceilings = {
    bytes: (2 * copied) / copyMs,
    floatOps: floatOps(gpu) / floatMs,
    integerOps: integerOps(gpu) / integerMs,
  };
  const times = kernels.map((kernel, i) => held(kernel, shape, ms[i] as number, ceilings));
  return { ceilings, times };
}
