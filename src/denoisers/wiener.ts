import type { Images } from '../diffusion/images.ts';
import { type Spectrum, spectrumOf } from '../diffusion/wiener.ts';
import type { Gpu } from '../gpu/device.ts';
import { Wiener } from '../passes/denoise/wiener.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs } from './denoiser.ts';

/** A run has the denoiser twice, for what is watched and for its chart. */
const known = new WeakMap<Images, Spectrum>();

function spectrumOnce(source: Images): Spectrum {
  const spectrum = known.get(source) ?? spectrumOf(source);
  known.set(source, spectrum);
  return spectrum;
}

/**
 * The exact denoiser for Gaussian data with the mean colour and the power spectrum of one image, its channels sharing
 * their phases: Wiener's filter; see diffusion/wiener.ts. It generates textures: right for clouds, grain and all that has
 * no features, while edges and objects, which are in the phases, are lost. The image counts as periodic: give it
 * `periodicPart` of an image that is not.
 *
 * Conditions: states of the image's shape, sides powers of two, the same noise in all channels. Memory: x̂_0; the spectrum,
 * two images; and two buffers of a state each, for an odd batch of one image more. Cost: O(HW log HW) a channel, two
 * images at the price of one: log₄W + log₄H passes over the state there and as many back, and three.
 */
export class WienerDenoiser implements Denoiser {
  readonly name = 'wiener';
  readonly constant = false;

  private constructor(
    readonly gpu: Gpu,
    readonly x0Hat: GPUBuffer,
    readonly wiener: Wiener,
  ) {}

  /**
   * Takes the image's spectrum on the host, once.
   * @throws RangeError for a source that is not one image, of another shape than the state's, or with a side that is no
   * power of two; and where channels differ in their noise.
   */
  static async create(
    gpu: Gpu,
    { x, shape, levels }: DenoiserInputs,
    source: Images,
  ): Promise<WienerDenoiser> {
    const { c, h, w } = source.shape;
    if (c !== shape.c || h !== shape.h || w !== shape.w) {
      throw new RangeError(
        `a source of ${c} × ${h} × ${w} says nothing of states of ${shape.c} × ${shape.h} × ${shape.w}`,
      );
    }
    if (!levels) throw new RangeError('the Wiener denoiser needs noise that is alike in all channels');
    const spectrum = spectrumOnce(source);
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    return new WienerDenoiser(gpu, x0Hat, await Wiener.create(gpu, spectrum, levels, { x0Hat, x, shape }));
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    this.wiener.encode(pass, p);
  }

  release(): void {
    this.wiener.release();
    this.gpu.release(this.x0Hat);
  }
}
