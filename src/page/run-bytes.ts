/** What GPU memory settings would take. Loaded when the run is there, as the samplers' steps come with it. */
import type { Gpu } from '../gpu/device.ts';
import { runBytes } from '../trajectory/memory.ts';
import { runSteps } from './samplers/run-steps.ts';
import { colourOf, isWhole, type Settings, scheduleOf, turnOf } from './settings.ts';
import { shapeOf } from './source/shape.ts';

/** Undefined where the sampler cannot take such steps. */
export function settingsBytes(
  gpu: Gpu,
  settings: Settings,
  picture: { readonly width: number; readonly height: number },
): number | undefined {
  const { sampler, denoiser, limit } = settings;
  const coloured = colourOf(settings) !== undefined;
  try {
    const exact = sampler === 'posterior' || coloured;
    const { steps, there } = exact ? {} : runSteps(sampler, settings, scheduleOf(settings));
    const turn = settings.start === 'fresh' ? settings.T : (steps?.[0]?.at.t ?? turnOf(settings));
    return runBytes(gpu, {
      ...{ shape: shapeOf(picture, settings), denoiser, steps, there },
      T: there?.length ?? turn,
      bound: !coloured && isWhole(settings),
      limit: limit === 'none' ? undefined : limit,
    }).total;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
