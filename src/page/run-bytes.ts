/** What GPU memory settings would take. Loaded when the run is there, as the samplers' steps come with it. */
import type { Gpu } from '../gpu/device.ts';
import { TooLarge } from '../gpu/errors.ts';
import { runBytes } from '../trajectory/memory.ts';
import { fetchDenoiser } from '../trajectory/trajectory.ts';
import { runSteps } from './samplers/run-steps.ts';
import {
  colourOf,
  denoiserNames,
  isWhole,
  type Settings,
  samplerOf,
  scheduleOf,
  turnOf,
} from './settings.ts';
import { shapeOf } from './source/shape.ts';

/** Of the settings it is then given; undefined where the sampler cannot take such steps. */
export async function settingsBytes(gpu: Gpu) {
  const kinds = new Map(
    await Promise.all(denoiserNames.map(async (name) => [name, await fetchDenoiser(name)] as const)),
  );
  type Picture = { readonly width: number; readonly height: number };
  return (settings: Settings, picture: Picture): number | undefined => {
    const { denoiser: name, radius, deviation, limit } = settings;
    const kind = kinds.get(name);
    const sampler = samplerOf(settings);
    try {
      const { steps, there } =
        sampler === 'posterior' ? {} : runSteps(sampler, settings, scheduleOf(settings));
      const turn = settings.start === 'fresh' ? settings.T : (steps?.[0]?.at.t ?? turnOf(settings));
      const plan = {
        ...{ shape: shapeOf(picture, settings), denoiser: { name, radius, deviation }, steps, there },
        T: there?.length ?? turn,
        bound: !colourOf(settings) && isWhole(settings),
        limit: limit === 'none' ? undefined : limit,
      };
      return kind && runBytes(gpu, plan, kind).total;
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TooLarge)) throw error;
      return undefined;
    }
  };
}
