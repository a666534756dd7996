/** Which denoiser runs, by name. */
import type { Gpu } from '../gpu/device.ts';
import { BlurredOracle } from './blurred-oracle.ts';
import { Converted, type Model } from './converted.ts';
import { type Denoiser, type DenoiserInputs, knownSource } from './denoiser.ts';
import { GaussianDenoiser } from './gaussian.ts';
import { Oracle } from './oracle.ts';
import { Patches, type PatchesOptions } from './patches.ts';

export type DenoiserOptions =
  | { readonly name: 'oracle' }
  /** The radius is the blur's standard deviation in pixels, 0 … 256. */
  | { readonly name: 'blurred-oracle'; readonly radius: number }
  /** The data's standard deviation round the source picture, in units of [−1, 1]. */
  | { readonly name: 'gaussian'; readonly deviation: number }
  /** The softmax over all patches of one picture. */
  | ({ readonly name: 'patches' } & PatchesOptions)
  /** Whoever's it is; made anew for every state that it is to look at. */
  | {
      readonly name: 'model';
      readonly make: (gpu: Gpu, inputs: DenoiserInputs) => Model | Promise<Model>;
    };

/** @throws RangeError for a radius or deviation out of range, and as `Converted.create` and `Patches.create` do. */
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
    case 'patches':
      return Patches.create(gpu, inputs, options);
    case 'model':
      return Converted.create(gpu, await options.make(gpu, inputs), inputs);
  }
}
