/** DDPM as OpenAI's code has it: posteriors, the model's own step, the bound term by term, and its decoder. */
import { bitsPerDim, normalKL, priorKL } from '../../src/diffusion/bound.ts';
import { logDiscretisedGaussian, logTanhInterval } from '../../src/diffusion/decoder.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import type { Schedule } from '../../src/diffusion/schedule.ts';
import {
  combine,
  type Entry,
  type Figure,
  has,
  isListOf,
  type Kind,
  type Nested,
  squaredDistance,
  sum,
} from './entry.ts';
import { gpuSteps } from './gpu.ts';
import { scheduleNamed } from './named.ts';

const WITHIN = 1e-10;
/** float32 on the GPU, as the tests of the step have it. */
const FLOAT32 = 1e-5;

const figure = (name: string, ours: Figure['ours'], theirs: Nested | undefined): Figure => ({
  name,
  ours,
  theirs,
  within: WITHIN,
});

const absent = (name: string): Entry => ({ name, cannot: 'these betas are not in the library yet' });

/** log of the posterior's variance, that of t = 2 standing in for the 0 at t = 1: FIXED_SMALL's variance. */
const clippedVariance = (schedule: Schedule, t: number): number =>
  posterior(schedule, Math.max(t, 2) - 1, Math.max(t, 2)).variance;

/** FIXED_LARGE: β_t, but at t = 1 the clipped variance. */
const largeVariance = (schedule: Schedule, t: number): number =>
  t === 1 ? clippedVariance(schedule, t) : (schedule.beta[t] as number);

interface Coefficients {
  readonly name: string;
  readonly T: number;
  readonly t: number[];
  readonly sums: Record<string, number>;
  readonly [table: string]: unknown;
}

/** Every column of the table, as a function of t. */
const columns: Record<string, (schedule: Schedule, t: number) => number> = {
  betas: (schedule, t) => schedule.beta[t] as number,
  alphas_cumprod: (schedule, t) => schedule.alphaBar[t] as number,
  alphas_cumprod_prev: (schedule, t) => schedule.alphaBar[t - 1] as number,
  posterior_mean_coef1: (schedule, t) => posterior(schedule, t - 1, t).b,
  posterior_mean_coef2: (schedule, t) => posterior(schedule, t - 1, t).a,
  posterior_variance: (schedule, t) => posterior(schedule, t - 1, t).variance,
  posterior_log_variance_clipped: (schedule, t) => Math.log(clippedVariance(schedule, t)),
  sqrt_recip_alphas_cumprod: (schedule, t) => 1 / (schedule.alpha[t] as number),
  sqrt_recipm1_alphas_cumprod: (schedule, t) => (schedule.sigma[t] as number) / (schedule.alpha[t] as number),
};

const coefficients: Kind = {
  matches: (value) => isListOf(value, 'name', 'T', 't', 'posterior_mean_coef1'),
  entries: (value: readonly Coefficients[]) =>
    value.map((entry) => {
      const name = `${entry.name}, T = ${entry.T}`;
      const schedule = scheduleNamed(entry.name, entry.T);
      if (!schedule) return absent(name);
      const every = Array.from({ length: entry.T }, (_, i) => i + 1);
      return {
        name,
        figures: () =>
          Object.entries(columns).flatMap(([column, at]) => {
            const tabled = figure(
              column,
              entry.t.map((t) => at(schedule, t)),
              entry[column] as number[] | undefined,
            );
            const total = figure(
              `sum of ${column}`,
              sum(every.map((t) => at(schedule, t))),
              entry.sums[column],
            );
            return [tabled, total].map((each) => ({ ...each, within: 1e-12, floor: 0 }));
          }),
      };
    }),
};

interface Inputs {
  readonly tensor_example_inputs: {
    readonly x_start_NCHW_flat: number[];
    readonly noise_rows_flat: number[][];
    readonly delta_flat: number[];
  };
}

