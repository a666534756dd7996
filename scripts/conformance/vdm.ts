/** VDM, whose z_i is our x_{i+1}: its schedule, decoder, losses term by term, and sampler. */
import {
  bitsPerDim,
  continuousLoss,
  klOfMeans,
  klOfNoise,
  klOfX0,
  priorKL,
} from '../../src/diffusion/bound.ts';
import { encode, logCategorical } from '../../src/diffusion/decoder.ts';
import { posterior, transition } from '../../src/diffusion/posterior.ts';
import { fromGamma, type Schedule, snr, vdmLinear } from '../../src/diffusion/schedule.ts';
import {
  combine,
  type Entry,
  type Figure,
  flat,
  has,
  isListOf,
  isTable,
  type Kind,
  type Nested,
  squaredDistance,
  sum,
  type Table,
} from './entry.ts';
import { gpuSteps } from './gpu.ts';

const WITHIN = 1e-10;
/** float32 on the GPU, as the tests of the step have it. */
const FLOAT32 = 1e-5;

const figure = (name: string, ours: Figure['ours'], theirs: Nested | undefined): Figure => ({
  name,
  ours,
  theirs,
  within: WITHIN,
});

const alphaOf = (schedule: Schedule, t: number) => schedule.alpha[t] as number;
const sigmaOf = (schedule: Schedule, t: number) => schedule.sigma[t] as number;

const decoderTable: Kind = {
  matches: (value, key) => key.startsWith('recon_scalar_table [gamma_0, x, eps_0,') && Array.isArray(value),
  entries: (rows: readonly (readonly number[])[]) =>
    rows.map(([gamma0 = 0, v = 0, eps = 0, theirs = Number.NaN]) => ({
      name: `γ_0 = ${gamma0}, v = ${v}, ε = ${eps}`,
      figures() {
        const schedule = fromGamma([gamma0]);
        const [alpha, sigma] = [alphaOf(schedule, 1), sigmaOf(schedule, 1)];
        return [figure('log p', logCategorical(v, alpha * encode(v) + sigma * eps, alpha, sigma), theirs)];
      },
    })),
};

const stepTable: Kind = {
  matches: (value) => isTable(value, 'gamma_s'),
  entries: ({ rows }: Table) =>
    rows.map(([gammaS = 0, gammaT = 0, ...theirs]) => ({
      name: `γ_s = ${gammaS}, γ_t = ${gammaT}`,
      figures() {
        const schedule = fromGamma([gammaS, gammaT]);
        const { alphaTS, varTS } = transition(schedule, 1, 2);
        const c = varTS / sigmaOf(schedule, 2) ** 2;
        const ours = [
          1 / alphaTS,
          c,
          sigmaOf(schedule, 2) * c,
          Math.sqrt(posterior(schedule, 1, 2).variance),
        ];
        return [{ ...figure('α_s/α_t, c, σ_t c, noise', ours, theirs), floor: 0 }];
      },
    })),
};

interface Losses {
  readonly t: number[];
  readonly loss_recon_nats: number;
  readonly loss_klz_nats: number;
  readonly var_0: Nested;
  readonly var_1: Nested;
  readonly loss_diff_estimator_per_t_nats: number[];
  readonly L_i_per_t_nats: number[];
  readonly L_T_total_nats: number;
  readonly bpd_recon: number;
  readonly bpd_latent: number;
  readonly bpd_diff: number;
  readonly bpd_total: number;
  readonly closed_form_L_i_nats: number[];
  readonly closed_form_total_nats: number;
  readonly recon_50digit: number;
  readonly klz_50digit: number;
}

interface Continuous {
  readonly t: number[];
  readonly loss_diff_per_t_nats: number[];
  readonly closed_form_values: number[];
  readonly mean_over_batch_nats: number;
  readonly exact_integral_nats: number;
}

interface Sampled {
  readonly z_after_step: number[][];
  readonly generated_x?: Nested;
}

interface Example {
  readonly gamma_min: number;
  readonly gamma_max: number;
  readonly denoiser: string;
  readonly x_minus_xhat_sq: number;
  readonly [part: string]: unknown;
}

/** What all examples share. */
interface Inputs {
  readonly f: number[];
  readonly v: number[];
  readonly eps0: number[];
  readonly epsT: number[][];
  readonly delta: number[];
  readonly z1: number[];
  readonly samplerEps: number[][];
}

/** The input whose name starts so; the names go on to explain. */
function inputsOf(raw: Record<string, Nested>): Inputs {
  const named = (start: string) =>
    Object.entries(raw).find(([key]) => key === start || key.startsWith(`${start} (`))?.[1] ?? [];
  const rows = (start: string) => (named(start) as readonly Nested[]).map(flat);
  return {
    f: flat(named('f')),
    v: flat(named('image_HWC')),
    eps0: flat(named('eps_0')),
    epsT: rows('eps_t'),
    delta: flat(named('delta')),
    z1: flat(named('z_1')),
    samplerEps: rows('sampler_eps'),
  };
}

