/** What GPU memory the wall would take. */
import type { Images } from '../../diffusion/images.ts';
import type { Step } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { TooLarge } from '../../gpu/errors.ts';
import { type RunPlan, runBytes } from '../../trajectory/memory.ts';
import type { DenoiserKind } from '../../trajectory/trajectory.ts';
import type { Wanted } from './wanted.ts';

/** With `n` samples at once; undefined where there cannot be so many. */
export function wallBytes(
  gpu: Gpu,
  { denoiser: name }: Wanted,
  given: {
    readonly n: number;
    readonly set: Images;
    readonly steps: readonly Step[];
    readonly kind: DenoiserKind;
  },
): number | undefined {
  const { n, set, steps, kind } = given;
  // A spectrum is that of one image.
  const source = { ...set, shape: { ...set.shape, n: 1 } };
  const plan: RunPlan = { shape: { ...set.shape, n }, steps, denoiser: { name, set, source } };
  try {
    return runBytes(gpu, plan, kind).total;
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TooLarge)) throw error;
    return undefined;
  }
}
