/**
 * How many bits an image takes in the code that a denoiser makes: the bound on −log_2 p(x_0), of noise drawn anew at every t.
 *
 * A run's own states x_1 … x_T hang together, and so do the terms of its bound: their sum strays from its mean by several bits
 * an image. With x_t drawn from q(x_t | x_0) for each t on its own it has the same mean, and strays much less.
 */
import type { Denoiser } from '../denoisers/denoiser.ts';
import { type DenoiserOptions, makeDenoiser } from '../denoisers/make.ts';
import { closedFormRow, levelAt } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Gpu } from '../gpu/device.ts';
import { LinearGaussian, rowTable } from '../passes/linear-gaussian.ts';
import { type Shape, stateBuffer } from '../passes/shape.ts';
import { type Bound, type DecoderName, runningBits } from './bound.ts';
import { Meter } from './meter.ts';
import { loadSource } from './source.ts';

export interface CodeLengthOptions {
  /** The images whose code is measured, NCHW; 8-bit values as v/127.5 − 1. */
  readonly source: Float32Array<ArrayBuffer>;
  readonly shape: Shape;
  readonly schedule: Schedule;
  /** Of the noise; 0 … 2³² − 1. */
  readonly seed: number;
  readonly denoiser: DenoiserOptions;
  /** VDM's where absent. */
  readonly decoder?: DecoderName;
  /** Called after every submission with the part that is done, 0 … 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops the measurement, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Milliseconds of work to a submission, so that the page stays responsive and can stop. */
const SUBMISSION_MS = 50;

interface Parts {
  readonly draw: LinearGaussian;
  readonly meter: Meter;
  readonly release: () => void;
}

async function partsOf(gpu: Gpu, options: CodeLengthOptions): Promise<Parts> {
  const { shape, schedule, seed } = options;
  const times = Array.from({ length: schedule.T + 1 }, (_, t) => t);
  const rows = times.map((t) => closedFormRow(schedule, seed, t));
  const levels = times.map((t) => levelAt(schedule, t));
  const x0 = await loadSource(gpu, options.source, shape);
  const x = stateBuffer(gpu, 'x_t', shape);
  const table = rowTable(gpu, rows);
  const draw = await LinearGaussian.create(gpu, { table, rows, x, x0Hat: x0, shape });
  const denoiser: Denoiser = await makeDenoiser(gpu, options.denoiser, { x, x0, shape, levels });
  const meter = await Meter.create(gpu, { x, x0, denoiser, shape, schedule, variance: 'beta-1' });
  const release = () => {
    meter.release();
    denoiser.release();
    gpu.release(x0, x, table);
  };
  return { draw, meter, release };
}

/** Encodes the measurements of x_t, `steps` of them from t on. */
function submit(gpu: Gpu, { draw, meter }: Parts, t: number, steps: number): Promise<undefined> {
  const encoder = gpu.device.createCommandEncoder({ label: 'code length' });
  const pass = encoder.beginComputePass();
  for (let k = t; k < t + steps; k++) {
    draw.encode(pass, k);
    meter.encode(pass, k);
  }
  pass.end();
  if (meter.finished) meter.encodeSums(encoder);
  gpu.device.queue.submit([encoder.finish()]);
  return gpu.device.queue.onSubmittedWorkDone();
}

async function measure(
  gpu: Gpu,
  parts: Parts,
  { schedule, onProgress, signal }: CodeLengthOptions,
): Promise<void> {
  let steps = 1;
  for (let t = 1; t <= schedule.T; ) {
    signal?.throwIfAborted();
    const now = Math.min(steps, schedule.T + 1 - t);
    const begun = performance.now();
    await submit(gpu, parts, t, now);
    t += now;
    onProgress?.((t - 1) / schedule.T);
    const ms = (performance.now() - begun) / now;
    steps = Math.max(1, Math.min(2 * steps, Math.floor(SUBMISSION_MS / ms)));
  }
  await parts.meter.collect();
}

/**
 * Bits an image, on average over the batch. With the ideal denoiser, its set being what the batch is, and whole, they fall to
 * log_2(N) as T grows and the end SNRs widen: the best code for one of N equally likely images has that length.
 * @throws RangeError as `makeDenoiser`, for a bad seed and for values that do not fit the shape; the signal's reason.
 */
export async function codeLength(gpu: Gpu, options: CodeLengthOptions): Promise<number> {
  const parts = await gpu.checked(() => partsOf(gpu, options));
  try {
    await measure(gpu, parts, options);
    const bits = runningBits(parts.meter.bound as Bound, options.decoder ?? 'categorical')[0] as number;
    const { c, h, w } = options.shape;
    return bits * c * h * w;
  } finally {
    parts.release();
  }
}
