/** Which denoiser runs, by name. */
import type { Gpu } from '../gpu/device.ts';
import type { Shape } from '../passes/shape.ts';
import { BlurredOracle } from './blurred-oracle.ts';
import type { Denoiser } from './denoiser.ts';
import { Oracle } from './oracle.ts';

export type DenoiserOptions =
  | { readonly name: 'oracle' }
  /** The radius is the blur's standard deviation in pixels, 0 … 256. */
  | { readonly name: 'blurred-oracle'; readonly radius: number };

/** @throws RangeError for a radius out of range. */
export async function makeDenoiser(
  gpu: Gpu,
  options: DenoiserOptions,
  x0: GPUBuffer,
  shape: Shape,
): Promise<Denoiser> {
  switch (options.name) {
    case 'oracle':
      return new Oracle(x0);
    case 'blurred-oracle':
      return BlurredOracle.create(gpu, x0, shape, options.radius);
  }
}