/** An example with T steps. */
interface Run {
  readonly example: Example;
  readonly inputs: Inputs;
  readonly x0Hat: readonly number[];
  readonly T: number;
}

/** log p(x_0|x_1) of every element. */
const decoded = (schedule: Schedule, { f, v, eps0 }: Inputs): number[] => {
  const [alpha, sigma] = [alphaOf(schedule, 1), sigmaOf(schedule, 1)];
  return combine(alpha, f, sigma, eps0).map((x1, i) => logCategorical(v[i] as number, x1, alpha, sigma));
};

function lossFigures({ example, inputs, x0Hat, T }: Run, theirs: Losses): Figure[] {
  const { f, epsT } = inputs;
  const D = f.length;
  const schedule = vdmLinear(T, example.gamma_min, example.gamma_max);
  const steps = Array.from({ length: T }, (_, i) => i + 1);
  const byX0 = steps.map((s) => klOfX0(schedule, s, s + 1, squaredDistance(f, x0Hat)));
  // The other two forms, from the noise of the file: the row i is for t = i/T, which is our i + 1.
  const drawn = steps
    .filter((s) => epsT[s])
    .map((s) => {
      const t = s + 1;
      const eps = epsT[s] as number[];
      const [alpha, sigma] = [alphaOf(schedule, t), sigmaOf(schedule, t)];
      const xT = combine(alpha, f, sigma, eps);
      const { a, b } = posterior(schedule, s, t);
      const means = squaredDistance(combine(a, xT, b, f), combine(a, xT, b, x0Hat));
      const noise = squaredDistance(eps, combine(1 / sigma, xT, -alpha / sigma, x0Hat));
      return { byMeans: klOfMeans(schedule, s, t, means), byNoise: klOfNoise(schedule, s, t, noise) };
    });
  const recon = -sum(decoded(schedule, inputs));
  const prior = priorKL(
    schedule,
    squaredDistance(
      f,
      f.map(() => 0),
    ),
    D,
  );
  const bits = [recon, prior, sum(byX0)].map((nats) => bitsPerDim(nats, D));
  const upTo = (values: number[] | undefined) => values?.slice(0, drawn.length);
  return [
    figure(
      't',
      steps.map((s) => s / T),
      theirs.t,
    ),
    figure('loss_recon_nats', recon, theirs.loss_recon_nats),
    figure('recon_50digit', recon, theirs.recon_50digit),
    figure('loss_klz_nats', prior, theirs.loss_klz_nats),
    figure('klz_50digit', prior, theirs.klz_50digit),
    figure('var_0', sigmaOf(schedule, 1) ** 2, theirs.var_0),
    figure('var_1', sigmaOf(schedule, T + 1) ** 2, theirs.var_1),
    figure('L_i_per_t_nats from x̂_0', byX0, theirs.L_i_per_t_nats),
    figure(
      'L_i_per_t_nats from ε̂',
      drawn.map(({ byNoise }) => byNoise),
      upTo(theirs.L_i_per_t_nats),
    ),
    figure(
      'L_i_per_t_nats from means',
      drawn.map(({ byMeans }) => byMeans),
      upTo(theirs.L_i_per_t_nats),
    ),
    figure('closed_form_L_i_nats', byX0, theirs.closed_form_L_i_nats),
    figure(
      'loss_diff_estimator_per_t_nats',
      byX0.map((nats) => T * nats),
      theirs.loss_diff_estimator_per_t_nats,
    ),
    figure('L_T_total_nats', sum(byX0), theirs.L_T_total_nats),
    figure('closed_form_total_nats', sum(byX0), theirs.closed_form_total_nats),
    figure('bpd_recon', bits[0] as number, theirs.bpd_recon),
    figure('bpd_latent', bits[1] as number, theirs.bpd_latent),
    figure('bpd_diff', bits[2] as number, theirs.bpd_diff),
    figure('bpd_total', sum(bits), theirs.bpd_total),
  ];
}

function continuousFigures({ example, inputs, x0Hat }: Run, theirs: Continuous): Figure[] {
  const { gamma_min: gammaMin, gamma_max: gammaMax } = example;
  const error = squaredDistance(inputs.f, x0Hat);
  const slope = gammaMax - gammaMin;
  // ‖ε − ε̂‖² = SNR(t)‖x_0 − x̂_0‖²
  const ours = theirs.t.map((t) => continuousLoss(slope, snr(fromGamma([gammaMin + slope * t]), 1) * error));
  return [
    figure('loss_diff_per_t_nats', ours, theirs.loss_diff_per_t_nats),
    figure('closed_form_values', ours, theirs.closed_form_values),
    figure('mean_over_batch_nats', sum(ours) / ours.length, theirs.mean_over_batch_nats),
    figure(
      'exact_integral_nats',
      klOfX0(fromGamma([gammaMin, gammaMax]), 1, 2, error),
      theirs.exact_integral_nats,
    ),
  ];
}

