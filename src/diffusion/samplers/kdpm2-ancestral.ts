/** The midpoint method of `kdpm2` to below the level that is wanted, then noise up to it: k-diffusion's DPM2 a. */
import { epsHat, m, pairs, ratio, type Sampler, type Step, sum, x } from '../step.ts';
import { type AncestralOptions, descend } from './ancestral.ts';
import { towards } from './euler.ts';
import { about, type StageOptions } from './stages.ts';

/** @throws RangeError, once it has levels, unless η and the noise's factor are at least 0. */
export const kdpm2Ancestral =
  (options: AncestralOptions & StageOptions = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: true }).flatMap(([t, s]): Step[] => {
      const { down, deviation } = descend(t, s, options);
      if (down.sigma === 0 || t.alpha === 0) {
        return [{ at: t, to: s, next: towards(t, down), s: deviation }];
      }
      const { levelOf = about(t, s) } = options;
      const middle = levelOf(Math.sqrt(ratio(t) * ratio(down)));
      const h = ratio(down) - ratio(t);
      const next = sum([1, m[0]], [s.alpha * h, epsHat(middle)]);
      return [
        { at: t, to: middle, next: towards(t, middle), keep: [sum([s.alpha / t.alpha, x])] },
        { at: middle, to: s, next, s: deviation },
      ];
    });
