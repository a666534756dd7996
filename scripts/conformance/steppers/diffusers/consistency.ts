/** Consistency models, LCM and TCD. */

import { clip } from '../../../../src/diffusion/limit.ts';
import { consistencyWeights } from '../../../../src/diffusion/prediction.ts';
import { consistency } from '../../../../src/diffusion/samplers/consistency.ts';
import { lcm } from '../../../../src/diffusion/samplers/lcm.ts';
import { tcd } from '../../../../src/diffusion/samplers/tcd.ts';
import type { Level } from '../../../../src/diffusion/step.ts';
import { consistencyTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { limitOf, outputOf, type Settings, scheduleOf, type Times, vpLevel } from './config.ts';
import { karrasAt } from './edm.ts';
import { level } from './karras.ts';
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

/** Timesteps count from the clean end of Karras' ladder; the model is told 250 log σ. */
export const consistencyPlan: Planner = (settings, { n = 0, timesteps: given }, { start }) => {
  const T = settings.number('num_train_timesteps', 40);
  const range = { sigmaMin: settings.number('sigma_min', 0.002), sigmaMax: settings.number('sigma_max', 80) };
  const sigmaData = settings.number('sigma_data', 0.5);
  const indices = given ?? Array.from({ length: n }, (_, i) => (n - 1 - i) * Math.floor(T / n));
  // They are turned round, so that each is as far from the noisy end as it was from the clean one.
  const ramp = indices.toReversed().map((index) => index / (T - 1));
  const sigmas = ramp.map((u) => karrasAt(u, range, settings.number('rho', 7)));
  const timesteps = sigmas.map((sigma) => 250 * Math.log(sigma + 1e-44));
  const all = [...sigmas, range.sigmaMin];
  const levels = all.map((sigma, i) => level(sigma, timesteps[i] ?? 0));
  const sampler = consistency({ sigmaMin: range.sigmaMin, sNoise: settings.number('s_noise', 1) });
  return {
    timesteps,
    sigmas: all,
    initNoiseSigma: range.sigmaMax,
    inputScale: (call) => 1 / Math.hypot(all[call] as number, sigmaData),
    output: ({ sigma }) => consistencyWeights(sigma, { sigmaMin: range.sigmaMin, sigmaData }),
    limit: settings.flag('clip_denoised', true) ? clip(1) : undefined,
    steps: sampler(levels.slice(start)),
    noisy: (call) => levels[call] as Level,
    draws: () => timesteps.length > 1,
  };
};
