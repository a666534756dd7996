/** The reverse SDE between two levels, x̂_0 held fixed: what the solvers of Lu et al. (2022) refine. */
import { type Form, type Level, lambda, sum, x, x0Hat } from '../step.ts';
import type { AncestralOptions } from './ancestral.ts';
import { checkAmounts } from './options.ts';

export interface Reverse {
  /** The step of first order, without its noise. */
  readonly first: Form;
  /** λ_s − λ_t; ∞ from pure noise and to clean data. */
  readonly h: number;
  /** (1 + η) h, by which e^{−z} of x̃'s distance from x̂_0 is left. */
  readonly z: number;
  readonly deviation: number;
}

/** @throws RangeError unless η ≥ 0 and the noise's factor ≥ 0. */
export function reverse(t: Level, s: Level, { eta = 1, sNoise = 1 }: AncestralOptions): Reverse {
  checkAmounts({ η: eta, "the noise's factor": sNoise });
  const h = lambda(s) - lambda(t);
  const etaH = eta === 0 ? 0 : eta * h;
  const z = h + etaH;
  return {
    first: sum([(s.sigma / t.sigma) * Math.exp(-etaH), x], [-s.alpha * Math.expm1(-z), x0Hat]),
    h,
    z,
    deviation: s.sigma * Math.sqrt(-Math.expm1(-2 * etaH)) * sNoise,
  };
}
