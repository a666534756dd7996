/** Diffusers' schedulers stepped with the reference files' models and noise. */
import { type Entry, type Figure, isListOf, type Kind } from '../../entry.ts';
import { figure, state } from '../shared.ts';
import { type Walker, walked } from '../walker.ts';
import type { Config, StepOptions } from './config.ts';
import { Unsupported } from './config.ts';
import { type Model, type Plan, run } from './plan.ts';
import { planOf } from './schedulers.ts';

export interface Stepped {
  readonly scheduler: string;
  readonly config: Config;
  readonly num_inference_steps: number | null;
  readonly set_timesteps_kwargs: Readonly<Record<string, unknown>>;
  readonly model: 'A' | 'B';
  readonly learned_variance: boolean;
  readonly noise: 'none' | 'zero' | 'given';
  readonly step_kwargs: StepOptions;
  readonly init_noise_sigma: number;
  readonly timesteps: number[];
  readonly sigmas?: number[];
  readonly first_model_input: number[];
  readonly first_model_output: number[];
  readonly x_after_step: number[][];
  readonly pred_x0?: number[][];
  readonly noise_draws_per_step: number[];
}

/** What all the entries of a file begin with, and draw from. */
export interface Shared {
  readonly x0_unit: number[];
  readonly noise_rows: number[][];
}

const models: Readonly<Record<string, Model>> = {
  A: (input, t) => (input * t) / (t + 1),
  B: (input, t) => 0.8 * Math.cos(0.7 * input) + 0.1 * Math.sin(t / 100),
};

const plannedFor = ({ scheduler, config, set_timesteps_kwargs, num_inference_steps, step_kwargs }: Stepped) =>
  planOf(
    { scheduler, config, times: { ...set_timesteps_kwargs, n: num_inference_steps ?? undefined } },
    { step: step_kwargs },
  );

async function steppedFigures(
  entry: Stepped,
  plan: Plan,
  { x0_unit, noise_rows }: Shared,
  walker: Walker,
): Promise<Figure[]> {
  const { initNoiseSigma = 1 } = plan;
  const model = models[entry.model];
  if (!model) throw new RangeError(`no model ${entry.model}`);
  const inputs = {
    x: x0_unit.map((value) => value * initNoiseSigma),
    model,
    learnedVariance: entry.learned_variance,
    noise: entry.noise === 'given' ? (call: number) => noise_rows[call] as number[] : undefined,
  };
  const result = await run(plan, inputs, walker);
  const rows = (
    name: string,
    ours: readonly ArrayLike<number>[],
    theirs: number[][] | undefined,
    as = figure,
  ) => [
    figure(`how many of ${name}`, theirs ? ours.length : 0, theirs?.length),
    ...(theirs ?? []).map((row, call) => as(`${name} ${call}`, ours[call] ?? [], row)),
  ];
  return [
    figure('init_noise_sigma', initNoiseSigma, entry.init_noise_sigma),
    figure('timesteps', plan.timesteps, entry.timesteps),
    figure('sigmas', plan.sigmas ?? [], entry.sigmas),
    figure('first_model_input', result.firstInput, entry.first_model_input),
    figure('first_model_output', result.firstOutput, entry.first_model_output),
    ...rows('x_after_step', result.states, entry.x_after_step, state),
    ...rows('pred_x0', result.x0Hats, entry.pred_x0),
    figure('noise_draws_per_step', result.draws, entry.noise_draws_per_step),
  ];
}

/** A plan, or why there is none; any other error is for the comparison to tell. */
export function planned(make: () => Plan): (() => Plan) | { readonly cannot: string } {
  try {
    const plan = make();
    return () => plan;
  } catch (error) {
    return error instanceof Unsupported ? { cannot: error.message } : make;
  }
}

const differing = (config: Config): string =>
  Object.entries(config)
    .filter(([key]) => !key.startsWith('beta_') || key === 'beta_schedule')
    .map(([key, value]) => `${key}=${Array.isArray(value) ? '[…]' : value}`)
    .join(' ');

export const stepped: Kind = {
  matches: (value) => isListOf(value, 'scheduler', 'config', 'x_after_step'),
  entries: (value: readonly Stepped[], _: never, __: string, root: never) =>
    value.map((entry, i): Entry => {
      const subject = entry.scheduler;
      const name = `${i} ${subject} ${differing(entry.config)}`;
      const plan = planned(() => plannedFor(entry));
      if ('cannot' in plan) return { name, subject, ...plan };
      return { name, subject, ...walked(async (walker) => steppedFigures(entry, plan(), root, walker)) };
    }),
};
