/** PNDM's pseudo Runge–Kutta method (Liu et al. 2022, eq. 13), stage by stage. */
import { type Level, m, sum, x } from '../step.ts';
import type { Motion } from './adams-bashforth.ts';
import { between } from './stages.ts';

/** An evaluation at one level, for a transfer between two. */
export interface Move {
  readonly at: Level;
  readonly from: Level;
  readonly to: Level;
}

/** The slopes are asked for at both ends of a step and, twice, at the middle of its time. */
export const fourfold = ({ from: t, to: s }: Move): Move[] => {
  const middle = between([t, s])((t.t + s.t) / 2);
  return [t, middle, middle, s].map((at, j) => ({ at, from: t, to: j < 2 ? middle : s }));
};

/**
 * Stage 0 … 3 of a step, `older` slopes being kept from the steps before it. x at the step's beginning is found again
 * from where the stage before has taken it.
 */
export function prk(
  stage: number,
  older: number,
  { at, from: t, to: s }: Move,
  motion: Motion,
  before?: Move,
) {
  const slope = motion.slope(at);
  const start = stage > 0 && before ? motion.back(x, m[0], before.from, before.to) : x;
  if (stage === 3) {
    const next = sum([1, m[0]], [1 / 6, motion.go(sum(), slope, t, s)]);
    return { next, keep: m.slice(1, 2 + older) };
  }
  const next = motion.go(start, slope, t, s);
  if (stage < 2) return { next, keep: [slope, ...m.slice(0, stage + older)] };
  // What the fourth slope is added to takes the place of the two that are in it.
  const soFar = sum([1 / 6, m[1]], [1 / 3, m[0]], [1 / 3, slope]);
  return { next, keep: [motion.go(start, soFar, t, s), ...m.slice(1, 2 + older)] };
}
