import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import { PosteriorWeights } from '../passes/denoise/posterior-weights.ts';
import { WeightedMean } from '../passes/denoise/weighted-mean.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import { Distances } from '../passes/measure/distances.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs } from './denoiser.ts';

/** What the ideal denoiser is made of, in the order of its work. */
export interface IdealPasses {
  readonly set: ImageSet;
  readonly distances: Distances;
  readonly weights: PosteriorWeights;
  readonly mean: WeightedMean;
}

/**
 * The exact denoiser for data that are one of N given images, all equally likely: Bayes' theorem, and nothing else.
 *
 *     x̂_0 = Σ_i p(i | x_t) y_i,    p(i | x_t) = softmax_i(−‖x_t − α y_i‖²/2σ²)
 *
 * There is no better denoiser of this data; what comes of it is one of the images: it memorises. At σ = 0 it says the
 * nearest image, at α = 0 the mean of all. Exact but for float32's rounding.
 *
 * Cost: the set is read twice for every 16 images of the batch, with 5 operations for each of its values and images of the
 * batch; 16 neighbours without weight are read once. Memory: the set's, shared by all who use it, 8 bytes for every pair of
 * image and set's image, and the state's a few times.
 */
export class IdealDenoiser implements Denoiser {
  readonly name = 'ideal';
  readonly constant = false;

  private constructor(
    readonly gpu: Gpu,
    readonly x0Hat: GPUBuffer,
    readonly passes: IdealPasses,
  ) {}

  /**
   * @throws RangeError as `ImageSet.of`, where the set's images are not of the state's size, where a batch and a set
   * make more distances than the device can hold, and where channels differ in their noise.
   */
  static async create(
    gpu: Gpu,
    { x, shape, levels }: Pick<DenoiserInputs, 'x' | 'shape' | 'levels'>,
    images: Images,
  ): Promise<IdealDenoiser> {
    if (!levels) throw new RangeError('the ideal denoiser needs noise that is alike in all channels');
    const set = ImageSet.of(gpu, images);
    try {
      const alphas = levels.map(({ alpha }) => alpha);
      const sigmas = levels.map(({ sigma }) => sigma);
      const distances = await Distances.create(gpu, { x, shape, set, alphas });
      const weights = await PosteriorWeights.create(gpu, distances, sigmas);
      const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
      const mean = await WeightedMean.create(gpu, { weights: weights.buffer, set, mean: x0Hat, shape });
      return new IdealDenoiser(gpu, x0Hat, { set, distances, weights, mean });
    } catch (error) {
      set.release();
      throw error;
    }
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    const { distances, weights, mean } = this.passes;
    distances.encode(pass, p);
    weights.encode(pass, p);
    mean.encode(pass);
  }

  release(): void {
    for (const part of Object.values(this.passes)) part.release();
    this.gpu.release(this.x0Hat);
  }
}