interface TensorExample {
  readonly schedule: string;
  readonly T: number;
  readonly t: number;
  readonly x_t: string;
  readonly x_t_flat: number[];
  readonly q_posterior_mean: number[];
  readonly q_posterior_variance: number;
  readonly q_posterior_log_variance_clipped: number;
  readonly p_mean_variance_note: string;
  readonly p_mean_variance: Record<
    string,
    {
      readonly mean: number[];
      readonly log_variance: Nested;
      readonly variance?: number;
      readonly pred_xstart?: number[];
    }
  >;
}

/** The number in "noise row 1", in a note on where an array is from. */
const noiseRow = (note: string) => Number(/noise row (\d+)/.exec(note)?.[1]);

/** (x_t − σ_t ε)/α_t */
const x0FromNoise = (schedule: Schedule, t: number, xT: readonly number[], noise: readonly number[]) => {
  const alpha = schedule.alpha[t] as number;
  return combine(1 / alpha, xT, -(schedule.sigma[t] as number) / alpha, noise);
};

const clip = (values: readonly number[]) => values.map((value) => Math.min(1, Math.max(-1, value)));

const tensors: Kind = {
  matches: (value) => isListOf(value, 'x_t_flat', 'q_posterior_mean', 'p_mean_variance'),
  entries: (value: readonly TensorExample[], { tensor_example_inputs: inputs }: Inputs) =>
    value.map((entry) => {
      const { T, t } = entry;
      const name = `${entry.schedule}, T = ${T}, t = ${t}`;
      const schedule = scheduleNamed(entry.schedule, T);
      if (!schedule) return absent(name);
      const { x_start_NCHW_flat: x0, noise_rows_flat: noise, delta_flat: delta } = inputs;
      const { a, b, variance } = posterior(schedule, t - 1, t);
      const row = (note: string) => noise[noiseRow(note)] ?? [];

      /** The model's own step, under a key such as "EPSILON,FIXED_SMALL,clip=True". */
      function modelStep(key: string): Figure[] {
        const theirs = entry.p_mean_variance[key];
        const clips = key.endsWith('clip=True');
        const predicted = key.startsWith('EPSILON')
          ? x0FromNoise(schedule as Schedule, t, entry.x_t_flat, row(entry.p_mean_variance_note))
          : combine(1, x0, 1, delta);
        const x0Hat = clips ? clip(predicted) : predicted;
        const figures = [figure(`${key} mean`, combine(a, entry.x_t_flat, b, x0Hat), theirs?.mean)];
        const small = clippedVariance(schedule as Schedule, t);
        const large = largeVariance(schedule as Schedule, t);
        if (key.includes('LEARNED_RANGE')) {
          // Nichol & Dhariwal 2021 eq. 15: between log β̃_t and log β_t, by a channel in [−1, 1].
          const beta = Math.log(schedule?.beta[t] as number);
          const fractions = clip(row(key)).map((v) => (v + 1) / 2);
          const ours = fractions.map((v) => v * beta + (1 - v) * Math.log(small));
          return [...figures, figure(`${key} log_variance`, ours, theirs?.log_variance)];
        }
        const fixed = key.includes('FIXED_LARGE') ? large : small;
        const own = key.includes('FIXED_LARGE') ? large : variance;
        return [
          ...figures,
          figure(`${key} log_variance`, Math.log(fixed), theirs?.log_variance),
          figure(`${key} variance`, own, theirs?.variance),
          figure(`${key} pred_xstart`, x0Hat, theirs?.pred_xstart),
        ];
      }

      return {
        name,
        figures: () => [
          figure(
            'x_t',
            combine(schedule.alpha[t] as number, x0, schedule.sigma[t] as number, row(entry.x_t)),
            entry.x_t_flat,
          ),
          figure('q_posterior_mean', combine(a, entry.x_t_flat, b, x0), entry.q_posterior_mean),
          figure('q_posterior_variance', variance, entry.q_posterior_variance),
          figure(
            'q_posterior_log_variance_clipped',
            Math.log(clippedVariance(schedule, t)),
            entry.q_posterior_log_variance_clipped,
          ),
          ...Object.keys(entry.p_mean_variance).flatMap(modelStep),
        ],
        onGpu: async (page) => {
          const ours = await gpuSteps(page, [{ a, b }], entry.x_t_flat, x0);
          return [{ name: 'q_posterior_mean', ours, theirs: entry.q_posterior_mean, within: FLOAT32 }];
        },
      };
    }),
};

