/** Which denoiser runs, by name. */

import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import type { Model } from './converted.ts';
import { type Denoiser, type DenoiserInputs, knownSource } from './denoiser.ts';
import type { LocalOptions } from './local.ts';
import { Oracle } from './oracle.ts';
import type { PatchesOptions } from './patches.ts';

export type DenoiserOptions =
  | { readonly name: 'oracle' }
  /** The radius is the blur's standard deviation in pixels, 0 … 256. */
  | { readonly name: 'blurred-oracle'; readonly radius: number }
  /** The data's standard deviation round the source picture, in units of [−1, 1]. */
  | { readonly name: 'gaussian'; readonly deviation: number }
  /** The windows' sides are odd: 51 at first and 5 at last, or what the images allow. */
  | ({ readonly name: 'local' } & LocalOptions)
  /** Of the set's size; its images are what the data may be. */
  | { readonly name: 'ideal'; readonly set: Images }
  /** One image, of a state's shape with sides that are powers of two, whose power spectrum the data have. */
  | { readonly name: 'wiener'; readonly source: Images }
  /** The softmax over all patches of one picture. */
  | ({ readonly name: 'patches' } & PatchesOptions)
  /** Whoever's it is; made anew for every state that it is to look at. */
  | {
      readonly name: 'model';
      readonly make: (gpu: Gpu, inputs: DenoiserInputs) => Model | Promise<Model>;
    };

const code = {
  local: () => import('./local.ts'),
  ideal: () => import('./ideal.ts'),
  wiener: () => import('./wiener.ts'),
};

/** Fetches the code of one that knows a set, ahead of its use. */
export const fetchDenoiser = (name: keyof typeof code): Promise<unknown> => code[name]();

/**
 * Each comes with its code, so that a page fetches what it runs.
 * @throws RangeError for a radius or deviation out of range, and as the `create` of each.
 */
export async function makeDenoiser(
  gpu: Gpu,
  options: DenoiserOptions,
  inputs: DenoiserInputs,
): Promise<Denoiser> {
  const { shape } = inputs;
  switch (options.name) {
    case 'oracle':
      return new Oracle(knownSource(inputs));
    case 'blurred-oracle': {
      const { BlurredOracle } = await import('./blurred-oracle.ts');
      return BlurredOracle.create(gpu, knownSource(inputs), shape, options.radius);
    }
    case 'gaussian':
      return (await import('./gaussian.ts')).GaussianDenoiser.create(gpu, inputs, options.deviation);
    case 'local':
      return (await code.local()).LocalDenoiser.create(gpu, inputs, options);
    case 'ideal':
      return (await code.ideal()).IdealDenoiser.create(gpu, inputs, options.set);
    case 'wiener':
      return (await code.wiener()).WienerDenoiser.create(gpu, inputs, options.source);
    case 'patches':
      return (await import('./patches.ts')).Patches.create(gpu, inputs, options);
    case 'model': {
      const { Converted } = await import('./converted.ts');
      return Converted.create(gpu, await options.make(gpu, inputs), inputs);
    }
  }
}
