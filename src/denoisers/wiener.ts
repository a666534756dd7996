import type { Images } from '../diffusion/images.ts';
import { type Spectrum, spectrumOf } from '../diffusion/wiener.ts';
import { tableStride } from '../gpu/uniform.ts';
import { COMPLEX_BYTES } from '../passes/denoise/fft.ts';
import { spectrumBuffer, Wiener, wienerBytes } from '../passes/denoise/wiener.ts';
import { stateBuffer, stateBytes, valueCount } from '../passes/shape.ts';
import type { DenoiserKind } from './denoiser.ts';

export interface WienerOptions {
  /** One image, of a state's shape with sides that are powers of two, whose power spectrum the data have. */
  readonly source: Images;
}

/** A spectrum on the device. */
interface Known {
  readonly s: GPUBuffer;
  readonly mean: Spectrum['mean'];
  release(): void;
}

const of = { name: 'wiener', constant: false } as const;

/**
 * The exact denoiser for Gaussian data with the mean colour and the power spectrum of one image, its channels sharing
 * their phases: Wiener's filter; see diffusion/wiener.ts. It generates textures: right for clouds, grain and all that has
 * no features, while edges and objects, which are in the phases, are lost. The image counts as periodic: give it
 * `periodicPart` of an image that is not.
 *
 * Conditions: states of the image's shape, sides powers of two, the same noise in all channels. Memory: the spectrum, two
 * images, shared by all who are bound to it; x̂_0; and two buffers of a state each, for an odd batch of one image more. Cost: O(HW log HW) a channel, two
 * images at the price of one: log₄W + log₄H passes over the state there and as many back, and three.
 */
export const wiener: DenoiserKind<WienerOptions, Known> = {
  ...of,
  needs: { levels: true },
  given: ({ source }) => [source],
  sized: ({ source }) => source,
  bytes: (gpu, { source }, { shape, states }) => ({
    knowledge: valueCount(source.shape) * COMPLEX_BYTES,
    binding: stateBytes(shape) + states * tableStride(gpu) + wienerBytes(shape),
  }),

  /** Takes the image's spectrum on the host. @throws RangeError as `spectrumOf`. */
  prepare(gpu, { source }) {
    const spectrum = spectrumOf(source);
    const s = spectrumBuffer(gpu, spectrum);
    return { s, mean: spectrum.mean, release: () => gpu.release(s) };
  },

  async bind(gpu, { s, mean }, { x, shape, levels }) {
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const pass = await Wiener.create(gpu, levels, { x0Hat, x, s, mean, shape });
    return {
      ...of,
      x0Hat,
      encode: (encoder, p) => pass.encode(encoder, p),
      release() {
        pass.release();
        gpu.release(x0Hat);
      },
    };
  },
};
