/** A run whose noise knows colour. Matrices come with it, so it is loaded when there is one. */
import { type ColourNoise, colourProcess } from '../diffusion/colour.ts';
import { colourPath } from '../diffusion/colour-path.ts';
import type { Gpu } from '../gpu/device.ts';
import { colourRowTable, LinearGaussianColour } from '../passes/process/linear-gaussian-colour.ts';
import type { Journey, JourneyOptions } from './journey.ts';

/** @throws RangeError for a sampler, and for noise that is no covariance or has no three channels to act on. */
export function colourJourney(
  gpu: Gpu,
  { shape, schedule, seed, start, turn, there, steps, noise }: JourneyOptions,
  colour: ColourNoise,
): Journey {
  if (steps || there)
    throw new RangeError('colour noise is undone by its own posterior; samplers know scalar noise only');
  const run = colourPath(colourProcess(colour, schedule), seed, start, turn);
  const table = colourRowTable(gpu, run.rows, shape);
  const step: Journey['step'] = (x, { x0Hat }) =>
    LinearGaussianColour.create(gpu, { table, x, x0Hat, shape, noise });
  return { path: run, table, slots: 0, step };
}
