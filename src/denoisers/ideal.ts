import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import { PosteriorWeights, posteriorBytes } from '../passes/denoise/posterior-weights.ts';
import { meanBytes, WeightedMean } from '../passes/denoise/weighted-mean.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import { Distances, distanceBytes, quadsOf } from '../passes/measure/distances.ts';
import { BYTES_PER_VALUE, stateBuffer, stateBytes, valueCount } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs, DenoiserKind } from './denoiser.ts';

export interface IdealOptions {
  /** Of the state's size; its images are what the data may be. */
  readonly set: Images;
}

/** What the ideal denoiser is made of, in the order of its work. */
export interface IdealPasses {
  readonly distances: Distances;
  readonly weights: PosteriorWeights;
  readonly mean: WeightedMean;
}

const of = { name: 'ideal', constant: false } as const;

/**
 * The exact denoiser for data that are one of N given images, all equally likely: Bayes' theorem, and nothing else.
 *
 *     x̂_0 = Σ_i p(i | x_t) y_i,    p(i | x_t) = softmax_i(−‖x_t − α y_i‖²/2σ²)
 *
 * There is no better denoiser of this data; what comes of it is one of the images: it memorises. At σ = 0 it says the
 * nearest image, at α = 0 the mean of all. Exact but for float32's rounding. Conditions: noise alike in all channels.
 *
 * Cost: the set is read twice for every 16 images of the batch, with 5 operations for each of its values and images of the
 * batch; 16 neighbours without weight are read once. Memory: the set's, 4 bytes a value, shared by all who are bound to it;
 * 8 bytes for every pair of image and set's image, and the state's a few times.
 */
export const ideal = {
  ...of,
  needs: { levels: true },
  given: ({ set }) => [set],
  sized: ({ set }) => set,

  bytes(gpu, { set: { shape: size } }, { shape, states }) {
    const { quads } = quadsOf(shape.n);
    return {
      knowledge: valueCount(size) * BYTES_PER_VALUE,
      binding:
        stateBytes(shape) +
        2 * states * tableStride(gpu) +
        distanceBytes(gpu, shape, size.n) +
        posteriorBytes(size.n, quads) +
        meanBytes(gpu, shape, size.n),
    };
  },

  /** @throws RangeError as `ImageSet.upload`. */
  prepare: (gpu, { set }) => ImageSet.upload(gpu, set),

  /** @throws TooLarge where a batch and a set make more distances than the device can hold. */
  async bind(
    gpu: Gpu,
    set: ImageSet,
    { x, shape, levels }: DenoiserInputs,
  ): Promise<Denoiser & { readonly passes: IdealPasses }> {
    const alphas = levels.map(({ alpha }) => alpha);
    const sigmas = levels.map(({ sigma }) => sigma);
    const distances = await Distances.create(gpu, { x, shape, set, alphas });
    const weights = await PosteriorWeights.create(gpu, distances, sigmas);
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const mean = await WeightedMean.create(gpu, { weights: weights.buffer, set, mean: x0Hat, shape });
    return {
      ...of,
      x0Hat,
      passes: { distances, weights, mean },
      encode(pass, p) {
        distances.encode(pass, p);
        weights.encode(pass, p);
        mean.encode(pass);
      },
      release() {
        for (const part of [distances, weights, mean]) part.release();
        gpu.release(x0Hat);
      },
    };
  },

  set: (set) => set,
} satisfies DenoiserKind<IdealOptions, ImageSet>;
