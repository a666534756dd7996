/** Exponential integrators: DPM-Solver multistep and singlestep, and DEIS, on diffusers' levels. */
import { linspace } from '../../../../src/diffusion/linspace.ts';
import { deis } from '../../../../src/diffusion/samplers/deis.ts';
import { dpmSolverMultistep } from '../../../../src/diffusion/samplers/dpm-solver-multistep.ts';
import { dpmSolverSinglestep } from '../../../../src/diffusion/samplers/dpm-solver-singlestep.ts';
import type { Algorithm } from '../../../../src/diffusion/samplers/exponential.ts';
import type { Level } from '../../../../src/diffusion/step.ts';
import { roundHalfEven, solverTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { limitOf, outputOf, type Settings, sigmasOf } from './config.ts';
import type { Planner } from './plan.ts';
import { finalSigma, solverTable, type Table, timestepsAbove } from './tables.ts';

/** σ is σ_t/α_t of a VP level, or, for flow matching, σ_t itself. */
const levelOf =
  (settings: Settings) =>
  (sigma: number, t: number): Level => {
    if (settings.flag('use_flow_sigmas')) return { alpha: 1 - sigma, sigma, t };
    const alpha = 1 / Math.hypot(sigma, 1);
    return { alpha, sigma: sigma * alpha, t };
  };

/** The levels of a table, and what of a plan follows from them. */
export function planOn(
  settings: Settings,
  { sigmas, timesteps }: Table,
  last: number,
  images: number,
  level = levelOf(settings),
) {
  const all = [...sigmas, last];
  const levels = all.map((sigma, i) => level(sigma, timesteps[i] ?? 0));
  const plan = {
    timesteps,
    sigmas: all,
    output: outputOf(settings),
    limit: settings.flag('thresholding') ? limitOf(settings, false, images) : undefined,
    noisy: (call: number) => levels[call] as Level,
  };
  return { levels, plan };
}

/** Orders fall off at the end of fewer than 15 steps, all counted even where a run begins in the middle. */
export const ordersOf = (settings: Settings, n: number) => ({
  order: settings.number('solver_order', 2),
  lowerOrderFinal: settings.flag('lower_order_final', true),
  eulerAtFinal: settings.flag('euler_at_final'),
  few: n < 15 ? Infinity : 0,
});

const solverTypeOf = (settings: Settings): 'midpoint' | 'heun' =>
  settings.choice('solver_type', ['midpoint', 'heun', 'logrho', 'bh1', 'bh2']) === 'heun'
    ? 'heun'
    : 'midpoint';

function algorithmOf(settings: Settings): Algorithm {
  const name = settings.choice('algorithm_type', [
    'dpmsolver++',
    'dpmsolver',
    'sde-dpmsolver++',
    'sde-dpmsolver',
    'deis',
  ]);
  return name === 'deis' ? 'dpmsolver++' : name;
}

/** It draws at every step, even where the last has no noise. */
export const drawsOf = (settings: Settings) => () => algorithmOf(settings).startsWith('sde');

export const multistep = (settings: Settings, n: number) =>
  dpmSolverMultistep({
    algorithm: algorithmOf(settings),
    solverType: solverTypeOf(settings),
    ...ordersOf(settings, n),
  });

export const multistepPlan: Planner = (settings, times, { images, start }) => {
  const last = timestepsAbove(settings);
  const timesteps =
    times.timesteps ?? solverTimesteps(settings.T, times.n ?? 0, { ...settings.spacing('linspace'), last });
  const table = solverTable(settings, timesteps, times);
  const { levels, plan } = planOn(settings, table, finalSigma(settings), images);
  const sampler = multistep(settings, table.timesteps.length);
  return { ...plan, steps: sampler(levels.slice(start)), draws: drawsOf(settings) };
};

/** The timesteps of a run from data to noise, which leaves out the noisiest of n + 1 rather than the cleanest. */
function risingTimesteps(settings: Settings, n: number, last: number): number[] {
  const { spacing, stepsOffset } = settings.spacing('linspace');
  if (spacing === 'trailing') return solverTimesteps(settings.T, n, { spacing, last }).reverse();
  if (spacing === 'linspace') {
    return linspace(0, last - 1, n + 1)
      .slice(0, -1)
      .map(roundHalfEven);
  }
  return Array.from({ length: n }, (_, i) => i * Math.floor(last / (n + 1)) + stepsOffset);
}

/** From data to noise; a timestep that comes twice is left out, though its σ is not. */
export const multistepInversePlan: Planner = (settings, times, { images, start }) => {
  const last = timestepsAbove(settings);
  const rising = risingTimesteps(settings, times.n ?? 0, last);
  const table = solverTable(settings, rising, times);
  const flow = settings.flag('use_flow_sigmas');
  const spaced = ['karras', 'exponential', 'beta'].some((name) => settings.flag(`use_${name}_sigmas`));
  const sigmas = spaced ? table.sigmas.toReversed() : table.sigmas;
  const times_ = spaced ? table.timesteps.toReversed() : table.timesteps;
  const timesteps = times_.filter((t, i) => times_.indexOf(t) === i);
  const end = spaced || flow ? sigmas.at(-1) : sigmasOf(settings)[last - 1];
  const { levels, plan } = planOn(settings, { sigmas, timesteps }, end as number, images);
  const steps = multistep(settings, timesteps.length)(levels.slice(start, timesteps.length + 1));
  return { ...plan, steps, draws: drawsOf(settings) };
};

/** Singlestep orders, evaluation by evaluation: 1, 2, 3, 1, 2, 3, … (get_order_list). */
function orderList(settings: Settings, n: number, clean: boolean): number[] {
  const order = settings.number('solver_order', 2);
  const lower = settings.flag('lower_order_final') || n % order !== 0 || clean;
  const list = Array.from({ length: n }, (_, i) => (i % order) + 1);
  if (lower && order > 1 && n % order === 0) list.splice(-2, 2, order === 3 ? 2 : 1, 1);
  return clean ? list.with(-1, 1) : list;
}

/** The orders of whole steps, the first evaluations being of order 1 while nothing is kept. */
function wholeSteps(list: readonly number[], start: number): number[] {
  const lowered = list.slice(start).map((order, i) => Math.min(order, i + 1));
  return lowered.filter((order, i) => (lowered[i + 1] ?? 1) <= order);
}

export const singlestepPlan: Planner = (settings, times, { images, start }) => {
  const last = timestepsAbove(settings);
  const timesteps = times.timesteps ?? solverTimesteps(settings.T, times.n ?? 0, { last });
  const table = solverTable(settings, timesteps, times);
  const end = finalSigma(settings);
  const { levels, plan } = planOn(settings, table, end, images);
  let begin = start;
  const steps = wholeSteps(orderList(settings, table.timesteps.length, end === 0), start).flatMap((order) => {
    const own = levels.slice(begin, begin + order + 1);
    begin += order;
    const solverType = solverTypeOf(settings);
    return dpmSolverSinglestep({
      order,
      algorithm: algorithmOf(settings),
      solverType,
      second: solverType,
      lowerOrderFinal: false,
    })(own);
  });
  return { ...plan, steps, draws: drawsOf(settings) };
};

export const deisPlan: Planner = (settings, times, { images, start }) => {
  const timesteps = solverTimesteps(settings.T, times.n ?? 0, settings.spacing('linspace'));
  const table = solverTable(settings, timesteps, times);
  const respaced = ['karras', 'exponential', 'beta', 'flow'].some((name) =>
    settings.flag(`use_${name}_sigmas`),
  );
  const end = respaced ? table.sigmas.at(-1) : sigmasOf(settings)[0];
  const { levels, plan } = planOn(settings, table, end as number, images);
  return { ...plan, steps: deis(ordersOf(settings, table.timesteps.length))(levels.slice(start)) };
};
