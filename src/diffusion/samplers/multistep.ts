/**
 * What multistep methods have in common: their order at every step, what they keep, and the polynomial in λ through it.
 */
import { type Form, type Level, lambda, m, sum } from '../step.ts';
import { quadrature } from './phi.ts';

export interface Orders {
  /** From 1 to what the method has. */
  readonly order?: number;
  /** Whether the last steps fall back to orders …, 2, 1, where there are fewer than `few` steps. */
  readonly lowerOrderFinal?: boolean;
  readonly few?: number;
  /** Whether the last step is of order 1, however many there are. */
  readonly eulerAtFinal?: boolean;
}

/**
 * The order of the step from `levels[i]`: clean data allows 1, and no step more than there are levels with a finite λ to
 * have kept something from.
 */
export function orderAt(i: number, levels: readonly Level[], orders: Orders): number {
  const { order = 2, lowerOrderFinal = true, few = Infinity, eulerAtFinal = false } = orders;
  const steps = levels.length - 1;
  const left = steps - i;
  if (left === 1 && (eulerAtFinal || levels[steps]?.sigma === 0)) return 1;
  const known = levels.slice(0, i + 1).filter(({ alpha }) => alpha > 0).length;
  return Math.min(order, Math.max(known, 1), lowerOrderFinal && steps < few ? left : order);
}

/** `output` and the newest of what step `i` finds, `count` in all. */
export const newest = (count: number, i: number, output: Form): Form[] =>
  [output, ...m.slice(0, i)].slice(0, count);

/** λ − λ_i at `levels[i]` and those before it, newest first. */
export const nodesAt = (levels: readonly Level[], i: number, count: number): number[] =>
  levels
    .slice(i + 1 - count, i + 1)
    .toReversed()
    .map((level, k) => (k === 0 ? 0 : lambda(level) - lambda(levels[i] as Level)));

/** The integral of the polynomial that goes through the outputs at the nodes, by what it makes of 1, λ, λ², …. */
export const interpolated = (
  nodes: readonly number[],
  moments: readonly number[],
  outputs: readonly Form[],
): Form => sum(...quadrature(nodes, moments).map((w, k) => [w, outputs[k] as Form] as const));
