/** A run's path, and the kernel that takes a state along it: scalars, or matrices where the noise knows colour. */
import type { Denoiser } from '../denoisers/denoiser.ts';
import type { ColourNoise } from '../diffusion/colour.ts';
import type { ColourRow } from '../diffusion/colour-path.ts';
import type { NoiseSource } from '../diffusion/noise.ts';
import {
  generationPath,
  invertedPath,
  type Path,
  path,
  type Row,
  type Start,
  sampledPath,
} from '../diffusion/path.ts';
import { slotCount } from '../diffusion/sampler-rows.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Step as SamplerStep } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { LinearGaussian, rowTable } from '../passes/process/linear-gaussian.ts';
import { type Shape, valueCount } from '../passes/shape.ts';

interface Drawn {
  /** Where the noise comes from; JAX's where absent. The keys are the same for every source. */
  readonly noise?: NoiseSource | undefined;
}

export interface JourneyOptions extends Drawn {
  readonly shape: Shape;
  readonly schedule: Schedule;
  /** 0 … 2³² − 1. */
  readonly seed: number;
  readonly start: Start;
  /**
   * The steps of the way back, from the schedule's level at T on, or at a whole t below it, where the way there then ends;
   * those of the exact chain where absent.
   */
  readonly steps?: readonly SamplerStep[] | undefined;
  /** Where the exact chain turns, a whole t; T where absent. Of a sampler's run its steps tell. */
  readonly turn?: number | undefined;
  /**
   * An inversion's steps, from clean data to where the way back begins: the way there then is theirs, and not the forward
   * process; it draws nothing and knows no `start`.
   */
  readonly there?: readonly SamplerStep[] | undefined;
  /** How the channels' noise hangs together; a state of three channels. Absent: not at all, and any channels. */
  readonly colour?: ColourNoise;
}

/** A run that only comes back: it generates. */
export interface GenerationOptions extends Drawn {
  readonly shape: Shape;
  /** 0 … 2³² − 1. */
  readonly seed: number;
  /** From noise to data. */
  readonly steps: readonly SamplerStep[];
  /** Where the state is images out of a larger batch: the index of the first. */
  readonly firstImage?: number;
  /** What to begin with, NCHW, at the steps' first level; pure noise where absent. */
  readonly given?: Float32Array<ArrayBuffer>;
}

/** Takes a state, and what a denoiser says of it, one row of the path further. */
export interface Step {
  encode(pass: GPUComputePassEncoder, p: number): void;
}

/** What a step takes from a denoiser. */
export type Denoised = Pick<Denoiser, 'x0Hat' | 'unclipped' | 'v'>;

export interface Journey {
  readonly path: Path<Row | ColourRow>;
  /** The path on the GPU; release it when done. */
  readonly table: GPUBuffer;
  /** How many slots a state needs behind it. */
  readonly slots: number;
  /** The kernel for one state. */
  readonly step: (x: GPUBuffer, denoised: Denoised) => Promise<Step>;
}

function generation(options: GenerationOptions): Path {
  const { shape, seed, steps, firstImage = 0, given } = options;
  const first = firstImage * (valueCount(shape) / shape.n);
  return generationPath({ seed, first, start: given ? 'given' : 'fresh' }, steps);
}

function roundTrip({ schedule, seed, start, turn, there, steps }: JourneyOptions): Path {
  if (there) return invertedPath(there, steps ?? []);
  return steps ? sampledPath(schedule, seed, start, steps) : path(schedule, seed, start, turn);
}

/**
 * @throws RangeError as `path`, `sampledPath` and `invertedPath`, for a sampler in colour, and for colour noise that is no
 * covariance or has no three channels to act on.
 */
export async function journey(gpu: Gpu, options: JourneyOptions | GenerationOptions): Promise<Journey> {
  const { shape, noise } = options;
  if ('schedule' in options && options.colour) {
    const { colourJourney } = await import('./colour-journey.ts');
    return colourJourney(gpu, options, options.colour);
  }
  const run = 'schedule' in options ? roundTrip(options) : generation(options);
  const { rows } = run;
  const table = rowTable(gpu, rows);
  // Beside the denoiser's; whoever asks for a step hears of what goes wrong.
  LinearGaussian.compile(gpu, rows, noise).catch(() => {});
  const step: Journey['step'] = (x, { x0Hat, unclipped = x0Hat, v = x0Hat }) =>
    LinearGaussian.create(gpu, { table, rows, x, x0Hat, unclipped, v, shape, noise });
  return { path: run, table, slots: slotCount(rows), step };
}