/** The file's own floor on probabilities. */
const LOG_FLOOR = Math.log(1e-12);

/** By how much float64 moves a log p that comes, as OpenAI's does, from the difference of two numbers near 1. */
const slack = (logP: number): number => (logP > LOG_FLOOR ? 2 ** -51 / Math.exp(logP) : 0);

interface Bound {
  readonly schedule: string;
  readonly T: number;
  readonly model: string;
  readonly var_type: string;
  readonly clip_denoised: boolean;
  readonly total_bpd: number;
  readonly prior_bpd: number;
  readonly vb_bits_per_dim_in_order_t_T_to_1: number[];
  readonly xstart_mse: number[];
  readonly mse: number[];
}

type Model = (xT: readonly number[], t: number) => readonly number[];

const NUMBER = '([-\\d.e]+)';
const WAVE = new RegExp(`eps_hat=${NUMBER}\\*cos\\(${NUMBER}\\*x\\)\\+${NUMBER}\\*sin\\(t/${NUMBER}\\)`);

/** The model that a text describes: x_t, t → x̂_0. */
function modelOf(
  text: string,
  schedule: Schedule,
  { x_start_NCHW_flat: x0, delta_flat }: Inputs['tensor_example_inputs'],
): Model | undefined {
  if (text.includes('x_hat=x_start+delta')) return () => combine(1, x0, 1, delta_flat);
  if (text.includes('x_hat=x_start')) return () => x0;
  const [p, q, r, s] = (WAVE.exec(text) ?? []).slice(1).map(Number);
  if (p === undefined || q === undefined || r === undefined || s === undefined) return undefined;
  // The index that OpenAI's code passes to a model is t − 1.
  return (xT, t) =>
    x0FromNoise(
      schedule,
      t,
      xT,
      xT.map((x) => p * Math.cos(q * x) + r * Math.sin((t - 1) / s)),
    );
}

