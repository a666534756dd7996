/** The code lengths that the plot shows: of a set, at ever more steps. */
import { type Images, valuesOf } from '../../diffusion/images.ts';
import { vdmLinear } from '../../diffusion/schedule.ts';
import { shrunk } from '../../diffusion/shrink.ts';
import type { Gpu } from '../../gpu/device.ts';
import { type CodeLength, codeLength } from '../../trajectory/code-length.ts';

/** The numbers of steps. */
export const STEPS = [30, 100, 300, 1000, 3000] as const;
/** Pixels a side: thousands of passes over a set of such images take seconds. */
export const SIDE = 8;
const MOST_IMAGES = 512;
const MOST_BATCH = 64;
const [GAMMA_MIN, GAMMA_MAX] = [-18, 14];
/** Where images may be told apart, and the error depends on the noise: there few steps are drawn more often. */
const [UNSURE_FROM, UNSURE_TO] = [-8, 6];
const MOST_DRAWS = 16;
const DRAWN_STEPS = 2000;

export const smallSet = (images: Images): Images => shrunk(images, MOST_IMAGES, SIDE);

export interface CodeLengthRun {
  /** As `smallSet` makes it. */
  readonly set: Images;
  readonly T: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Bits an image, over the first 64 of the set at most. @throws as `codeLength`. */
export function bitsAt(gpu: Gpu, { set, T, signal, onProgress }: CodeLengthRun): Promise<CodeLength> {
  const schedule = vdmLinear(T - 1, GAMMA_MIN, GAMMA_MAX);
  const n = Math.min(set.shape.n, MOST_BATCH);
  const gamma = (t: number) => GAMMA_MIN + ((GAMMA_MAX - GAMMA_MIN) * (t - 1)) / (T - 1);
  const often = Math.min(MOST_DRAWS, Math.ceil(DRAWN_STEPS / T));
  return codeLength(gpu, {
    ...{ source: valuesOf(set, 0, n), shape: { ...set.shape, n }, schedule, seed: 1 },
    ...{ denoiser: { name: 'ideal', set }, signal, onProgress },
    draws: (t) => (UNSURE_FROM < gamma(t) && gamma(t) < UNSURE_TO ? often : 1),
  });
}
