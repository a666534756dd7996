/** improved-diffusion's p_sample and ddim_sample, respaced. */
import { clip } from '../../../src/diffusion/limit.ts';
import { posterior } from '../../../src/diffusion/posterior.ts';
import { type Weights, x0Weights } from '../../../src/diffusion/prediction.ts';
import { respace, spaceTimesteps } from '../../../src/diffusion/respacing.ts';
import { ddim } from '../../../src/diffusion/samplers/ddim.ts';
import { type DdpmOptions, ddpm } from '../../../src/diffusion/samplers/ddpm.ts';
import type { Schedule } from '../../../src/diffusion/schedule.ts';
import type { Level, Step } from '../../../src/diffusion/step.ts';
import type { Denoised } from '../../../src/diffusion/walk.ts';
import type { Entry, Nested } from '../entry.ts';
import { scheduleNamed } from '../named.ts';
import { callName, type File, figure, group, modelB, noiseRow, run, startOf, state } from './shared.ts';
import { walked } from './walker.ts';

interface Sampled {
  readonly kind: 'ddpm' | 'ddim';
  readonly T: number;
  readonly schedule: string;
  readonly respacing: string | readonly number[] | null;
  readonly model_mean_type: 'PREVIOUS_X' | 'START_X' | 'EPSILON';
  readonly model_var_type: 'LEARNED' | 'FIXED_SMALL' | 'FIXED_LARGE' | 'LEARNED_RANGE';
  readonly clip_denoised: boolean;
  readonly eta?: number | null;
  readonly timestep_map: Nested;
  readonly steps: readonly {
    readonly i: number;
    readonly t_model: number;
    /** After the step. */
    readonly x: Nested;
    readonly pred_xstart?: Nested;
  }[];
}

const variances = {
  FIXED_SMALL: 'small',
  FIXED_LARGE: 'large',
  LEARNED_RANGE: 'learned-range',
  LEARNED: 'learned',
} as const satisfies Record<Sampled['model_var_type'], DdpmOptions['variance']>;

/** x̂_0 = p·x + q·answer at the schedule's t, whose level it is. */
function weights(meanType: Sampled['model_mean_type'], schedule: Schedule, t: number, at: Level): Weights {
  if (meanType !== 'PREVIOUS_X') return x0Weights(meanType === 'START_X' ? 'x0' : 'epsilon', at);
  // The answer is the mean, a·x + b·x̂_0.
  const { a, b } = posterior(schedule, t - 1, t);
  return { p: -a / b, q: 1 / b };
}

const timestepsOf = ({ T, respacing }: Sampled): number[] =>
  spaceTimesteps(T, respacing === null ? String(T) : String(respacing));

function check(entry: Sampled, file: File): Entry {
  const { kind, T, model_mean_type, model_var_type, clip_denoised, eta, steps } = entry;
  const shown = { T, respacing: entry.respacing, clip_denoised, eta, model_mean_type, model_var_type };
  const name = callName(`${kind} ${entry.schedule}`, shown);
  const subject = `OpenAI's ${kind}`;
  const whole = scheduleNamed(entry.schedule, T);
  if (!whole) return { name, subject, cannot: `no schedule ${entry.schedule} here` };
  return {
    name,
    subject,
    ...walked(async (walker) => {
      const timesteps = timestepsOf(entry);
      const schedule = respace(whole, timesteps);
      const levels = Array.from(
        schedule.alpha,
        (alpha, t): Level => ({
          alpha,
          sigma: schedule.sigma[t] as number,
          t: t > 0 ? (timesteps[t - 1] as number) : -1,
        }),
      ).reverse();
      const learned = model_var_type === 'LEARNED' || model_var_type === 'LEARNED_RANGE';
      const meanOf = model_mean_type === 'PREVIOUS_X' ? 'unclipped' : 'clipped';
      const limit = clip_denoised ? clip() : (x0Hat: Float64Array) => x0Hat;
      const denoise = (x: Float64Array, at: Level): Denoised => {
        const { p, q } = weights(model_mean_type, schedule, schedule.T - levels.indexOf(at), at);
        const unclipped = x.map((value) => (p === 0 ? 0 : p * value) + q * modelB(value, at.t));
        const tanh = x.map(Math.tanh);
        const v = model_var_type === 'LEARNED' ? tanh : tanh.map((value) => (value + 1) / 2);
        return { x0Hat: limit(unclipped), unclipped, ...(learned && { v }) };
      };
      const sampler =
        kind === 'ddim' ? ddim({ eta: eta ?? 0 }) : ddpm({ variance: variances[model_var_type], meanOf });
      const noise = (_: Step, index: number) => noiseRow(file, index);
      const { states, calls } = await run({ sampler, levels, x: startOf(file), denoise, noise }, walker);
      return [
        figure('timestep_map', timesteps, entry.timestep_map),
        ...steps.flatMap(({ i, t_model, x, pred_xstart }) => {
          const index = schedule.T - 1 - i;
          const { at, x0Hat } = calls[index] as (typeof calls)[number];
          return [
            figure(`t of step ${i}`, at.t, t_model),
            state(`x after step ${i}`, states[index] ?? [], x),
            figure(`pred_xstart of step ${i}`, x0Hat, pred_xstart),
          ];
        }),
      ];
    }),
  };
}

export const openai = group(['kind', 'respacing', 'model_mean_type', 'model_var_type'], check);
