/** One value of the run, followed while it plays: a few bytes copied beside the frame, mapped when they come. */

import { noiseAt } from '../diffusion/noise.ts';
import { directionAt, timeAt } from '../diffusion/path.ts';
import type { Gpu } from '../gpu/device.ts';
import { BYTES_PER_VALUE } from '../passes/shape.ts';
import type { Trajectory } from './trajectory.ts';

/** What was there when the copy was made. */
export interface Probed {
  readonly p: number;
  /** The value's index in the state. */
  readonly index: number;
  readonly xt: number;
  readonly x0: number;
  readonly x0Hat: number;
}

/** Copies under way: enough that a slow one does not hold the next back. */
const COPIES = 3;

export class Probe {
  readonly #free: GPUBuffer[];
  readonly #all: readonly GPUBuffer[];

  constructor(
    readonly gpu: Gpu,
    /** x_t, x_0 and x̂_0. */
    readonly states: readonly GPUBuffer[],
    /** The value's place in the state, NCHW. */
    readonly index: number,
    readonly onValue: (probed: Probed) => void,
  ) {
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    this.#all = Array.from({ length: COPIES }, () =>
      gpu.buffer('probe', states.length * BYTES_PER_VALUE, MAP_READ | COPY_DST),
    );
    this.#free = [...this.#all];
  }

  /** Encodes the copy for the state at `p`; returns what to call after submitting. A busy probe lets a frame pass. */
  encode(encoder: GPUCommandEncoder, p: number): (() => Promise<void>) | undefined {
    const staging = this.#free.pop();
    if (!staging) return undefined;
    const { index } = this;
    const offset = index * BYTES_PER_VALUE;
    this.states.forEach((state, i) => {
      encoder.copyBufferToBuffer(state, offset, staging, i * BYTES_PER_VALUE, BYTES_PER_VALUE);
    });
    return async () => {
      await staging.mapAsync(GPUMapMode.READ);
      const [xt = 0, x0 = 0, x0Hat = 0] = new Float32Array(staging.getMappedRange());
      staging.unmap();
      this.#free.push(staging);
      this.onValue({ p, index, xt, x0, x0Hat });
    };
  }

  release(): void {
    this.gpu.release(...this.#all);
  }
}

/**
 * The x_{t−1} that the run draws at this pixel: on the way back the next state, on the way there the one before. The
 * noise is a function, so the host can name it, to float32 rounding. Undefined at t = 0, where a sampler takes a step of
 * its own, on the way there of an inversion, and in a run of colour noise, where one channel alone does not tell.
 */
export function drawAt(run: Trajectory, { p, index, xt, x0Hat }: Probed): number | undefined {
  const { path, options } = run;
  if (timeAt(path, p) === 0) return undefined;
  const there = directionAt(path, p) === 'forward';
  const row = path.rows[there ? p : p + 1];
  if (!row || 'A' in row || row.c) return undefined;
  // An inversion's step knows what the denoiser said of the state before.
  if (there && row.b !== 0) return undefined;
  const noise = row.s * noiseAt(options.noise ?? 'jax', row.key, (row.first ?? 0) + index);
  return there ? (xt - noise) / row.a : row.a * xt + row.b * x0Hat + noise;
}
