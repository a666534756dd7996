import { gaussianWeights } from '../diffusion/posterior-mean.ts';
import type { Gpu } from '../gpu/device.ts';
import { Affine } from '../passes/denoise/affine.ts';
import { stateBuffer } from '../passes/shape.ts';
import { type Denoiser, type DenoiserInputs, knownSource } from './denoiser.ts';

/**
 * The exact denoiser for Gaussian data whose mean is the source picture: every value of it with independent grain of one
 * standard deviation. It generates pictures with new grain. Conditions: a source; the same noise in all channels. Memory:
 * x̂_0. Cost: one affine pass over the state.
 */
export class GaussianDenoiser implements Denoiser {
  readonly name = 'gaussian';
  readonly constant = false;

  private constructor(
    readonly gpu: Gpu,
    readonly x0Hat: GPUBuffer,
    readonly affine: Affine,
  ) {}

  /** @throws RangeError unless the deviation is positive and every channel has the same noise. */
  static async create(gpu: Gpu, inputs: DenoiserInputs, deviation: number): Promise<GaussianDenoiser> {
    const { x, shape, levels } = inputs;
    const x0 = knownSource(inputs);
    if (!(deviation > 0)) throw new RangeError(`a standard deviation must be positive, not ${deviation}`);
    if (!levels) throw new RangeError('the Gaussian denoiser needs noise that is alike in all channels');
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const table = levels.map((level) => gaussianWeights(level, deviation));
    return new GaussianDenoiser(gpu, x0Hat, await Affine.create(gpu, table, { x0Hat, x, y: x0, shape }));
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    this.affine.encode(pass, p);
  }

  release(): void {
    this.affine.release();
    this.gpu.release(this.x0Hat);
  }
}
