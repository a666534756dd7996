/** β, ᾱ, γ and SNR of whole schedules. */
import { respace, spaceTimesteps } from '../../src/diffusion/respacing.ts';
import { gamma, snr, vdmLinear } from '../../src/diffusion/schedule.ts';
import { type Entry, type Figure, isListOf, type Kind, sum } from './entry.ts';
import { scheduleNamed } from './named.ts';

/** Thousands of factors, each rounded once, in float64 on both sides. */
const WITHIN = 1e-12;

/** Compared by their digits. */
const figure = (name: string, ours: Figure['ours'], theirs: Figure['theirs']): Figure => ({
  name,
  ours,
  theirs,
  within: WITHIN,
  floor: 0,
});

interface Betas {
  readonly name: string;
  readonly T: number;
  readonly betas: number[];
}

interface Published extends Betas {
  readonly indices: number[];
  readonly first_beta: number;
  readonly last_beta: number;
  readonly sum_betas: number;
  readonly first_alpha_bar: number;
  readonly last_alpha_bar: number;
  readonly sum_alphas_cumprod: number;
  readonly alphas_cumprod: number[];
}

/** Index 0 of a published table is our t = 1. */
const published: Kind = {
  matches: (value) => isListOf(value, 'name', 'T', 'betas') && !isListOf(value, 'posterior_mean_coef1'),
  entries: (value: readonly (Published | (Betas & { readonly rejected: string }))[]) =>
    value.map((entry): Entry => {
      const { T, betas } = entry;
      const name = `${entry.name}, T = ${T}`;
      const schedule = scheduleNamed(entry.name, T);
      if (!schedule) return { name, cannot: 'these betas are not in the library yet' };
      const { beta, alphaBar } = schedule;
      // Rescaled betas are published as 1 − ᾱ_t/ᾱ_{t−1}, and have the digits of a number near 1.
      const floor = entry.name.includes('rescale') ? 1e-3 : 0;
      if ('rejected' in entry) {
        // Betas above 1, which OpenAI's code refuses and the library holds at 0.999.
        const held = betas.map((value) => Math.min(value, 0.999));
        return { name, figures: () => [figure('betas, held', beta.slice(1), held)] };
      }
      const pick = (values: Float64Array) => entry.indices.map((i) => values[i + 1] as number);
      return {
        name,
        figures: () => [
          { ...figure('betas', pick(beta), betas), floor },
          figure('alphas_cumprod', pick(alphaBar), entry.alphas_cumprod),
          { ...figure('first_beta', beta[1] as number, entry.first_beta), floor },
          figure('last_beta', beta[T] as number, entry.last_beta),
          figure('sum_betas', sum(beta), entry.sum_betas),
          figure('first_alpha_bar', alphaBar[1] as number, entry.first_alpha_bar),
          figure('last_alpha_bar', alphaBar[T] as number, entry.last_alpha_bar),
          figure('sum_alphas_cumprod', sum(alphaBar) - 1, entry.sum_alphas_cumprod),
        ],
      };
    }),
};

interface Respaced {
  readonly T: number;
  readonly section_counts: string;
  readonly base: string;
  readonly timesteps: number[];
  readonly new_betas: number[];
  readonly new_alphas_cumprod: number[];
}

/** Longer steps of a schedule. */
const respaced: Kind = {
  matches: (value) => isListOf(value, 'section_counts', 'timesteps', 'new_betas'),
  entries: (value: readonly Respaced[]) =>
    value.map((entry): Entry => {
      const name = `${entry.base}, T = ${entry.T}, ${entry.section_counts}`;
      const schedule = scheduleNamed(entry.base, entry.T);
      if (!schedule) return { name, cannot: 'these betas are not in the library yet' };
      return {
        name,
        figures: () => {
          const timesteps = spaceTimesteps(entry.T, entry.section_counts);
          const { beta, alphaBar } = respace(schedule, timesteps);
          return [
            figure('timesteps', timesteps, entry.timesteps),
            figure('new_betas', beta.slice(1), entry.new_betas),
            figure('new_alphas_cumprod', alphaBar.slice(1), entry.new_alphas_cumprod),
          ];
        },
      };
    }),
};

interface LinearGamma {
  readonly gamma_min: number;
  readonly gamma_max: number;
  readonly T: number;
  readonly indices: number[];
  readonly t: number[];
  readonly gamma: number[];
  readonly alpha2: number[];
  readonly sigma2: number[];
  readonly snr: number[];
}

/** VDM's z_i is our x_{i+1}. */
const linearGamma: Kind = {
  matches: (value) => isListOf(value, 'gamma_min', 'gamma_max', 'indices', 'alpha2'),
  entries: (value: readonly LinearGamma[]) =>
    value.map((entry) => ({
      name: `γ = ${entry.gamma_min} … ${entry.gamma_max}, T = ${entry.T}`,
      figures() {
        const schedule = vdmLinear(entry.T, entry.gamma_min, entry.gamma_max);
        const pick = (at: (t: number) => number) => entry.indices.map((i) => at(i + 1));
        const gammas = pick((t) => gamma(schedule, t));
        return [
          figure(
            't',
            entry.indices.map((i) => i / entry.T),
            entry.t,
          ),
          // γ passes 0, so by its absolute error, which is the relative one of SNR.
          { ...figure('gamma', gammas, entry.gamma), floor: 1 },
          figure(
            'alpha2',
            pick((t) => schedule.alphaBar[t] as number),
            entry.alpha2,
          ),
          figure(
            'sigma2',
            pick((t) => (schedule.sigma[t] as number) ** 2),
            entry.sigma2,
          ),
          figure(
            'snr',
            pick((t) => snr(schedule, t)),
            entry.snr,
          ),
        ];
      },
    })),
};

export const schedules = [published, respaced, linearGamma];
