import { gaussianWeights } from '../diffusion/posterior-mean.ts';
import { tableStride } from '../gpu/uniform.ts';
import { Affine } from '../passes/denoise/affine.ts';
import { stateBuffer, stateBytes } from '../passes/shape.ts';
import { type DenoiserKind, NOTHING } from './denoiser.ts';

export interface GaussianOptions {
  /** The data's standard deviation round the source picture, in units of [−1, 1]. */
  readonly deviation: number;
}

const of = { name: 'gaussian', constant: false } as const;

/**
 * The exact denoiser for Gaussian data whose mean is the source picture: every value of it with independent grain of one
 * standard deviation. It generates pictures with new grain. Conditions: a source; the same noise in all channels. Memory:
 * x̂_0. Cost: one affine pass over the state.
 */
export const gaussian: DenoiserKind<GaussianOptions, typeof NOTHING> = {
  ...of,
  needs: { source: true, levels: true },
  given: () => [],
  bytes: (gpu, _options, { shape, states }) => ({
    knowledge: 0,
    binding: stateBytes(shape) + states * tableStride(gpu),
  }),
  prepare: () => NOTHING,

  /** @throws RangeError unless the deviation is positive. */
  async bind(gpu, _nothing, { x, x0, shape, levels }, { deviation }) {
    if (!(deviation > 0)) throw new RangeError(`a standard deviation must be positive, not ${deviation}`);
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const table = levels.map((level) => gaussianWeights(level, deviation));
    const affine = await Affine.create(gpu, table, { x0Hat, x, y: x0, shape });
    return {
      ...of,
      x0Hat,
      encode: (pass, p) => affine.encode(pass, p),
      release() {
        affine.release();
        gpu.release(x0Hat);
      },
    };
  },
};
