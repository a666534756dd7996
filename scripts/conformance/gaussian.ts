/** The linear-Gaussian theorem, and a diffusion's posterior as its special case. */
import {
  condition,
  conditionByPrecision,
  gaussianKL,
  joint,
  logEvidence,
} from '../../src/diffusion/gaussian.ts';
import { posterior, transition } from '../../src/diffusion/posterior.ts';
import { type Entry, type Figure, has, isListOf, isTable, type Kind, type Table } from './entry.ts';
import { scheduleNamed } from './named.ts';

const WITHIN = 1e-10;

export interface Theorem {
  readonly id?: number;
  readonly m: number[];
  readonly S: number[][];
  readonly A: number[][];
  readonly b: number[];
  readonly Q: number[][];
  readonly y: number[];
  readonly marginal_mean: number[];
  readonly marginal_cov: number[][];
  readonly cross_cov_xy: number[][];
  readonly joint_cov: number[][];
  readonly kalman_gain: number[][];
  readonly posterior_mean: number[];
  readonly posterior_cov: number[][];
  readonly posterior_precision: number[][];
  readonly log_evidence: number;
  readonly kl_posterior_prior: number;
}

export function theoremFigures({ m, S, y, ...entry }: Theorem): Figure[] {
  const prior = { mean: m, covariance: S };
  const both = joint(prior, entry);
  const schur = condition(prior, entry, y);
  const precise = conditionByPrecision(prior, entry, y);
  const figure = (name: string, ours: readonly (number | readonly number[])[], theirs: Figure['theirs']) => ({
    name,
    ours: ours.flat(),
    theirs,
    within: WITHIN,
  });
  return [
    figure('marginal_mean', both.my, entry.marginal_mean),
    figure('marginal_cov', both.Syy, entry.marginal_cov),
    figure('cross_cov_xy', both.Sxy, entry.cross_cov_xy),
    figure('joint_cov', both.covariance, entry.joint_cov),
    figure('kalman_gain', schur.gain, entry.kalman_gain),
    figure('posterior_mean', schur.mean, entry.posterior_mean),
    figure('posterior_cov', schur.covariance, entry.posterior_cov),
    figure('posterior_mean by precisions', precise.mean, entry.posterior_mean),
    figure('posterior_cov by precisions', precise.covariance, entry.posterior_cov),
    figure('posterior_precision', precise.precision, entry.posterior_precision),
    figure('log_evidence', [logEvidence(prior, entry, y)], entry.log_evidence),
    figure('kl_posterior_prior', [gaussianKL(schur, prior)], entry.kl_posterior_prior),
  ];
}

const theorem: Kind = {
  matches: (value) => isListOf(value, 'm', 'S', 'A', 'b', 'Q', 'y'),
  entries: (value: readonly Theorem[]) =>
    value.map((entry, i) => ({ name: `entry ${entry.id ?? i}`, figures: () => theoremFigures(entry) })),
};

const NOTE = /(\w+) T=(\d+); x0=([-\d.e]+), x_t=([-\d.e]+)/;

/** q(x_{t−1}|x_t, x_0) as the posterior of x_{t−1} ~ N(α x_0, σ² I) given x_t ~ N(√(1 − β_t) x_{t−1}, β_t I). */
const specialCase: Kind = {
  matches: (value) => isTable(value, 't') && has(value, 'note') && NOTE.test(String(value.note)),
  entries({ note, rows }: Table & { readonly note: string }): Entry[] {
    const [, name = '', T, x0, xT] = NOTE.exec(note) ?? [];
    const schedule = scheduleNamed(name, Number(T));
    if (!schedule) return rows.map(([t]) => ({ name: `t = ${t}`, cannot: `no schedule ${name} here` }));
    return rows.map(([t = 0, ...theirs]) => ({
      name: `t = ${t}`,
      figures() {
        const { alphaTS, varTS } = transition(schedule, t - 1, t);
        const alpha = schedule.alpha[t - 1] as number;
        const variance = (schedule.sigma[t - 1] as number) ** 2;
        const byTheorem = condition(
          { mean: [alpha * Number(x0)], covariance: [[variance]] },
          { A: [[alphaTS]], b: [0], Q: [[varTS]] },
          [Number(xT)],
        );
        const { a, b, variance: byBayes } = posterior(schedule, t - 1, t);
        const means = [byTheorem.mean[0] as number, a * Number(xT) + b * Number(x0)];
        const variances = [byTheorem.covariance[0]?.[0] as number, byBayes];
        return [
          { name: 'mean', ours: means, theirs: theirs.slice(0, 2), within: WITHIN },
          { name: 'variance', ours: variances, theirs: theirs.slice(2, 4), within: WITHIN, floor: 0 },
        ];
      },
    }));
  },
};

export const gaussian = [theorem, specialCase];
