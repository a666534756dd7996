/** Which denoiser runs, by name. */
import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import { BlurredOracle } from './blurred-oracle.ts';
import { Converted, type Model } from './converted.ts';
import { type Denoiser, type DenoiserInputs, knownSource } from './denoiser.ts';
import { GaussianDenoiser } from './gaussian.ts';
import { Oracle } from './oracle.ts';

export type DenoiserOptions =
  | { readonly name: 'oracle' }
  /** The radius is the blur's standard deviation in pixels, 0 … 256. */
  | { readonly name: 'blurred-oracle'; readonly radius: number }
  /** The data's standard deviation round the source picture, in units of [−1, 1]. */
  | { readonly name: 'gaussian'; readonly deviation: number }
  /** One image, of a state's shape with sides that are powers of two, whose power spectrum the data have. */
  | { readonly name: 'wiener'; readonly source: Images }
  /** Whoever's it is; made anew for every state that it is to look at. */
  | {
      readonly name: 'model';
      readonly make: (gpu: Gpu, inputs: DenoiserInputs) => Model | Promise<Model>;
    };

/** @throws RangeError for a radius or deviation out of range, and as `Converted.create` and `WienerDenoiser.create` do. */
export async function makeDenoiser(
  gpu: Gpu,
  options: DenoiserOptions,
  inputs: DenoiserInputs,
): Promise<Denoiser> {
  const { shape } = inputs;
  switch (options.name) {
    case 'oracle':
      return new Oracle(knownSource(inputs));
    case 'blurred-oracle':
      return BlurredOracle.create(gpu, knownSource(inputs), shape, options.radius);
    case 'gaussian':
      return GaussianDenoiser.create(gpu, inputs, options.deviation);
    case 'wiener':
      return (await import('./wiener.ts')).WienerDenoiser.create(gpu, inputs, options.source);
    case 'model':
      return Converted.create(gpu, await options.make(gpu, inputs), inputs);
  }
}
