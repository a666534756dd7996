/**
 * The probability-flow ODE of a path x = s(t)(x_0 + σ(t) ε), by the second-order methods with parameter α (Karras et al.
 * 2022, algorithms 1 and 3): Euler's, Heun's with α = 1, the midpoint method with α = 1/2, Ralston's with α = 2/3.
 */
import { linearNoise, type Path, unscaled } from '../edm-path.ts';
import { type Form, type Level, m, ratio, type Sampler, type Step, sum, x, x0Hat } from '../step.ts';
import { type ChurnOptions, churned } from './churn.ts';
import { towards } from './euler.ts';
import { about } from './stages.ts';

export interface EdmOdeOptions extends ChurnOptions {
  readonly path?: Path;
  readonly solver?: 'euler' | 'heun';
  /** Where the second slope is taken, in (0, 1]. */
  readonly alpha?: number;
}

/** @throws RangeError unless 0 < α ≤ 1 and, once it has levels, as `heun`. */
export function edmOde(options: EdmOdeOptions = {}): Sampler {
  const { path = unscaled(linearNoise), solver = 'heun', alpha = 1, ...churn } = options;
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError(`α must lie in (0, 1], not ${alpha}`);
  return (levels) => {
    const { sigma, sigmaDot, timeOf, s, sDot } = path;
    /** s(t) x̃, the path's own state, from that of a level. */
    const scale = (t: number, level: Level) => s(t) / level.alpha;
    /** dx/dt (eq. 4), the level being that of t. */
    const slope = (t: number, level: Level): Form =>
      sum(
        [(sigmaDot(t) / sigma(t) + sDot(t) / s(t)) * scale(t, level), x],
        [(-sigmaDot(t) * s(t)) / sigma(t), x0Hat],
      );
    return churned(levels, churn, (from, to): Step[] => {
      if (from.alpha === 0) return [{ at: from, to, next: towards(from, to) }];
      const [t, next] = [timeOf(ratio(from)), timeOf(ratio(to))];
      const h = next - t;
      const d = slope(t, from);
      /** x + weight·d, in the scale of a level at `time`. */
      const along = (weight: number, time: number, level: Level) =>
        sum([scale(t, from) / scale(time, level), x], [weight / scale(time, level), d]);
      if (solver === 'euler' || to.sigma === 0) return [{ at: from, to, next: along(h, next, to) }];
      const time = t + alpha * h;
      const { levelOf = about(from, to) } = churn;
      const stage = alpha === 1 ? to : levelOf(sigma(time));
      const second = 1 / (2 * alpha);
      const kept = along(h * (1 - second), next, to);
      return [
        { at: from, to: stage, next: along(alpha * h, time, stage), keep: [kept] },
        { at: stage, to, next: sum([1, m[0]], [(h * second) / scale(next, to), slope(time, stage)]) },
      ];
    });
  };
}