const bound: Kind = {
  matches: (value) => has(value, 'entries') && isListOf(value.entries, 'total_bpd', 'prior_bpd', 'var_type'),
  entries: ({ entries }: { readonly entries: readonly Bound[] }, { tensor_example_inputs: inputs }: Inputs) =>
    entries.map((entry) => {
      const { T } = entry;
      const name = `${entry.schedule}, T = ${T}, ${entry.var_type}, ${entry.model.split(':')[0]}`;
      const schedule = scheduleNamed(entry.schedule, T);
      if (!schedule) return absent(name);
      const model = modelOf(entry.model, schedule, inputs);
      if (!model) return { name, cannot: 'its model is not understood' };
      if (inputs.noise_rows_flat.length < T) return { name, cannot: 'it has fewer rows of noise than steps' };
      const { x_start_NCHW_flat: x0, noise_rows_flat: noise } = inputs;
      const D = x0.length;
      const varianceOfModel = entry.var_type === 'FIXED_LARGE' ? largeVariance : clippedVariance;

      const figures = () => {
        // The k-th of OpenAI's calls is t = T − k, with the k-th row of noise.
        const steps = Array.from({ length: T }, (_, k) => {
          const t = T - k;
          const [alpha, sigma] = [schedule.alpha[t] as number, schedule.sigma[t] as number];
          const xT = combine(alpha, x0, sigma, noise[k] as number[]);
          const predicted = model(xT, t);
          const x0Hat = entry.clip_denoised ? clip(predicted) : predicted;
          const { a, b, variance } = posterior(schedule, t - 1, t);
          const [truth, mean] = [combine(a, xT, b, x0), combine(a, xT, b, x0Hat)];
          const own = varianceOfModel(schedule, t);
          const logP =
            t > 1
              ? []
              : x0.map((x, i) =>
                  logDiscretisedGaussian(x, mean[i] as number, Math.sqrt(own), logTanhInterval),
                );
          const nats = t > 1 ? normalKL(squaredDistance(truth, mean), variance, own, D) : -sum(logP);
          const noiseHat = combine(1 / sigma, xT, -alpha / sigma, x0Hat);
          return {
            bits: bitsPerDim(nats, D),
            slack: bitsPerDim(sum(logP.map(slack)), D),
            xstart: squaredDistance(x0Hat, x0) / D,
            noise: squaredDistance(noiseHat, noise[k] as number[]) / D,
          };
        });
        const prior = bitsPerDim(
          priorKL(
            schedule,
            squaredDistance(
              x0,
              x0.map(() => 0),
            ),
            D,
          ),
          D,
        );
        const bits = steps.map((step) => step.bits);
        const within = WITHIN + sum(steps.map((step) => step.slack));
        return [
          figure('prior_bpd', prior, entry.prior_bpd),
          { ...figure('vb_bits_per_dim', bits, entry.vb_bits_per_dim_in_order_t_T_to_1), within },
          { ...figure('total_bpd', prior + sum(bits), entry.total_bpd), within },
          figure(
            'xstart_mse',
            steps.map((step) => step.xstart),
            entry.xstart_mse,
          ),
          figure(
            'mse',
            steps.map((step) => step.noise),
            entry.mse,
          ),
        ];
      };
      return { name, figures };
    }),
};

interface Discretised {
  readonly x: number[];
  readonly means: number[];
  readonly entries: readonly {
    readonly log_scale: number;
    readonly log_prob_openai_tanh_cdf: number[];
    readonly log_prob_exact_cdf_scipy_ndtr: number[];
  }[];
}

const discretised: Kind = {
  matches: (value) =>
    has(value, 'x', 'means', 'entries') && isListOf(value.entries, 'log_scale', 'log_prob_openai_tanh_cdf'),
  entries: ({ x, means, entries }: Discretised) =>
    entries.map((entry) => ({
      name: `log scale ${entry.log_scale}`,
      figures() {
        const sigma = Math.exp(entry.log_scale);
        return x.flatMap((x0, i) => {
          const mean = means[i] as number;
          const exact = Math.max(logDiscretisedGaussian(x0, mean, sigma), LOG_FLOOR);
          const tanh = logDiscretisedGaussian(x0, mean, sigma, logTanhInterval);
          const compare = (cdf: string, ours: number, theirs = Number.NaN): Figure => ({
            ...figure(`${cdf} at x = ${x0}`, ours, theirs),
            within: WITHIN + slack(theirs),
          });
          return [
            compare('tanh', tanh, entry.log_prob_openai_tanh_cdf[i]),
            compare('exact', exact, entry.log_prob_exact_cdf_scipy_ndtr[i]),
          ];
        });
      },
    })),
};

const klTable: Kind = {
  matches: (value, key) => key.startsWith('normal_kl(mean1,logvar1,mean2,logvar2)') && Array.isArray(value),
  entries: (rows: readonly (readonly number[])[]) =>
    rows.map(([mean1 = 0, logvar1 = 0, mean2 = 0, logvar2 = 0, theirs = Number.NaN]) => ({
      name: `N(${mean1}, e^${logvar1}) from N(${mean2}, e^${logvar2})`,
      figures: () => [
        figure('KL', normalKL((mean1 - mean2) ** 2, Math.exp(logvar1), Math.exp(logvar2), 1), theirs),
      ],
    })),
};

export const posteriors = [coefficients, tensors, bound, discretised, klTable];
