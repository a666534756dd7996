import { positionAt } from '../diffusion/path.ts';
import type { Trajectory } from '../trajectory/trajectory.ts';
import { drawState } from './draw-state.ts';
import { timeText } from './format.ts';
import { savePng } from './save-png.ts';
import type { Place } from './settings.ts';

/** Saves the state at a place as a PNG, pixel by pixel, named after where it is and, where not JAX's, after its noise. */
export async function savePicture(run: Trajectory, { direction, t }: Place): Promise<void> {
  const canvas = document.createElement('canvas');
  drawState(canvas, await run.read(positionAt(run.path, direction, t)), run.options.shape);
  const noise = run.options.noise === 'fast' ? '-fast-noise' : '';
  await savePng(canvas, `diffuscope-${direction}-t${timeText(t)}${noise}`);
}
