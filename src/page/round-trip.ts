/** How far from its picture a run ends, once the host has both. */
import type { Trajectory } from '../trajectory/trajectory.ts';

/** √(mean (x − scale·y)²) */
export function rms(x: Float32Array, y: Float32Array, scale = 1): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += ((x[i] as number) - scale * (y[i] as number)) ** 2;
  return Math.sqrt(total / x.length);
}

/** By the state that a run ends with: every frame asks. */
const known = new WeakMap<Float32Array, number>();

/** The RMS of x_0 as the way back makes it less x_0 itself, values from −1 to 1; undefined until both are charted. */
export function roundTripError({ checkpoints, last }: Trajectory): number | undefined {
  const [begin, end] = [checkpoints.at(0), checkpoints.at(last)];
  if (!begin || !end) return undefined;
  const error = known.get(end) ?? rms(end, begin);
  known.set(end, error);
  return error;
}
