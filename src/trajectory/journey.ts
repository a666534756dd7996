/** A run's path, and the kernel that takes a state along it: scalars, or matrices where the noise knows colour. */
import { type ColourNoise, colourProcess } from '../diffusion/colour.ts';
import { type ColourRow, colourPath } from '../diffusion/colour-path.ts';
import { type Path, path, type Row, type Start } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Gpu } from '../gpu/device.ts';
import { LinearGaussian, rowTable } from '../passes/linear-gaussian.ts';
import { colourRowTable, LinearGaussianColour } from '../passes/linear-gaussian-colour.ts';
import type { Shape } from '../passes/shape.ts';

export interface JourneyOptions {
  readonly shape: Shape;
  readonly schedule: Schedule;
  /** 0 … 2³² − 1. */
  readonly seed: number;
  readonly start: Start;
  /** How the channels' noise hangs together; a state of three channels. Absent: not at all, and any channels. */
  readonly colour?: ColourNoise;
}

/** Takes a state, and what a denoiser says of it, one row of the path further. */
export interface Step {
  encode(pass: GPUComputePassEncoder, p: number): void;
}

export interface Journey {
  readonly path: Path<Row | ColourRow>;
  /** The path on the GPU; release it when done. */
  readonly table: GPUBuffer;
  /** The kernel for one state. */
  readonly step: (x: GPUBuffer, x0Hat: GPUBuffer) => Promise<Step>;
}

/** @throws RangeError for a bad seed, and for colour noise that is no covariance or has no three channels to act on. */
export function journey(gpu: Gpu, { shape, schedule, seed, start, colour }: JourneyOptions): Journey {
  if (colour) {
    const run = colourPath(colourProcess(colour, schedule), seed, start);
    const table = colourRowTable(gpu, run.rows, shape);
    const step: Journey['step'] = (x, x0Hat) => LinearGaussianColour.create(gpu, { table, x, x0Hat, shape });
    return { path: run, table, step };
  }
  const run = path(schedule, seed, start);
  const table = rowTable(gpu, run.rows);
  return { path: run, table, step: (x, x0Hat) => LinearGaussian.create(gpu, { table, x, x0Hat, shape }) };
}
