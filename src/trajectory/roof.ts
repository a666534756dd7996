/** What the device's memory allows, measured, and how near to it a run's steps come. */
import type { Gpu } from '../gpu/device.ts';
import { Copy } from '../passes/measure/copy.ts';
import { stateBytes } from '../passes/shape.ts';
import type { Trajectory } from './trajectory.ts';

/** Beside this a submission's own time is nothing. */
const ENOUGH_MS = 40;
const ROUNDS = 3;
const MOST_COPIES = 2 ** 14;
/** Of a copy's buffers: those of a run's states, but for what no cache or no page can do with. */
const LEAST_BYTES = 2 ** 20;
const MOST_BYTES = 2 ** 26;

/** A step reads x and x̂_0 and writes x. */
const TRANSFERS = 3;

/**
 * Bytes a second that a copy of a state of `bytes` reads and writes, the best of a few: for a GPU that has nothing else to do
 * for a fifth of a second. Takes two such states meanwhile.
 */
export function copyRate(gpu: Gpu, bytes: number): Promise<number> {
  return gpu.checked(async () => {
    const size = 16 * Math.ceil(Math.min(Math.max(bytes, LEAST_BYTES), MOST_BYTES) / 16);
    const copy = await Copy.create(gpu, size);
    const timed = async (times: number) => {
      const encoder = gpu.device.createCommandEncoder({ label: 'copy' });
      const pass = encoder.beginComputePass();
      copy.encode(pass, times);
      pass.end();
      const begun = performance.now();
      gpu.device.queue.submit([encoder.finish()]);
      await gpu.device.queue.onSubmittedWorkDone();
      return performance.now() - begun;
    };
    let times = 1;
    while ((await timed(times)) < ENOUGH_MS && times < MOST_COPIES) times *= 2;
    const rates: number[] = [];
    for (let k = 0; k < ROUNDS; k++) rates.push((1e3 * 2 * size * times) / (await timed(times)));
    copy.release();
    return Math.max(...rates);
  });
}

/**
 * How near a run's steps come to `rate`, as a part of it: what a step has to move, in the time that it took while many of
 * them followed each other. That includes the pictures, so it is no more than the kernel's own. Undefined where no such
 * time has been measured, and for runs whose steps move something else as well.
 */
export function shareOf(run: Trajectory, rate: number): number | undefined {
  const { denoiser, options, buffers, busyMsPerStep } = run;
  const bytes = stateBytes(options.shape);
  if (!denoiser.constant || buffers.x.size !== bytes || Number.isNaN(busyMsPerStep)) return undefined;
  return (1e3 * TRANSFERS * bytes) / busyMsPerStep / rate;
}
