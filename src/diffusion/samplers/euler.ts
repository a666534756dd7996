/** Euler's method on dx̃/dσ̃ = ε̂, x̃ = x/α and σ̃ = σ/α (Karras et al. 2022, eq. 3 and algorithm 2 without its lines 9–13). */
import { type Form, type Level, lambda, type Sampler, sum, x, x0Hat } from '../step.ts';
import { type ChurnOptions, churned } from './churn.ts';

/**
 * From t to s by ε̂ as it is at t: x̃ + (σ̃_s − σ̃_t) ε̂, put as (σ_s/σ_t) x + α_s (1 − e^{−h}) x̂_0 with h = λ_s − λ_t, which
 * holds from pure noise, α_t = 0, and to clean data too.
 */
export const towards = (t: Level, s: Level): Form =>
  sum([s.sigma / t.sigma, x], [-s.alpha * Math.expm1(lambda(t) - lambda(s)), x0Hat]);

/** @throws RangeError, once it has levels, unless γ and the noise's factor are at least 0. */
export const euler =
  (options: ChurnOptions = {}): Sampler =>
  (levels) =>
    churned(levels, options, (t, s) => [{ at: t, to: s, next: towards(t, s) }]);
