/** Euler's scheduler, with the churn that it has before a step, and its ancestral kind. */
import type { Weights } from '../../../../src/diffusion/prediction.ts';
import { euler } from '../../../../src/diffusion/samplers/euler.ts';
import { eulerAncestral } from '../../../../src/diffusion/samplers/euler-ancestral.ts';
import { timestepOfSigma } from '../../../../src/diffusion/sigmas.ts';
import { type Form, type Level, type Step, sum, x, x0Hat } from '../../../../src/diffusion/step.ts';
import { outputOf, type Settings, type StepOptions, sigmasOf, type Times } from './config.ts';
import { common, level, levelsOf, whole } from './karras.ts';
import type { Plan, Planner } from './plan.ts';
import { finalSigma, karrasTable, type Table } from './tables.ts';

interface Churn {
  readonly gamma: number;
  readonly noise: number;
}

/** γ, and the standard deviation of what is added to x at σ to bring it to (1 + γ) σ. */
function churnAt(step: StepOptions, sigma: number, steps: number): Churn {
  const number = (key: string, otherwise: number) => {
    const value = step[key];
    return typeof value === 'number' ? value : otherwise;
  };
  const inside = number('s_tmin', 0) <= sigma && sigma <= number('s_tmax', Infinity);
  const gamma = inside ? Math.min(number('s_churn', 0) / steps, Math.SQRT2 - 1) : 0;
  return { gamma, noise: number('s_noise', 1) * sigma * Math.sqrt(gamma * (2 + gamma)) };
}

/**
 * Euler's step as diffusers churns it: noise is added once the model has answered, and x̂_0 taken from that answer and
 * the noisier x, `after` being its weights there and `own` those at x.
 */
function churnedStep(at: Level, to: Level, { gamma, noise }: Churn, own: Weights, after: Weights) {
  const hat = (1 + gamma) * at.sigma;
  const slope = (to.sigma - hat) / hat;
  // The answer is (x̂_0 − p·x)/q.
  const answered = (weight: number): Form => sum([weight / own.q, x0Hat], [(-weight * own.p) / own.q, x]);
  const stays = 1 + slope * (1 - after.p);
  const step: Step = {
    at,
    to,
    next: sum([stays, x], [-slope, answered(after.q)]),
    s: stays * noise,
  };
  return { step, reported: { form: sum([after.p, x], [1, answered(after.q)]), noise: after.p * noise } };
}

/** Euler with churn where it is asked for: `after` gives the weights at σ and (1 + γ) σ. */
export function eulerSteps(
  levels: readonly Level[],
  calls: number,
  { start, step }: { readonly start: number; readonly step: StepOptions },
  weights: (sigma: number, hat: number) => Weights,
): Pick<Plan, 'steps' | 'draws' | 'reported'> {
  const churn = (at: Level) => churnAt(step, at.sigma, levels.length - 1);
  const churned = levels.slice(0, -1).map((at, call) => {
    const added = churn(at);
    if (added.gamma === 0) return undefined;
    const after = weights(at.sigma, (1 + added.gamma) * at.sigma);
    return churnedStep(at, levels[call + 1] as Level, added, weights(at.sigma, at.sigma), after);
  });
  const steps = euler()(levels).map((step, call) => churned[call]?.step ?? step);
  return {
    // Where σ are interpolated in their logarithm, there is one more of them than there are calls.
    steps: steps.slice(start, calls),
    draws: (call) => churned[call] !== undefined,
    reported: (call) => churned[call]?.reported,
  };
}

function eulerTable(settings: Settings, times: Times): Table {
  if (!times.sigmas) {
    const { sigmas, timesteps } = karrasTable(settings, whole(settings, times));
    return { sigmas: [...sigmas, finalSigma(settings)], timesteps };
  }
  const train = sigmasOf(settings);
  const timesteps = times.sigmas.slice(0, -1).map((sigma) => timestepOfSigma(train, sigma));
  return { sigmas: times.sigmas, timesteps };
}

export const eulerPlan: Planner = (settings, times, around) => {
  const table = eulerTable(settings, times);
  const type = settings.choice('prediction_type', ['epsilon', 'v_prediction', 'sample', 'original_sample']);
  const continuous =
    settings.choice('timestep_type', ['discrete', 'continuous']) === 'continuous' && type === 'v_prediction';
  const timesteps = continuous
    ? table.sigmas.slice(0, -1).map((sigma) => Math.log(sigma) / 4)
    : table.timesteps;
  const output = outputOf(settings);
  // Of v, x̂_0 is taken as at σ even where x is at σ̂.
  const weights = (sigma: number, hat: number) => output(level(type === 'epsilon' ? hat : sigma, 0));
  return {
    ...common(settings, table.sigmas, timesteps),
    ...eulerSteps(levelsOf({ sigmas: table.sigmas, timesteps }), timesteps.length, around, weights),
  };
};

export const eulerAncestralPlan: Planner = (settings, times, { start }) => {
  const { sigmas, timesteps } = karrasTable(settings, whole(settings, times));
  const all = [...sigmas, 0];
  const levels = levelsOf({ sigmas: all, timesteps });
  return {
    ...common(settings, all, timesteps),
    steps: eulerAncestral()(levels.slice(start)),
    draws: () => true,
  };
};
