/** A denoiser on its own, as tests and benches ask it. */
import type { Bindable, Denoiser } from '../src/denoisers/denoiser.ts';
import type { DenoiserOptions } from '../src/denoisers/list.ts';
import { Prepared } from '../src/denoisers/prepared.ts';
import type { Gpu } from '../src/gpu/device.ts';

/** Prepared for one state alone: what it knows is released with it. To be called within `gpu.checked`. */
export async function alone<Kept extends Denoiser = Denoiser>(
  gpu: Gpu,
  options: DenoiserOptions,
  state: Bindable,
): Promise<Kept> {
  const prepared = await Prepared.of(gpu, options, state.shape);
  const denoiser = (await prepared.bind(state)) as Kept;
  return {
    ...denoiser,
    release() {
      denoiser.release();
      prepared.release();
    },
  };
}
