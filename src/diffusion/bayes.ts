/**
 * Bayes at one pixel: why the reverse step is Gaussian.
 *
 *     q(x_{t−1} | x_t, x_0) = q(x_t | x_{t−1}) q(x_{t−1} | x_0) / q(x_t | x_0)
 *           posterior       =    likelihood    ·     prior     /   evidence
 *
 * As functions of x_{t−1}, prior and likelihood are both Gaussian, and so is their product: its precision is the sum of
 * theirs, its mean their means weighted by precision (Ho et al. 2020 eqs. 6 and 7; Chan 2024, section 2.4).
 */
import { posterior, transition } from './posterior.ts';
import type { Schedule } from './schedule.ts';

/** N(mean, variance); variance 0 is certainty. */
export interface Gaussian {
  readonly mean: number;
  readonly variance: number;
}

export interface Bayes {
  /** q(x_{t−1} | x_0) */
  readonly prior: Gaussian;
  /** q(x_t | x_{t−1}) as a function of x_{t−1}: proportional to this density. */
  readonly likelihood: Gaussian;
  /** q(x_{t−1} | x_t, x_0) */
  readonly posterior: Gaussian;
  /** q(x_t | x_0) at the x_t that came. */
  readonly evidence: number;
}

/** The density of N(mean, variance) at x; for variance > 0. */
export const density = (x: number, { mean, variance }: Gaussian): number =>
  Math.exp((-0.5 * (x - mean) ** 2) / variance) / Math.sqrt(2 * Math.PI * variance);

/** The four terms for one value of x_t and its x_0, at 1 ≤ t ≤ T. */
export function bayesAt(schedule: Schedule, t: number, xt: number, x0: number): Bayes {
  const s = t - 1;
  const { alphaTS, varTS } = transition(schedule, s, t);
  const { a, b, variance } = posterior(schedule, s, t);
  const alpha = (at: number) => schedule.alpha[at] as number;
  const sigma2 = (at: number) => (schedule.sigma[at] as number) ** 2;
  return {
    prior: { mean: alpha(s) * x0, variance: sigma2(s) },
    likelihood: { mean: xt / alphaTS, variance: varTS / alphaTS ** 2 },
    posterior: { mean: a * xt + b * x0, variance },
    evidence: density(xt, { mean: alpha(t) * x0, variance: sigma2(t) }),
  };
}

/** likelihood × prior at x_{t−1}, the product itself and nothing that knows its answer; for t > 1. */
export function productAt(schedule: Schedule, t: number, xt: number, x0: number, x: number): number {
  const { alphaTS, varTS } = transition(schedule, t - 1, t);
  const { prior } = bayesAt(schedule, t, xt, x0);
  return density(xt, { mean: alphaTS * x, variance: varTS }) * density(x, prior);
}
