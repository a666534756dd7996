/** Heun's method on dx̃/dσ̃ = ε̂, x̃ = x/α and σ̃ = σ/α (Karras et al. 2022, algorithms 1 and 2 with σ(t) = t, s(t) = 1). */
import { epsHat, m, ratio, type Sampler, type Step, sum, x } from '../step.ts';
import { type ChurnOptions, churned } from './churn.ts';
import { towards } from './euler.ts';

/** @throws RangeError, once it has levels, unless γ and the noise's factor are at least 0. */
export const heun =
  (options: ChurnOptions = {}): Sampler =>
  (levels) =>
    churned(levels, options, (t, s): Step[] => {
      const predict: Step = { at: t, to: s, next: towards(t, s) };
      // Clean data have no slope, and pure noise no x̃: such a step is Euler's.
      if (s.sigma === 0 || t.alpha === 0) return [predict];
      // x' = α_s (x̃ + h (d_1 + d_2)/2): the first half is kept.
      const half = (s.alpha * (ratio(s) - ratio(t))) / 2;
      return [
        { ...predict, keep: [sum([s.alpha / t.alpha, x], [half, epsHat(t)])] },
        { at: s, to: s, next: sum([1, m[0]], [half, epsHat(s)]) },
      ];
    });
