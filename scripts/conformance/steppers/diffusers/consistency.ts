/** Consistency models: LCM and TCD. */
import { lcm } from '../../../../src/diffusion/samplers/lcm.ts';
import { tcd } from '../../../../src/diffusion/samplers/tcd.ts';
import type { Level } from '../../../../src/diffusion/step.ts';
import { consistencyTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { limitOf, outputOf, type Settings, scheduleOf, type Times, vpLevel } from './config.ts';
import type { Planner } from './plan.ts';

function timestepsOf(settings: Settings, times: Times): readonly number[] {
  const { n = 0, strength = 1 } = times;
  const original = times.original_inference_steps ?? settings.number('original_inference_steps', 50);
  if (!times.timesteps) return consistencyTimesteps(settings.T, n, { original, strength });
  const given = times.timesteps;
  return given.slice(Math.max(given.length - Math.trunc(given.length * strength), 0));
}

export const lcmPlan: Planner = (settings, times, { images, start }) => {
  const schedule = scheduleOf(settings);
  const timesteps = timestepsOf(settings, times);
  const levels = timesteps.map((t) => vpLevel(schedule, t));
  const clean = { alpha: 1, sigma: 0, t: 0 };
  const timestepScaling = settings.number('timestep_scaling', 10);
  return {
    timesteps,
    steps: lcm({ timestepScaling })([...levels, clean].slice(start)),
    output: outputOf(settings),
    limit: limitOf(settings, false, images),
    noisy: (call) => levels[call] as Level,
  };
};

/** It ends at timestep 0, not at clean data, and never limits x̂_0. */
export const tcdPlan: Planner = (settings, times, { step, start }) => {
  const schedule = scheduleOf(settings);
  const timesteps = timestepsOf(settings, times);
  const levelAt = (t: number) => vpLevel(schedule, Math.floor(t));
  const levels = [...timesteps, 0].map((t) => levelAt(t));
  const gamma = typeof step.eta === 'number' ? step.eta : 0.3;
  return {
    timesteps,
    steps: tcd({ gamma, levelAt })(levels.slice(start)),
    output: outputOf(settings),
    noisy: (call) => levels[call] as Level,
    draws: (call) => gamma > 0 && call < timesteps.length - 1,
  };
};
