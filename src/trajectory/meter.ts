/** Measures the bound along the forward half of a path. The sums stay on the GPU until the last is taken. */
import type { Denoiser } from '../denoisers/denoiser.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import { BoundTerms } from '../passes/measure/bound-terms.ts';
import { Reconstruction } from '../passes/measure/reconstruction.ts';
import { Sums } from '../passes/measure/sums.ts';
import { type Shape, valueCount } from '../passes/shape.ts';
import { type Bound, boundOf, type DecoderVariance, decoderVariance } from './bound.ts';

export interface BoundOptions {
  /** At t = 1 the posterior has no width, so the Gaussian decoders' must be named. */
  readonly variance: DecoderVariance;
}

export interface MeterOptions extends BoundOptions {
  /** The state that is measured. */
  readonly x: GPUBuffer;
  readonly x0: GPUBuffer;
  readonly denoiser: Denoiser;
  readonly shape: Shape;
  readonly schedule: Schedule;
}

/** The encoding of data in [−1, 1]: v/127.5 − 1 = (2v − 255)/255. */
export const LEVELS = 255;

export class Meter {
  /** Once measured. */
  bound: Bound | undefined;
  /** The t of the last state that was measured. */
  #t = 0;
  #copying = false;

  private constructor(
    readonly gpu: Gpu,
    readonly options: MeterOptions,
    readonly sums: Sums,
    readonly terms: BoundTerms,
    readonly reconstruction: Reconstruction,
    readonly readback: Readback,
  ) {}

  static async create(gpu: Gpu, options: MeterOptions): Promise<Meter> {
    const { x, x0, denoiser, shape, schedule } = options;
    const sums = await Sums.create(gpu, schedule.T, shape);
    const measured = { x, x0, x0Hat: denoiser.x0Hat, shape, sums };
    const decoder = {
      levels: LEVELS,
      alpha1: schedule.alpha[1] as number,
      sigma1: schedule.sigma[1] as number,
      variance: decoderVariance(schedule, options.variance),
    };
    return new Meter(
      gpu,
      options,
      sums,
      await BoundTerms.create(gpu, schedule, measured),
      await Reconstruction.create(gpu, measured, decoder),
      new Readback(gpu, sums.totals.size),
    );
  }

  /** Whether every forward state has been measured; their sums may still be on their way. */
  get finished(): boolean {
    return this.#t === this.options.schedule.T;
  }

  /** Encodes the measurement of state `p`, if it is the next one needed. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    const { denoiser } = this.options;
    const t = this.#t + 1;
    if (p !== t || this.finished) return;
    denoiser.encode(pass, p);
    if (t === 1) this.reconstruction.encode(pass);
    else this.terms.encode(pass, t);
    this.#t = t;
  }

  /** Encodes the sums' way to the host. */
  encodeSums(encoder: GPUCommandEncoder): void {
    const pass = encoder.beginComputePass({ label: 'sums' });
    this.sums.encode(pass);
    pass.end();
    this.readback.encode(encoder, this.sums.totals);
    this.#copying = true;
  }

  /** After submitting: takes the sums, if they are on their way. Resolves to whether they were. */
  async collect(): Promise<boolean> {
    if (!this.#copying) return false;
    this.#copying = false;
    const { schedule, shape, variance } = this.options;
    const sums = await this.readback.read();
    this.bound = boundOf(schedule, valueCount(shape), decoderVariance(schedule, variance), sums);
    return true;
  }

  release(): void {
    this.sums.release();
    this.terms.release();
    this.reconstruction.release();
    this.readback.release();
  }
}
