/** What GPU memory settings would take. Loaded when the run is there, as the samplers' steps come with it. */
import type { Gpu } from '../gpu/device.ts';
import { runBytes } from '../trajectory/memory.ts';
import { runSteps } from './samplers/run-steps.ts';
import { colourOf, type Settings, scheduleOf } from './settings.ts';
import { shapeOf } from './source/shape.ts';

/** Undefined where the sampler cannot take such steps. */
export function settingsBytes(
  gpu: Gpu,
  settings: Settings,
  picture: { readonly width: number; readonly height: number },
): number | undefined {
  const { T, sampler, denoiser, limit } = settings;
  const coloured = colourOf(settings) !== undefined;
  try {
    return runBytes(gpu, {
      ...{ shape: shapeOf(picture, settings), T, denoiser, bound: !coloured },
      steps:
        sampler === 'posterior' || coloured ? undefined : runSteps(sampler, settings, scheduleOf(settings)),
      limit: limit === 'none' ? undefined : limit,
    }).total;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