/** The coefficients of VDM's step i, from our t = T + 1 − i to t − 1. */
const samplerStep = (schedule: Schedule, i: number) =>
  posterior(schedule, schedule.T - i - 1, schedule.T - i);

function samplerFigures({ example, inputs, x0Hat, T }: Run, theirs: Sampled, noise: number[][]): Figure[] {
  const schedule = vdmLinear(T, example.gamma_min, example.gamma_max);
  const states: number[][] = [];
  for (let i = 0; i < T; i++) {
    const { a, b, variance } = samplerStep(schedule, i);
    const mean = combine(a, states.at(-1) ?? inputs.z1, b, x0Hat);
    states.push(combine(1, mean, Math.sqrt(variance), noise[i] ?? mean.map(() => 0)));
  }
  const figures = [figure('z_after_step', states.flat(), theirs.z_after_step)];
  if (!theirs.generated_x) return figures;
  // The likeliest value is the nearest.
  const every = Array.from({ length: 256 }, (_, v) => v);
  const likeliest = (x1: number) => {
    const distances = every.map((v) => Math.abs(x1 / alphaOf(schedule, 1) - encode(v)));
    return distances.indexOf(Math.min(...distances));
  };
  return [...figures, figure('generated_x', states.at(-1)?.map(likeliest) ?? [], theirs.generated_x)];
}

const part = (title: string, run: Run, key: string): Entry => {
  const value = run.example[key];
  const name = `${title}, ${key}`;
  const schedule = () => vdmLinear(run.T, run.example.gamma_min, run.example.gamma_max);
  if (key.startsWith('T=')) return { name, figures: () => lossFigures(run, value as Losses) };
  if (key.startsWith('continuous'))
    return { name, figures: () => continuousFigures(run, value as Continuous) };
  if (key === 'recon_per_pixel_logprob_nats') {
    return {
      name,
      figures: () => [figure('log p', decoded(schedule(), run.inputs), value as Nested)],
    };
  }
  const quiet = key.endsWith('_zero_noise');
  const noise = quiet ? [] : run.inputs.samplerEps;
  if (!quiet && noise.length < run.T) return { name, cannot: 'it has fewer rows of noise than steps' };
  const sampled = value as Sampled;
  return {
    name,
    figures: () => samplerFigures(run, sampled, noise),
    onGpu: async (page) => {
      const steps = Array.from({ length: run.T }, (_, i) => samplerStep(schedule(), i));
      // Without noise the whole run as one table; otherwise each step from the file's own state, less its noise.
      if (quiet) {
        const ours = await gpuSteps(page, steps, run.inputs.z1, run.x0Hat);
        return [{ name: 'the last z', ours, theirs: sampled.z_after_step.at(-1) ?? [], within: FLOAT32 }];
      }
      const figures: Figure[] = [];
      for (const [i, step] of steps.entries()) {
        const from = i > 0 ? (sampled.z_after_step[i - 1] as number[]) : run.inputs.z1;
        const mean = await gpuSteps(page, [step], from, run.x0Hat);
        const ours = combine(1, [...mean], Math.sqrt(step.variance), noise[i] as number[]);
        figures.push({
          name: `step ${i}`,
          ours,
          theirs: sampled.z_after_step[i] as number[],
          within: FLOAT32,
        });
      }
      return figures;
    },
  };
};

const PARTS =
  /^(?:T=(\d+)|continuous T=0|recon_per_pixel_logprob_nats|ancestral_sampler_T=(\d+)(?:_zero_noise)?)$/;

const examples: Kind = {
  matches: (value) => isListOf(value, 'gamma_min', 'gamma_max', 'denoiser'),
  entries(value: readonly Example[], { inputs: raw }: { readonly inputs: Record<string, Nested> }) {
    const inputs = inputsOf(raw);
    return value.flatMap((example) => {
      const title = `γ = ${example.gamma_min} … ${example.gamma_max}, ${example.denoiser}`;
      const oracle = example.denoiser.includes('x_hat=f');
      if (!oracle) return [{ name: title, cannot: 'its denoiser is not understood' }];
      const x0Hat = example.denoiser.includes('delta') ? combine(1, inputs.f, 1, inputs.delta) : inputs.f;
      const error = figure('x_minus_xhat_sq', squaredDistance(inputs.f, x0Hat), example.x_minus_xhat_sq);
      const parts = Object.keys(example).flatMap((key) => {
        const match = PARTS.exec(key);
        return match
          ? [part(title, { example, inputs, x0Hat, T: Number(match[1] ?? match[2] ?? 1) }, key)]
          : [];
      });
      return [{ name: title, figures: () => [error] }, ...parts];
    });
  },
};

/** What the examples share: the picture, encoded. */
const encoding: Kind = {
  matches: (value) => has(value, 'image_HWC', 'f'),
  entries: (raw: Record<string, Nested>) => [
    {
      name: 'encode',
      figures: () => {
        const { v, f } = inputsOf(raw);
        return [figure('f', v.map(encode), f)];
      },
    },
  ],
};

export const vdm = [decoderTable, stepTable, examples, encoding];
