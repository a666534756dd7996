/** Schedulers that go from one training timestep to an earlier one: DDPM and DDIM, and DDIM backwards. */
import { batchSteps } from '../../../../src/diffusion/batch.ts';
import { ddim } from '../../../../src/diffusion/samplers/ddim.ts';
import { ddpm } from '../../../../src/diffusion/samplers/ddpm.ts';
import { type Step, sum, x, x0Hat, x0HatUnclipped } from '../../../../src/diffusion/step.ts';
import { wholeTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { limitOf, outputOf, scheduleOf, vpLevel } from './config.ts';
import type { Planner } from './plan.ts';

/** Diffusers' names of variances; of one that the model gives outright, half are negative with the reference models. */
const VARIANCES = {
  fixed_small: 'small',
  fixed_small_log: 'small',
  fixed_large: 'large',
  learned_range: 'learned-range',
} as const;

const VARIANCE_TYPES = ['fixed_small', 'fixed_small_log', 'fixed_large', 'learned_range'] as const;

/** From each timestep of the table to the next. Noise is drawn wherever the timestep is above 0, at the last one too. */
export const ddpmPlan: Planner = (settings, times, { images, start, batch }) => {
  const { T } = settings;
  const schedule = scheduleOf(settings);
  const timesteps = times.timesteps ?? wholeTimesteps(T, times.n ?? T, settings.spacing('leading'));
  const variance = VARIANCES[settings.choice('variance_type', VARIANCE_TYPES)];
  const at = (timestep: number) => vpLevel(schedule, timestep);
  const sampler = ddpm({ variance, lastNoise: (timesteps.at(-1) as number) > 0 });
  const stride = Math.floor(T / (times.n ?? T));
  return {
    timesteps,
    steps: batch
      ? batchSteps(sampler, timesteps, at, stride)
      : sampler([...timesteps, -1].map((t) => at(t)).slice(start)),
    output: outputOf(settings),
    limit: limitOf(settings, true, images),
    noisy: (call) => at(timesteps[call] as number),
  };
};

/** Each step goes back by ⌊T/n⌋, whatever the next timestep of the table is. */
export const ddimPlan: Planner = (settings, { n: asked, timesteps: given }, { step, images, start }) => {
  const { T } = settings;
  const n = asked ?? T;
  const schedule = scheduleOf(settings);
  const timesteps = given ?? wholeTimesteps(T, n, settings.spacing('leading'));
  const finalAlphaOne = settings.flag('set_alpha_to_one', true);
  const eta = Number(step.eta ?? 0);
  const sampler = ddim({ eta, noiseOf: step.use_clipped_model_output === true ? 'clipped' : 'unclipped' });
  const at = (timestep: number) => vpLevel(schedule, timestep, { finalAlphaOne });
  return {
    timesteps,
    steps: batchSteps(sampler, timesteps.slice(start), at, Math.floor(T / n)),
    output: outputOf(settings),
    limit: limitOf(settings, true, images),
    draws: () => eta > 0,
    noisy: (call) => at(timesteps[call] as number),
  };
};

/** From data to noise: the answer at a timestep is taken for that of the level ⌊T/n⌋ before it. */
export const ddimInversePlan: Planner = (settings, { n = 0 }, { images, start }) => {
  const { T } = settings;
  const schedule = scheduleOf(settings);
  const timesteps = wholeTimesteps(T, n, settings.spacing('leading')).reverse();
  const finalAlphaOne = settings.flag('set_alpha_to_one', true);
  const at = (timestep: number) => vpLevel(schedule, timestep, { finalAlphaOne });
  const output = outputOf(settings);
  const toNoise = ddim({ noiseOf: 'unclipped' });
  const steps = timesteps.slice(start).flatMap((t): Step[] => {
    const [from, to] = [at(Math.min(t - Math.floor(T / n), T - 1)), at(t)];
    if (from.sigma > 0) return toNoise([from, to]);
    // Clean data say nothing of the noise, and x̂_0 is x: the answer itself is then carried as x − ε̂.
    const next = sum([to.alpha, x0Hat], [to.sigma, x], [-to.sigma, x0HatUnclipped]);
    return [{ at: from, to, next }];
  });
  return {
    timesteps,
    steps,
    output,
    limit: limitOf(settings, true, images),
    carried: ({ sigma }) => (sigma > 0 ? undefined : { p: 1, q: -1 }),
  };
};
