/** Pseudo numerical methods: PNDM and iPNDM. */
import { linspace } from '../../../../src/diffusion/linspace.ts';
import { ipndm } from '../../../../src/diffusion/samplers/ipndm.ts';
import { pndm } from '../../../../src/diffusion/samplers/pndm.ts';
import type { Move } from '../../../../src/diffusion/samplers/pndm-runge-kutta.ts';
import { type Step, sum, x, x0Hat } from '../../../../src/diffusion/step.ts';
import { plmsTimesteps, pndmTimesteps, wholeTimesteps } from '../../../../src/diffusion/timesteps.ts';
import { outputOf, scheduleOf, Unsupported, vpLevel } from './config.ts';
import type { Planner } from './plan.ts';

/** Every transfer goes back by ⌊T/n⌋, or half of it, whatever the next timestep of the table is. */
export const pndmPlan: Planner = (settings, { n = 0 }, { start }) => {
  if (start > 0) throw new Unsupported('PNDM counts its calls from the first');
  const { T } = settings;
  const schedule = scheduleOf(settings);
  const finalAlphaOne = settings.flag('set_alpha_to_one');
  const at = (t: number) => vpLevel(schedule, t, { finalAlphaOne });
  const whole = wholeTimesteps(T, n, settings.spacing('leading'));
  const slopes =
    settings.choice('prediction_type', ['epsilon', 'v_prediction']) === 'epsilon' ? 'noise' : 'velocity';
  const runge = !settings.flag('skip_prk_steps');
  const timesteps = runge ? pndmTimesteps(T, whole) : plmsTimesteps(whole);
  const stride = Math.floor(T / n);
  const moves = timesteps.map((t, call): Move => {
    if (runge && call < 12) {
      const begin = timesteps[call - (call % 4)] as number;
      return { at: at(t), from: at(begin), to: at(call % 2 ? t : t - Math.floor(stride / 2)) };
    }
    const again = !runge && call === 1;
    return { at: at(t), from: at(again ? t + stride : t), to: at(again ? t : t - stride) };
  });
  return {
    timesteps,
    steps: pndm({ runge, moves, slopes })([]),
    output: outputOf(settings),
    noisy: (call) => at(timesteps[call] as number),
  };
};

/**
 * Where α = 0, x̂_0 is (x − ε)/α with α held at 1e-8: nothing at first, when ε is x itself, and a great deal where earlier
 * slopes are in ε.
 */
function fromNoise(step: Step): Step {
  const { at, to, next } = step;
  if (at.alpha > 0) return step;
  const epsilon = sum([1 / to.sigma, next], [-to.alpha / to.sigma, x0Hat]);
  return { ...step, next: sum([to.sigma, epsilon], [to.alpha / 1e-8, sum([1, x], [-1, epsilon])]) };
}

/** Its own levels, σ = sin²(πu/2) and α = √(1 − σ²); the model answers with v. */
export const ipndmPlan: Planner = (settings, { n = 0 }, { start, rounds }) => {
  const sigmas =
    settings.list('trained_betas') ?? linspace(1, 0, n + 1).map((u) => Math.sin((u * Math.PI) / 2) ** 2);
  const levels = sigmas.map((sigma) => {
    const alpha = Math.sqrt((1 - sigma) * (1 + sigma));
    return { alpha, sigma, t: (Math.atan2(sigma, alpha) / Math.PI) * 2 };
  });
  const timesteps = levels.slice(0, -1).map(({ t }) => t);
  // What would lead from one round's end to the next one's beginning is no step.
  const steps = ipndm()(Array.from({ length: rounds }, () => levels).flat())
    .filter(({ at }) => at.sigma > 0)
    .slice(start)
    .map(fromNoise);
  return {
    timesteps: Array.from({ length: rounds }, () => timesteps).flat(),
    steps,
    output: outputOf(settings, 'v_prediction'),
  };
};
