/** Singlestep DPM-Solver-1, -2 and -3 (Lu et al. 2022, arXiv 2206.00927, algorithms 1 and 2) and DPM-Solver++(2S). */
import { pairs, type Sampler } from '../step.ts';
import { type SolverType, stages } from './dpm-solver-stages.ts';
import { type Algorithm, stochastic } from './exponential.ts';
import { checkOrder } from './options.ts';

export interface DpmSolverSinglestepOptions {
  /** 1, 2 or 3. */
  readonly order?: number;
  readonly algorithm?: Algorithm;
  /** How many derivatives the last stage uses: one fewer than it could, or Taylor's expansion. */
  readonly solverType?: SolverType;
  /** The same for the second stage of three, which in the paper is Taylor's; diffusers has `solverType` there too. */
  readonly second?: SolverType;
  /** Whether the last step is of order 1 even where the evaluations would suffice for whole ones. */
  readonly lowerOrderFinal?: boolean;
}

/** The orders of the steps that make use of so many evaluations (DPM-Solver-fast, section 3.4). */
export function singlestepOrders(evaluations: number, order: number, lower: boolean, clean = false) {
  const whole = Array.from({ length: Math.floor(evaluations / order) }, () => order);
  const rest = evaluations % order;
  const all = rest > 0 ? [...whole, rest] : whole;
  const last = all.at(-1) ?? 1;
  return last > 1 && (clean || (lower && rest === 0)) ? [...all.slice(0, -1), last - 1, 1] : all;
}

/**
 * The levels are all that are asked at: a step of order n begins at one and ends n further on. From pure noise, and to
 * clean data, it is of order 1.
 * @throws RangeError unless the order is 1, 2 or 3.
 */
export function dpmSolverSinglestep({
  order = 3,
  algorithm = 'dpmsolver',
  solverType = 'midpoint',
  second = 'heun',
  lowerOrderFinal = false,
}: DpmSolverSinglestepOptions = {}): Sampler {
  checkOrder(order, 3);
  return (levels) => {
    const first = levels[0]?.alpha === 0 ? [1] : [];
    const evaluations = pairs(levels, { falling: stochastic(algorithm) }).length - first.length;
    const clean = levels.at(-1)?.sigma === 0;
    let begin = 0;
    return [...first, ...singlestepOrders(evaluations, order, lowerOrderFinal, clean)].flatMap((n) => {
      const step = levels.slice(begin, begin + n + 1);
      begin += n;
      return stages(step, algorithm, n === 3 ? [second, solverType] : [solverType]);
    });
  };
}
