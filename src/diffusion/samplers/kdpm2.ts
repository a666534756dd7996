/** The midpoint method on dx̃/dσ̃ = ε̂, the middle being that of log σ̃ as in DPM-Solver-2: k-diffusion's DPM2. */
import { epsHat, m, ratio, type Sampler, type Step, sum, x } from '../step.ts';
import { type ChurnOptions, churned } from './churn.ts';
import { towards } from './euler.ts';
import { about } from './stages.ts';

/** @throws RangeError, once it has levels, unless γ and the noise's factor are at least 0. */
export const kdpm2 =
  (options: ChurnOptions = {}): Sampler =>
  (levels) =>
    churned(levels, options, (t, s): Step[] => {
      // log σ̃ has no middle to clean data or from pure noise: such a step is Euler's.
      if (s.sigma === 0 || t.alpha === 0) return [{ at: t, to: s, next: towards(t, s) }];
      const { levelOf = about(t, s) } = options;
      const middle = levelOf(Math.sqrt(ratio(t) * ratio(s)));
      const h = ratio(s) - ratio(t);
      return [
        { at: t, to: middle, next: towards(t, middle), keep: [sum([s.alpha / t.alpha, x])] },
        { at: middle, to: s, next: sum([1, m[0]], [s.alpha * h, epsHat(middle)]) },
      ];
    });
