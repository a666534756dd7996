/**
 * How many bits an image takes in the code that a denoiser makes: the bound on −log_2 p(x_0), of noise drawn anew at every t.
 *
 * A run's own states x_1 … x_T hang together, and so do the terms of its bound: their sum strays from its mean by several bits
 * an image. With x_t drawn from q(x_t | x_0) for each t on its own it has the same mean, and strays much less.
 */
import type { DenoiserOptions } from '../denoisers/list.ts';
import { type Prepared, preparing } from '../denoisers/prepared.ts';
import { errorOfSum } from '../diffusion/bound.ts';
import { closedFormRow, levelAt } from '../diffusion/path.ts';
import { foldIn } from '../diffusion/random.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import { BoundTerms } from '../passes/measure/bound-terms.ts';
import { Reconstruction } from '../passes/measure/reconstruction.ts';
import { Sums } from '../passes/measure/sums.ts';
import { LinearGaussian, rowTable } from '../passes/process/linear-gaussian.ts';
import { type Shape, stateBuffer, valueCount } from '../passes/shape.ts';
import { boundOf, type DecoderName, decoderVariance, runningBits } from './bound.ts';
import { LEVELS } from './meter.ts';
import { loadSource } from './source.ts';

export interface CodeLengthOptions {
  /** The images whose code is measured, NCHW; 8-bit values as v/127.5 − 1. */
  readonly source: Float32Array<ArrayBuffer>;
  readonly shape: Shape;
  readonly schedule: Schedule;
  /** Of the noise; 0 … 2³² − 1. */
  readonly seed: number;
  readonly denoiser: DenoiserOptions;
  /** How often noise is drawn at t, 1 where absent: more where the denoiser's error depends much on it. */
  readonly draws?: (t: number) => number;
  /** VDM's where absent. */
  readonly decoder?: DecoderName;
  /** Called after every submission with the part that is done, 0 … 1. */
  readonly onProgress?: (done: number) => void;
  /** Stops the measurement, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface CodeLength {
  /** An image, on average over the batch. */
  readonly bits: number;
  /** Of `bits`, from the noise that was drawn; what the coarseness of the steps adds makes it larger, never smaller. */
  readonly standardError: number;
}

/** Milliseconds of work to a submission, so that the page stays responsive and can stop. */
const SUBMISSION_MS = 50;
const FIELDS = 4;

/** What is measured once for every draw: row `k` of a table makes x_t, the denoiser answers, and the sums are taken. */
interface Bench {
  /** Encodes draw `draw` of x_t. */
  encode(pass: GPUComputePassEncoder, t: number, draw: number): void;
  readonly sums: Sums;
  readonly readback: Readback;
  release(): void;
}

async function benchOf(
  gpu: Gpu,
  options: CodeLengthOptions,
  rounds: number,
  prepare: () => Promise<Prepared>,
): Promise<Bench> {
  const { shape, schedule, seed } = options;
  const times = Array.from({ length: schedule.T + 1 }, (_, t) => t);
  const [x0, x] = [await loadSource(gpu, options.source, shape), stateBuffer(gpu, 'x_t', shape)];
  const drawn = Array.from({ length: rounds }, (_, draw) =>
    times.map((t) => {
      const row = closedFormRow(schedule, seed, t);
      return draw === 0 ? row : { ...row, key: foldIn(row.key, draw) };
    }),
  );
  const tables = drawn.map((rows) => rowTable(gpu, rows));
  const steps = await Promise.all(
    drawn.map((rows, draw) =>
      LinearGaussian.create(gpu, { table: tables[draw] as GPUBuffer, rows, x, x0Hat: x0, shape }),
    ),
  );
  const levels = times.map((t) => levelAt(schedule, t));
  const prepared = await prepare();
  const denoiser = await prepared.bind({ x, x0, shape, levels });
  const sums = await Sums.create(gpu, schedule.T, shape);
  const measured = { x, x0, x0Hat: denoiser.x0Hat, shape, sums };
  const terms = await BoundTerms.create(gpu, schedule, measured);
  const [alpha1, sigma1] = [schedule.alpha[1] as number, schedule.sigma[1] as number];
  const variance = decoderVariance(schedule, 'beta-1');
  const decoder = { levels: LEVELS, alpha1, sigma1, variance };
  const reconstruction = await Reconstruction.create(gpu, measured, decoder);
  const readback = new Readback(gpu, sums.totals.size);
  return {
    ...{ sums, readback },
    encode(pass, t, draw) {
      (steps[draw] as LinearGaussian).encode(pass, t);
      denoiser.encode(pass, t);
      if (t === 1) reconstruction.encode(pass);
      else terms.encode(pass, t);
    },
    release() {
      for (const part of [denoiser, prepared, sums, terms, reconstruction, readback]) part.release();
      gpu.release(x0, x, ...tables);
    },
  };
}

