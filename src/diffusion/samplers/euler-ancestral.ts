/** Euler's method below the level that is wanted, then noise up to it: k-diffusion's ancestral sampling. */
import { pairs, type Sampler } from '../step.ts';
import { type AncestralOptions, descend } from './ancestral.ts';
import { towards } from './euler.ts';

/**
 * For η = 1 each step is that of `ddpm`, for any η that of `ddim`.
 * @throws RangeError, once it has levels, unless η and the noise's factor are at least 0.
 */
export const eulerAncestral =
  (options: AncestralOptions = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: true }).map(([t, s]) => {
      const { down, deviation } = descend(t, s, options);
      return { at: t, to: s, next: towards(t, down), s: deviation };
    });
