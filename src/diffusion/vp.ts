/**
 * The variance-preserving process in continuous time (Song et al. 2021, VP SDE): β(t) = β_0 + t(β_1 − β_0) and
 * log α_t = −t² (β_1 − β_0)/4 − t β_0/2 for t in [0, 1]. DPM-Solver's "linear" noise schedule; EDM's "vp" with
 * β_d = β_1 − β_0.
 */
import type { Level } from './step.ts';

export interface VpProcess {
  /** log α_t. */
  readonly logAlpha: (t: number) => number;
  readonly at: (t: number) => Level;
  /** λ_t = log(α_t/σ_t); ∞ at t = 0. */
  readonly lambda: (t: number) => number;
  /** The t at which λ_t = λ. */
  readonly timeOfLambda: (lambda: number) => number;
}

/** log(1 + e^x), to its last digits for any x. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** @throws RangeError unless β_0, β_1 > 0. */
export function vpProcess({ beta0 = 0.1, beta1 = 20 } = {}): VpProcess {
  if (!(beta0 > 0 && beta1 > 0 && beta0 + beta1 < Infinity)) {
    throw new RangeError(`β_0 and β_1 must be above 0, not ${beta0} and ${beta1}`);
  }
  const rise = beta1 - beta0;
  const logAlpha = (t: number) => (-(t ** 2) * rise) / 4 - (t * beta0) / 2;
  const variance = (t: number) => -Math.expm1(2 * logAlpha(t));
  return {
    logAlpha,
    at: (t) => ({ alpha: Math.exp(logAlpha(t)), sigma: Math.sqrt(variance(t)), t }),
    lambda: (t) => logAlpha(t) - Math.log(variance(t)) / 2,
    timeOfLambda(lambda) {
      // α² = sigmoid(2λ), hence −2 log α = log(1 + e^{−2λ}), a quadratic in t whose root is free of differences.
      const fall = softplus(-2 * lambda);
      return (2 * fall) / (beta0 + Math.sqrt(beta0 ** 2 + 2 * rise * fall));
    },
  };
}
