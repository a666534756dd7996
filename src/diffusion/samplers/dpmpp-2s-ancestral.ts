/** DPM-Solver++(2S) (Lu et al. 2022, arXiv 2211.01095, algorithm 1, r = 1/2) to below the level wanted, then noise up to it. */
import { type Level, m, pairs, ratio, type Sampler, type Step, sum, x, x0Hat } from '../step.ts';
import { type AncestralOptions, descend } from './ancestral.ts';
import { towards } from './euler.ts';
import { about, type StageOptions } from './stages.ts';

/** @throws RangeError, once it has levels, unless η and the noise's factor are at least 0. */
export const dpmpp2sAncestral =
  (options: AncestralOptions & StageOptions = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: true }).flatMap(([t, s]): Step[] => {
      const { down, deviation } = descend(t, s, options);
      if (down.sigma === 0 || t.alpha === 0) {
        return [{ at: t, to: s, next: towards(t, down), s: deviation }];
      }
      const { levelOf = about(t, s) } = options;
      const middle: Level = levelOf(Math.sqrt(ratio(t) * ratio(down)));
      // The whole step from x at t, with the x̂_0 of the middle.
      const [a, b] = towards(t, down) as [number, number];
      return [
        { at: t, to: middle, next: towards(t, middle), keep: [sum([a, x])] },
        { at: middle, to: s, next: sum([1, m[0]], [b, x0Hat]), s: deviation },
      ];
    });