/** The sums over every x_t, on average over its draws. */
async function averages(gpu: Gpu, bench: Bench, options: CodeLengthOptions, draws: readonly number[]) {
  const { onProgress, signal } = options;
  const most = Math.max(...draws);
  const all = draws.reduce((sum, count) => sum + count, 0);
  const means = new Float64Array(FIELDS * draws.length);
  let [steps, done] = [1, 0];
  for (let draw = 0; draw < most; draw++) {
    const times = draws.flatMap((count, i) => (count > draw ? [i + 1] : []));
    for (let from = 0; from < times.length; ) {
      signal?.throwIfAborted();
      const part = times.slice(from, from + steps);
      const last = from + part.length === times.length;
      const begun = performance.now();
      const encoder = gpu.device.createCommandEncoder({ label: 'code length' });
      const pass = encoder.beginComputePass();
      for (const t of part) bench.encode(pass, t, draw);
      if (last) bench.sums.encode(pass);
      pass.end();
      if (last) bench.readback.encode(encoder, bench.sums.totals);
      gpu.device.queue.submit([encoder.finish()]);
      await gpu.device.queue.onSubmittedWorkDone();
      from += part.length;
      done += part.length;
      onProgress?.(done / all);
      const fit = Math.floor((SUBMISSION_MS * part.length) / (performance.now() - begun));
      steps = Math.max(1, Math.min(2 * steps, fit));
    }
    const sums = await bench.readback.read();
    for (const t of times) {
      for (let k = FIELDS * (t - 1); k < FIELDS * t; k++) {
        means[k] = (means[k] as number) + (sums[k] as number) / (draws[t - 1] as number);
      }
    }
  }
  return means;
}

/**
 * Bits an image, on average over the batch. With the ideal denoiser, its set being what the batch is, and whole, they fall to
 * log_2(N) as T grows and the end SNRs widen: the best code for one of N equally likely images has that length.
 * @throws RangeError as the denoiser does, for a bad seed and for values that do not fit the shape; the signal's reason.
 */
export async function codeLength(gpu: Gpu, options: CodeLengthOptions): Promise<CodeLength> {
  const { shape, schedule, draws = () => 1, decoder = 'categorical' } = options;
  const counts = Array.from({ length: schedule.T }, (_, i) => draws(i + 1));
  const bench = await preparing(gpu, options, (prepare) =>
    benchOf(gpu, options, Math.max(...counts), prepare),
  );
  try {
    const sums = await averages(gpu, bench, options, counts);
    const dims = valueCount(shape);
    const bound = boundOf(schedule, dims, decoderVariance(schedule, 'beta-1'), sums);
    return {
      bits: ((runningBits(bound, decoder)[0] as number) * dims) / shape.n,
      standardError: errorOfSum(bound.diffusion.x0.subarray(2)) / Math.LN2 / shape.n,
    };
  } finally {
    bench.release();
  }
}
