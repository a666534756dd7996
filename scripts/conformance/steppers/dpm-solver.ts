/** DPM-Solver as its authors' own code runs it: a Gaussian's exact ε, on the continuous VP process. */
import { linspace } from '../../../src/diffusion/linspace.ts';
import { x0Weights } from '../../../src/diffusion/prediction.ts';
import { dpmSolverMultistep } from '../../../src/diffusion/samplers/dpm-solver-multistep.ts';
import {
  dpmSolverSinglestep,
  singlestepOrders,
} from '../../../src/diffusion/samplers/dpm-solver-singlestep.ts';
import type { Level, Step } from '../../../src/diffusion/step.ts';
import { type VpProcess, vpProcess } from '../../../src/diffusion/vp.ts';
import { type Entry, type Figure, has, type Kind } from '../entry.ts';
import { figure, state } from './shared.ts';
import { type Walker, walked } from './walker.ts';

interface Run {
  readonly algorithm_type: 'dpmsolver' | 'dpmsolver++';
  readonly method: string;
  readonly order: number;
  readonly skip_type: string;
  readonly steps: number;
  readonly lower_order_final: boolean;
  readonly solver_type?: string;
  readonly denoise_to_zero?: boolean;
  readonly t_start: number;
  readonly t_end: number;
  readonly x_final: number[];
  readonly max_abs_err_vs_exact?: number;
  readonly x_after_each_update?: number[][];
}

interface Group {
  readonly schedule: string;
  readonly t_alpha_sigma_lambda: number[][];
  readonly model: string;
  readonly exact_formula: string;
  readonly entries: Run[];
}

/** The number after `name` in a formula. */
function numberIn(text: string, name: string): number {
  const found = new RegExp(`\\b${name}=([\\d.]+)`).exec(text);
  if (!found) throw new RangeError(`“${text}” does not say what ${name} is`);
  return Number(found[1]);
}

/** n + 1 times from t_T to t_0. */
function timeSteps(
  { lambda, timeOfLambda }: VpProcess,
  skip: string,
  [T, t0]: readonly [number, number],
  n: number,
) {
  switch (skip) {
    case 'logSNR':
      return [
        T,
        ...linspace(lambda(T), lambda(t0), n + 1)
          .slice(1, -1)
          .map(timeOfLambda),
        t0,
      ];
    case 'time_uniform':
      return linspace(T, t0, n + 1);
    case 'time_quadratic':
      return linspace(Math.sqrt(T), Math.sqrt(t0), n + 1).map((root) => root ** 2);
    default:
      throw new RangeError(`no such skip type: ${skip}`);
  }
}

/** The levels, the steps between them, and after which of these an update is complete. */
function plan(run: Run, process: VpProcess) {
  const { method, order, steps: count, skip_type: skip, t_start: T, t_end: t0 } = run;
  const heun = run.solver_type === 'taylor';
  const options = { order, algorithm: run.algorithm_type, solverType: heun ? 'heun' : 'midpoint' } as const;
  const times = (span: readonly [number, number], n: number) => timeSteps(process, skip, span, n);
  if (method === 'multistep') {
    const levels = times([T, t0], count).map(process.at);
    const lowerOrderFinal = run.lower_order_final;
    const steps = dpmSolverMultistep({ ...options, lowerOrderFinal, few: 10 })(levels);
    return { levels, steps, updates: steps.map((_, i) => i) };
  }
  const fixed = method === 'singlestep_fixed';
  const orders = singlestepOrders(fixed ? count - (count % order) : count, order, !fixed && order === 3);
  const ends = orders.map((_, k) => orders.slice(0, k + 1).reduce((a, b) => a + b, 0));
  // Whole steps are spaced in log SNR; in time, so are all their evaluations.
  const outer =
    fixed || skip === 'logSNR'
      ? times([T, t0], orders.length)
      : [0, ...ends].map((end) => times([T, t0], count)[end] as number);
  const inner = orders.flatMap((n, k) => times([outer[k] as number, outer[k + 1] as number], n).slice(0, n));
  const levels = [...inner, t0].map(process.at);
  const steps = dpmSolverSinglestep({ ...options, lowerOrderFinal: !fixed && order === 3 })(levels);
  return { levels, steps, updates: ends.map((end) => end - 1) };
}

