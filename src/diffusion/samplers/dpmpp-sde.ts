/**
 * DPM-Solver++ for the reverse SDE, singlestep: two ancestral steps from the same x, to a stage at λ_t + r h and to the
 * end, with noise of their own (k-diffusion's DPM++ SDE).
 */
import { m, pairs, ratio, type Sampler, type Step, sum, x, x0Hat } from '../step.ts';
import { type AncestralOptions, descend } from './ancestral.ts';
import { towards } from './euler.ts';
import { about, type StageOptions } from './stages.ts';

export interface DpmppSdeOptions extends AncestralOptions, StageOptions {
  /** Where the stage lies between the levels in λ. */
  readonly r?: number;
}

/** @throws RangeError unless 0 < r ≤ 1 and, once it has levels, η and the noise's factor are at least 0. */
export function dpmppSde(options: DpmppSdeOptions = {}): Sampler {
  const { r = 1 / 2 } = options;
  if (!(r > 0 && r <= 1)) throw new RangeError(`r must lie in (0, 1], not ${r}`);
  return (levels) =>
    pairs(levels, { falling: true }).flatMap(([t, s]): Step[] => {
      const end = descend(t, s, options);
      const whole = towards(t, end.down);
      if (s.sigma === 0 || t.alpha === 0) return [{ at: t, to: s, next: whole, s: end.deviation }];
      const { levelOf = about(t, s) } = options;
      const middle = levelOf(ratio(t) ** (1 - r) * ratio(s) ** r);
      const stage = descend(t, middle, options);
      // x̂_0 of the two stages is weighted by 1 − 1/(2r) and 1/(2r).
      const [a, b] = whole as [number, number];
      const second = 1 / (2 * r);
      return [
        {
          at: t,
          to: middle,
          next: towards(t, stage.down),
          s: stage.deviation,
          keep: [sum([a, x], [(1 - second) * b, x0Hat])],
        },
        { at: middle, to: s, next: sum([1, m[0]], [second * b, x0Hat]), s: end.deviation },
      ];
    });
}
