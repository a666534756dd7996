/** Every number that the derivation shows, from the pixel's x_t and x_0 alone. */
import { type Bayes, bayesAt, density } from '../../diffusion/bayes.ts';
import { condition, joint } from '../../diffusion/gaussian.ts';
import { type Posterior, posterior } from '../../diffusion/posterior.ts';
import { gamma, type Schedule } from '../../diffusion/schedule.ts';
import type { Reading } from '../probe-panel.ts';

/** What is read: the run's pixel, or an example where there is none. */
export interface Point {
  readonly t: number;
  readonly xt: number;
  readonly x0: number;
  readonly example: boolean;
}

/** The run's pixel; at t = 0, where nothing is to be derived, and without a run, an example of a step mid-way. */
export function pointOf(schedule: Schedule, reading: Reading | undefined): Point {
  // A reading may still be the last run's, which was longer.
  if (reading && reading.t >= 1 && reading.t <= schedule.T) return { ...reading, example: false };
  const t = Math.ceil(0.4 * schedule.T);
  const x0 = reading?.x0 ?? 0.4;
  return { t, x0, xt: (schedule.alpha[t] as number) * x0 + (schedule.sigma[t] as number), example: true };
}

/** The posterior in the betas of Ho et al. 2020, eqs. 6 and 7, with 1 − ᾱ as a sum of positive terms. */
export function ddpmForm(schedule: Schedule, t: number): Posterior {
  const beta = schedule.beta[t] as number;
  const noise = (at: number) => (schedule.sigma[at] as number) ** 2;
  return {
    a: (Math.sqrt(1 - beta) * noise(t - 1)) / noise(t),
    b: (Math.sqrt(schedule.alphaBar[t - 1] as number) * beta) / noise(t),
    variance: (noise(t - 1) / noise(t)) * beta,
  };
}

/** The same in signal to noise, as VDM writes it: c = 1 − SNR(t)/SNR(s) = −expm1(γ(s) − γ(t)). */
export function snrForm(schedule: Schedule, t: number): Posterior & { readonly c: number } {
  const s = t - 1;
  const [alphaS, alphaT] = [schedule.alpha[s] as number, schedule.alpha[t] as number];
  const c = -Math.expm1(gamma(schedule, s) - gamma(schedule, t));
  return {
    c,
    a: ((1 - c) * alphaS) / alphaT,
    b: c * alphaS,
    variance: c * (schedule.sigma[s] as number) ** 2,
  };
}

export interface Theorem {
  readonly my: number;
  readonly Sxy: number;
  readonly Syy: number;
  readonly K: number;
  readonly mean: number;
  readonly variance: number;
}

/** The linear-Gaussian theorem at this pixel; where the prior is certain, the library's refusal. */
function theoremAt({ prior }: Bayes, beta: number, xt: number): Theorem | string {
  const p = { mean: [prior.mean], covariance: [[prior.variance]] };
  const likelihood = { A: [[Math.sqrt(1 - beta)]], b: [0], Q: [[beta]] };
  try {
    const { my, Sxy, Syy } = joint(p, likelihood);
    const { gain, mean, covariance } = condition(p, likelihood, [xt]);
    const [[K], [variance]] = [gain[0] ?? [], covariance[0] ?? []];
    return { my: my[0], Sxy: Sxy[0]?.[0], Syy: Syy[0]?.[0], K, mean: mean[0], variance } as Theorem;
  } catch (error) {
    return (error as RangeError).message;
  }
}

/** One number computed two ways, in the last of which leading digits cancel. */
export interface Cancelled {
  readonly value: number;
  readonly digitsLost: number;
}

/** 1 − ᾱ_t by subtraction, with a rounding of `unit`, against the sum of positive terms. */
function cancelled(value: number, exact: number, unit: number): Cancelled {
  const error = Math.abs(value - exact) / exact;
  return { value, digitsLost: Math.max(0, Math.log10(error / unit)) };
}

/** Which mistakes give which numbers. */
function mistakes(schedule: Schedule, { t, xt }: Point, bayes: Bayes) {
  const alphaBar = schedule.alphaBar[t] as number;
  const noise = (schedule.sigma[t] as number) ** 2;
  const { prior, likelihood } = bayes;
  const { a } = posterior(schedule, t - 1, t);
  // Weighting by precision, done literally; at t = 1 it is ∞/∞.
  const precision = 1 / prior.variance + 1 / likelihood.variance;
  return {
    withoutY: bayes.posterior.mean - a * xt,
    nextBeta: schedule.beta[t + 1],
    noise,
    single: cancelled(Math.fround(1 - Math.fround(alphaBar)), noise, 2 ** -24),
    double: cancelled(1 - alphaBar, noise, 2 ** -53),
    literal: (prior.mean / prior.variance + likelihood.mean / likelihood.variance) / precision,
  };
}

/** Bayes' rule at one x_{t−1}, in densities: the quotient, and the closed form that it must equal. */
function densitiesAt({ t, xt }: Point, beta: number, bayes: Bayes) {
  if (t === 1) return undefined;
  const x = bayes.posterior.mean;
  const prior = density(x, bayes.prior);
  const likelihood = density(xt, { mean: Math.sqrt(1 - beta) * x, variance: beta });
  const quotient = (likelihood * prior) / bayes.evidence;
  return { x, prior, likelihood, evidence: bayes.evidence, quotient, closed: density(x, bayes.posterior) };
}

export function numbersAt(schedule: Schedule, point: Point) {
  const { t, xt, x0 } = point;
  const beta = schedule.beta[t] as number;
  const bayes = bayesAt(schedule, t, xt, x0);
  const beta1 = schedule.beta[1] as number;
  return {
    ...point,
    beta,
    beta1,
    alphaBarS: schedule.alphaBar[t - 1] as number,
    alphaBarT: schedule.alphaBar[t] as number,
    bayes,
    densities: densitiesAt(point, beta, bayes),
    step: posterior(schedule, t - 1, t),
    ddpm: ddpmForm(schedule, t),
    snr: snrForm(schedule, t),
    theorem: theoremAt(bayes, beta, xt),
    /** log N(x_0; x_0, β_1): what the Gaussian decoder gives an oracle. */
    decoder: -0.5 * Math.log(2 * Math.PI * beta1),
    mistakes: mistakes(schedule, point, bayes),
  };
}
export type Numbers = ReturnType<typeof numbersAt>;
