/** What GPU memory the wall would take. */
import type { Step } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { runBytes } from '../../trajectory/memory.ts';
import type { Shape } from '../../trajectory/trajectory.ts';
import type { Wanted } from './wanted.ts';

/** With `n` samples at once; undefined where there cannot be so many. */
export function wallBytes(
  gpu: Gpu,
  { denoiser }: Wanted,
  { n, set, steps }: { readonly n: number; readonly set: Shape; readonly steps: readonly Step[] },
): number | undefined {
  try {
    // All sets of the page are of bytes.
    return runBytes(gpu, { shape: { ...set, n }, steps, denoiser, images: set.n, inBytes: true }).total;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