/** The answer of the code to t_0 itself: x̂_0. */
const denoised = (last: Level): Step[] => dpmSolverMultistep()([last, { alpha: 1, sigma: 0, t: 0 }]);

async function figures(
  walker: Walker,
  run: Run,
  process: VpProcess,
  denoise: (x: Float64Array, at: Level) => Float64Array,
  start: number[],
  exact: number[],
): Promise<Figure[]> {
  const { levels, steps, updates } = plan(run, process);
  const all = run.denoise_to_zero ? [...steps, ...denoised(levels.at(-1) as Level)] : steps;
  const states: ArrayLike<number>[] = [];
  for await (const x of walker({ steps: all, x: start, denoise })) states.push(x);
  const final = Array.from(states.at(-1) ?? []);
  const after = [...updates, ...(run.denoise_to_zero ? [all.length - 1] : [])].map(
    (i) => states[i] as ArrayLike<number>,
  );
  // The multistep method lists what it starts from, too.
  const listed = run.method === 'multistep' ? [start, ...after] : after;
  return [
    ...listed.map((x, i) => state(`x after update ${i}`, x, run.x_after_each_update?.[i])),
    figure('updates', listed.length, run.x_after_each_update?.length),
    state('x_final', final, run.x_final),
    figure(
      'max_abs_err_vs_exact',
      Math.max(...final.map((value, i) => Math.abs(value - (exact[i] as number)))),
      run.max_abs_err_vs_exact,
    ),
  ];
}

const group: Kind = {
  matches: (value) => has(value, 't_alpha_sigma_lambda', 'schedule', 'model', 'entries'),
  entries: (
    value: Group & { 'exact_solution_at_t=1e-3'?: number[] },
    { x0_unit: start }: { x0_unit: number[] },
  ): Entry[] => {
    const process = vpProcess({
      beta0: numberIn(value.schedule, 'beta_0'),
      beta1: numberIn(value.schedule, 'beta_1'),
    });
    const [mean, deviation] = [numberIn(value.model, 'm'), numberIn(value.model, 's')];
    const spread = ({ alpha, sigma }: Level) => Math.hypot(alpha * deviation, sigma);
    const denoise = (x: Float64Array, at: Level) => {
      const { p, q } = x0Weights('epsilon', at);
      const epsilon = (value: number) => (at.sigma * (value - at.alpha * mean)) / spread(at) ** 2;
      return x.map((value) => p * value + q * epsilon(value));
    };
    const exact = (from: Level, to: Level) =>
      start.map((value) => to.alpha * mean + ((value - from.alpha * mean) * spread(to)) / spread(from));
    const schedule = value.t_alpha_sigma_lambda.map(([t = 0, ...theirs]): Entry => {
      const { alpha, sigma } = process.at(t);
      const ours = [alpha, sigma, process.lambda(t)];
      return {
        name: `alpha, sigma, lambda at t = ${t}`,
        figures: () => [{ name: 'values', ours, theirs, within: 1e-12 }],
      };
    });
    const solution: Entry = {
      name: 'exact solution at t = 1e-3',
      figures: () => [figure('x', exact(process.at(1), process.at(1e-3)), value['exact_solution_at_t=1e-3'])],
    };
    const runs = value.entries.map((run): Entry => {
      const { algorithm_type, method, order, skip_type, steps } = run;
      const subject = "DPM-Solver's own code";
      const name = `${algorithm_type}, ${method} of order ${order}, ${skip_type}, ${steps} steps`;
      if (method === 'adaptive')
        return { name, subject, cannot: 'steps that depend on x are not a list made beforehand' };
      const end = exact(process.at(run.t_start), process.at(run.t_end));
      return { name, subject, ...walked((walker) => figures(walker, run, process, denoise, start, end)) };
    });
    return [...schedule, solution, ...runs];
  },
};

export const dpmSolver: Kind[] = [group];
