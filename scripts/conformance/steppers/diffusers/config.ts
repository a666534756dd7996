/** What diffusers' schedulers are configured with, and what of it they share. */
import { clip, dynamicThreshold, type Limit } from '../../../../src/diffusion/limit.ts';
import { type Output, type Weights, x0Weights } from '../../../../src/diffusion/prediction.ts';
import {
  cosine,
  fromBetas,
  laplace,
  linear,
  type Schedule,
  scaledLinear,
  sigmoidBetas,
  zeroTerminalSnr,
} from '../../../../src/diffusion/schedule.ts';
import { sigmaTable } from '../../../../src/diffusion/sigmas.ts';
import type { Level } from '../../../../src/diffusion/step.ts';
import type { Spacing } from '../../../../src/diffusion/timesteps.ts';

/** A reason why a run cannot be told to the library. */
export class Unsupported extends Error {}

/** A configuration as reference files have it; what is left out has the scheduler's own default. */
export type Config = Readonly<Record<string, unknown>>;

/** What set_timesteps is called with. */
export interface Times {
  readonly n?: number | undefined;
  readonly timesteps?: readonly number[];
  readonly sigmas?: readonly number[];
  readonly mu?: number;
  readonly original_inference_steps?: number;
  readonly strength?: number;
}

/** What step is called with. */
export type StepOptions = Readonly<Record<string, unknown>>;

const SPACINGS = ['linspace', 'leading', 'trailing'] as const;

/** The values of a configuration, with the default where it has none, or null. */
export class Settings {
  readonly #config: Config;

  constructor(config: Config, defaults: Config = {}) {
    this.#config = { ...defaults, ...config };
  }

  number(key: string, otherwise: number): number {
    const value = this.#config[key];
    // JSON has no infinities.
    if (value === '-Infinity') return -Infinity;
    if (value === 'Infinity') return Infinity;
    return typeof value === 'number' ? value : otherwise;
  }

  /** Undefined where it is not set at all. */
  optional(key: string): number | undefined {
    const value = this.#config[key];
    return typeof value === 'number' ? value : undefined;
  }

  flag(key: string, otherwise = false): boolean {
    const value = this.#config[key];
    return typeof value === 'boolean' ? value : otherwise;
  }

  /** One of the values that are mapped, by default the first. @throws Unsupported for any other. */
  choice<const Known extends string>(key: string, known: readonly [Known, ...Known[]]): Known {
    const value = this.#config[key] ?? known[0];
    const found = known.find((own) => own === value);
    if (found === undefined) throw new Unsupported(`${key} = ${value} is not mapped`);
    return found;
  }

  list(key: string): readonly number[] | undefined {
    const value = this.#config[key];
    return Array.isArray(value) ? value : undefined;
  }

  get T(): number {
    return this.number('num_train_timesteps', 1000);
  }

  get cosine(): boolean {
    return this.choice('beta_schedule', BETA_SCHEDULES) === 'squaredcos_cap_v2';
  }

  spacing(otherwise: Spacing): { spacing: Spacing; stepsOffset: number } {
    return {
      spacing: this.choice('timestep_spacing', [otherwise, ...SPACINGS]),
      stepsOffset: this.number('steps_offset', 0),
    };
  }
}

/** exp(−12 t) for ᾱ, as Heun's scheduler has it beside the cosine; its betas held at 0.999. */
const exponentialAlphaBar = (T: number): Schedule =>
  fromBetas(Float64Array.from({ length: T }, () => Math.min(-Math.expm1(-12 / T), 0.999)));

const BETA_SCHEDULES = ['linear', 'scaled_linear', 'squaredcos_cap_v2', 'sigmoid', 'laplace', 'exp'] as const;

function namedSchedule(settings: Settings): Schedule {
  const { T } = settings;
  const range = {
    betaStart: settings.number('beta_start', 1e-4),
    betaEnd: settings.number('beta_end', 0.02),
  };
  switch (settings.choice('beta_schedule', BETA_SCHEDULES)) {
    case 'linear':
      return linear(T, range);
    case 'scaled_linear':
      return scaledLinear(T, range);
    case 'squaredcos_cap_v2':
      return cosine(T);
    case 'sigmoid':
      return sigmoidBetas(T, range);
    case 'laplace':
      return laplace(T);
    case 'exp':
      return exponentialAlphaBar(T);
  }
}

/** The schedule; t is diffusers' timestep + 1. */
export function scheduleOf(settings: Settings): Schedule {
  const trained = settings.list('trained_betas');
  const schedule = trained ? fromBetas(trained) : namedSchedule(settings);
  return settings.flag('rescale_betas_zero_snr') ? zeroTerminalSnr(schedule) : schedule;
}

/** σ/α at every timestep; a schedule that ends in pure noise is held at ᾱ = 2^−24 there, so that the ratio is finite. */
export function sigmasOf(settings: Settings): number[] {
  const table = sigmaTable(scheduleOf(settings));
  if (!settings.flag('rescale_betas_zero_snr')) return table;
  return table.with(-1, Math.sqrt((1 - 2 ** -24) / 2 ** -24));
}

/** The VP level of a whole timestep; −1 and before are clean data, or the first timestep's level. */
export function vpLevel(
  { alpha, sigma }: Schedule,
  timestep: number,
  { finalAlphaOne = true, t = timestep } = {},
): Level {
  const index = timestep >= 0 ? timestep + 1 : finalAlphaOne ? 0 : 1;
  return { alpha: alpha[index] as number, sigma: sigma[index] as number, t };
}

const OUTPUTS = {
  epsilon: 'epsilon',
  sample: 'x0',
  original_sample: 'x0',
  v_prediction: 'v',
  flow_prediction: 'velocity',
} as const satisfies Record<string, Output>;

type PredictionType = keyof typeof OUTPUTS;
const PREDICTION_TYPES = Object.keys(OUTPUTS) as PredictionType[];

/** How the model's answer and x make x̂_0 at a level. */
export function outputOf(
  settings: Settings,
  otherwise: PredictionType = 'epsilon',
): (level: Level) => Weights {
  const output = OUTPUTS[settings.choice('prediction_type', [otherwise, ...PREDICTION_TYPES])];
  return (level) => x0Weights(output, level);
}

/** Thresholding comes before clipping, and instead of it. */
export function limitOf(settings: Settings, clips: boolean, images: number): Limit | undefined {
  if (settings.flag('thresholding')) {
    return dynamicThreshold({
      ratio: settings.number('dynamic_thresholding_ratio', 0.995),
      max: settings.number('sample_max_value', 1),
      images,
    });
  }
  return settings.flag('clip_sample', clips) ? clip(settings.number('clip_sample_range', 1)) : undefined;
}
