/** Heun's method on the flow (see flow-euler.ts), as Karras et al. have it on theirs; the step to clean data is Euler's. */
import { m, pairs, type Sampler, type Step, sum } from '../step.ts';
import { along, stride, velocity } from './flow-euler.ts';

export const flowHeun = (): Sampler => (levels) =>
  pairs(levels).flatMap(([t, s]): Step[] => {
    const predict: Step = { at: t, to: s, next: along(t, s) };
    if (s.sigma === 0) return [predict];
    // The first half of the mean slope is kept; the second adds to it.
    return [
      { ...predict, keep: [along(t, s, 1 / 2)] },
      { at: s, to: s, next: sum([1, m[0]], [stride(t, s) / 2, velocity(s)]) },
    ];
  });
