import type { LimitOptions } from '../diffusion/limit.ts';
import type { Gpu } from '../gpu/device.ts';
import { Limit } from '../passes/denoise/limit.ts';
import { quantileBytes } from '../passes/measure/quantiles.ts';
import { type Shape, stateBuffer, stateBytes } from '../passes/shape.ts';
import type { Denoiser } from './denoiser.ts';

/** Bytes of a limit, beside those of the denoiser that it is put on. */
export const limitBytes = (gpu: Gpu, name: LimitOptions['name'], shape: Shape): number =>
  stateBytes(shape) + (name === 'clip' ? 0 : quantileBytes(gpu, shape));

/**
 * Another denoiser, whose x̂_0 is clipped or thresholded; what it was before stays beside it, for samplers that ask.
 * Conditions: those of the other. Memory and cost: a state more and one pass over it; where it thresholds, 1 KiB an image
 * more and the passes that find its quantile.
 */
export class Limited implements Denoiser {
  readonly name: string;
  readonly constant: boolean;
  readonly unclipped: GPUBuffer;
  readonly v: GPUBuffer | undefined;

  private constructor(
    readonly gpu: Gpu,
    readonly denoiser: Denoiser,
    readonly limit: Limit,
    readonly x0Hat: GPUBuffer,
  ) {
    this.name = denoiser.name;
    this.constant = denoiser.constant;
    this.unclipped = denoiser.x0Hat;
    this.v = denoiser.v;
    if (this.constant) this.#answerOnce();
  }

  /** Takes the denoiser over, and releases it with itself. @throws RangeError as `Limit.create` does. */
  static async create(gpu: Gpu, denoiser: Denoiser, options: LimitOptions, shape: Shape): Promise<Limited> {
    const limited = stateBuffer(gpu, 'x̂_0 limited', shape);
    const limit = await Limit.create(gpu, options, { x0Hat: denoiser.x0Hat, limited, shape });
    return new Limited(gpu, denoiser, limit, limited);
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    if (this.constant) return;
    this.denoiser.encode(pass, p);
    this.limit.encode(pass);
  }

  release(): void {
    this.denoiser.release();
    this.limit.release();
    this.gpu.release(this.x0Hat);
  }

  #answerOnce(): void {
    const encoder = this.gpu.device.createCommandEncoder({ label: 'limit' });
    const pass = encoder.beginComputePass();
    this.limit.encode(pass);
    pass.end();
    this.gpu.device.queue.submit([encoder.finish()]);
  }
}
