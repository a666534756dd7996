/** TCD's strategic stochastic sampling (Zheng et al. 2024, arXiv 2402.19159, algorithm 4): past the next level, and back with noise. */
import { epsHat, type Level, pairs, type Sampler, sum, x0Hat } from '../step.ts';
import { checkAmounts } from './options.ts';
import { between } from './stages.ts';

export interface TcdOptions {
  /** γ in [0, 1], which diffusers calls η: 0 draws no noise, 1 goes to clean data every time. */
  readonly gamma?: number;
  /** The level at (1 − γ) times the next one's t; where absent, between those that are visited. */
  readonly levelAt?: (t: number) => Level;
}

/** @throws RangeError unless γ is in [0, 1]. */
export function tcd({ gamma = 0.3, levelAt }: TcdOptions = {}): Sampler {
  checkAmounts({ γ: gamma }, 1);
  return (levels) =>
    pairs(levels, { falling: true }).map(([t, s]) => {
      const past = gamma === 0 ? s : (levelAt ?? between(levels))((1 - gamma) * s.t);
      const back = s.alpha / past.alpha;
      return {
        at: t,
        to: s,
        next: sum([s.alpha, x0Hat], [back * past.sigma, epsHat(t)]),
        s: Math.sqrt(Math.max(s.sigma ** 2 - (back * past.sigma) ** 2, 0)),
      };
    });
}
