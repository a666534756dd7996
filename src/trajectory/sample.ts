/** A run that is computed rather than watched: its way back, state by state, at the caller's pace. */
import { lastPosition, timeAt } from '../diffusion/path.ts';
import type { Scales } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import { valueCount } from '../passes/shape.ts';
import { type TrajectoryOptions, type Walker, walking } from './walker.ts';

/** One state of the way back. */
export interface Sampled {
  /** x_t, NCHW. */
  readonly x: Float32Array<ArrayBuffer>;
  /** What the denoiser says of it. */
  readonly x0Hat: Float32Array<ArrayBuffer>;
  /** x_t = α x_0 + σ ε; undefined where channels differ in their noise. */
  readonly level: Scales | undefined;
  /** The schedule's, or the sampler's, which may look between two times. */
  readonly t: number;
}

/** Steps that are submitted at once on the way to the first state. */
const AT_ONCE = 16;

/** Walks to state `p`, asks the denoiser there, and copies both. */
async function visit(
  { gpu, cursor }: Walker,
  p: number,
  copies: readonly [Readback, Readback],
): Promise<void> {
  const { queue } = gpu.device;
  for (let arrived = false; !arrived; ) {
    const encoder = gpu.device.createCommandEncoder({ label: 'sample' });
    const pass = encoder.beginComputePass({ label: 'sample' });
    cursor.advance(queue, pass, p, AT_ONCE);
    arrived = cursor.position === p;
    if (arrived) cursor.denoise(pass);
    pass.end();
    if (arrived) {
      copies[0].encode(encoder, cursor.x);
      copies[1].encode(encoder, cursor.denoiser.x0Hat);
    }
    queue.submit([encoder.finish()]);
    // One part at a time, so that a page has the GPU in between.
    if (!arrived) await queue.onSubmittedWorkDone();
  }
}

/**
 * The states of a run's way back, noise first, data last; of a run there and back too, which first walks there. The memory is
 * given back when the loop ends, however it ends.
 *
 *     for await (const { x, x0Hat, level } of sample(gpu, { shape, seed, steps, denoiser })) …
 *
 * @throws as `Trajectory.create` does.
 */
export async function* sample(gpu: Gpu, options: TrajectoryOptions): AsyncGenerator<Sampled, void, void> {
  const size = valueCount(options.shape);
  const { walker, copies } = await walking(gpu, options, (walker) => ({
    walker,
    copies: [
      new Readback(gpu, walker.buffers.x.size),
      new Readback(gpu, walker.denoiser.x0Hat.size),
    ] as const,
  }));
  const { path } = walker;
  try {
    for (let p = path.there.length; p <= lastPosition(path); p++) {
      await visit(walker, p, copies);
      const [x, x0Hat] = await Promise.all(copies.map((copy) => copy.read()));
      yield {
        x: (x as Float32Array<ArrayBuffer>).slice(0, size),
        x0Hat: (x0Hat as Float32Array<ArrayBuffer>).slice(0, size),
        level: path.levels?.[p],
        t: timeAt(path, p),
      };
    }
  } finally {
    for (const copy of copies) copy.release();
    walker.release();
  }
}
