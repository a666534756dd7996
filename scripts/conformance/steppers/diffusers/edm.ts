/** EDM's schedulers, by Euler's method and by multistep DPM-Solver++, with its own preconditioning. */
import { linspace } from '../../../../src/diffusion/linspace.ts';
import type { Weights } from '../../../../src/diffusion/prediction.ts';
import { exponentialSigmas, type SigmaRange } from '../../../../src/diffusion/sigmas.ts';
import type { Settings } from './config.ts';
import { eulerSteps } from './euler.ts';
import { common, levelsOf } from './karras.ts';
import type { Planner } from './plan.ts';
import { drawsOf, multistep, planOn } from './solvers.ts';
import type { Table } from './tables.ts';

/** EDM's preconditioning (Karras et al. 2022, table 1), with the sign of v for v_prediction. */
export function edmOutput(settings: Settings): (sigma: number) => Weights {
  const data = settings.number('sigma_data', 0.5);
  const sign = settings.choice('prediction_type', ['epsilon', 'v_prediction']) === 'v_prediction' ? -1 : 1;
  return (sigma) => ({
    p: data ** 2 / (sigma ** 2 + data ** 2),
    q: (sign * sigma * data) / Math.hypot(sigma, data),
  });
}

export const edmInputScale = (settings: Settings, sigma: number): number =>
  1 / Math.hypot(sigma, settings.number('sigma_data', 0.5));

/** Karras' σ a part u of the way from σ_max to σ_min. */
export const karrasAt = (u: number, { sigmaMin, sigmaMax }: SigmaRange, rho: number): number => {
  const [first, last] = [sigmaMax ** (1 / rho), sigmaMin ** (1 / rho)];
  return (first + u * (last - first)) ** rho;
};

/** EDM's σ; the model is told log(σ)/4. */
export function edmTable(settings: Settings, asked: number | readonly number[]): Table {
  const range = { sigmaMin: settings.number('sigma_min', 0.002), sigmaMax: settings.number('sigma_max', 80) };
  const karras = settings.choice('sigma_schedule', ['karras', 'exponential']) === 'karras';
  const rho = settings.number('rho', 7);
  // A ramp of one's own goes from 0 to 1; in the logarithm only its length counts.
  const n = typeof asked === 'number' ? asked : asked.length;
  const ramp = typeof asked === 'number' ? linspace(0, 1, n) : asked;
  const sigmas = karras ? ramp.map((u) => karrasAt(u, range, rho)) : exponentialSigmas(n, range);
  return { sigmas, timesteps: sigmas.map((sigma) => Math.log(sigma) / 4) };
}

/** The standard deviation of what a run begins with, whose data has deviation 1. */
export const edmInit = (settings: Settings): number => Math.hypot(settings.number('sigma_max', 80), 1);

export const edmMultistepPlan: Planner = (settings, { n: asked = 0, sigmas: ramp }, { images, start }) => {
  const table = edmTable(settings, ramp ?? asked);
  const n = table.sigmas.length;
  const zero = settings.choice('final_sigmas_type', ['zero', 'sigma_min']) === 'zero';
  const end = zero ? 0 : settings.number('sigma_min', 0.002);
  const { levels, plan } = planOn(settings, table, end, images, (sigma, t) => ({ alpha: 1, sigma, t }));
  const output = edmOutput(settings);
  return {
    ...plan,
    initNoiseSigma: edmInit(settings),
    inputScale: (call) => edmInputScale(settings, plan.sigmas[call] as number),
    output: ({ sigma }) => output(sigma),
    steps: multistep(settings, n)(levels.slice(start)),
    draws: drawsOf(settings),
  };
};

export const edmEulerPlan: Planner = (settings, { n = 0, sigmas: ramp }, around) => {
  const table = edmTable(settings, ramp ?? n);
  const zero = settings.choice('final_sigmas_type', ['zero', 'sigma_min']) === 'zero';
  const sigmas = [...table.sigmas, zero ? 0 : (table.sigmas.at(-1) as number)];
  const levels = levelsOf({ sigmas, timesteps: table.timesteps });
  const output = edmOutput(settings);
  return {
    ...common(settings, sigmas, table.timesteps),
    initNoiseSigma: edmInit(settings),
    inputScale: (call) => edmInputScale(settings, sigmas[call] as number),
    output: ({ sigma }) => output(sigma),
    ...eulerSteps(levels, table.timesteps.length, around, (_, hat) => output(hat)),
  };
};
