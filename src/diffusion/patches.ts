/** The posterior mean over the patches of one picture: what a level of noise makes of it. */
import type { Scales } from './step.ts';

/**
 * Whether a picture goes on at its other end, or is surrounded by zeros; the output likewise. Zeros know where the edges
 * are, as landscapes do.
 */
export type Padding = 'zero' | 'circular';

/** One row of the table of a denoiser over patches. */
export interface PatchRow {
  readonly alpha: number;
  /** 1/(2σ²), of the log-weight −‖x_t − α s‖²/(2σ²). */
  readonly invTwoVariance: number;
  /** (k − 1)/2 for patches of k × k pixels. */
  readonly radius: number;
}

/** Less noise than this is taken for this much: what is left is the nearest patch, and numbers stay finite. */
export const LEAST_SIGMA = 1e-3;
export const PATCH_SIZES = { least: 3, most: 31 };

/** @throws RangeError unless the patch is odd and from 3 to 31 pixels wide. */
export function patchRow({ alpha, sigma }: Scales, patch: number): PatchRow {
  const { least, most } = PATCH_SIZES;
  if (!Number.isInteger(patch) || patch % 2 === 0 || patch < least || patch > most) {
    throw new RangeError(`a patch must be odd and from ${least} to ${most} pixels wide, not ${patch}`);
  }
  return { alpha, invTwoVariance: 1 / (2 * Math.max(sigma, LEAST_SIGMA) ** 2), radius: (patch - 1) / 2 };
}

/** How many pixels of a patch must be within the source, where whole patches are asked for: some are left always. */
export const insetOf = (radius: number, { w, h }: { readonly w: number; readonly h: number }): number =>
  Math.min(radius, Math.floor((Math.min(w, h) - 1) / 4));

/** Entry `p` of a list whose last entry goes on for ever. */
export const entry = <Value>(list: readonly Value[], p: number): Value =>
  list[Math.min(p, list.length - 1)] as Value;
