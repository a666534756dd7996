/**
 * Euler's method on the flow dx̄/dτ = v̂ = ε̂ − x̂_0, x̄ = x/(α + σ) and τ = σ/(α + σ) (Lipman et al. 2023; Liu et al. 2023),
 * which on flow matching's levels are x and σ themselves.
 */
import { type Form, type Level, pairs, type Sampler, sum, x, x0Hat } from '../step.ts';

const norm = ({ alpha, sigma }: Level): number => alpha + sigma;
const tau = (level: Level): number => level.sigma / norm(level);

/** v̂ = (x̄ − x̂_0)/τ. */
export const velocity = (t: Level): Form => sum([1 / t.sigma, x], [-1 / tau(t), x0Hat]);

/** n_s (τ_s − τ_t), n = α + σ: how much of v̂ a step from t to s adds. */
export const stride = (t: Level, s: Level): number => norm(s) * (tau(s) - tau(t));

/** From t to s along v̂, `weight` of the way. */
export const along = (t: Level, s: Level, weight = 1): Form =>
  sum([norm(s) / norm(t), x], [weight * stride(t, s), velocity(t)]);

/** Stochastic, x̂_0 is given new noise instead, as consistency models are sampled. */
export const flowEuler =
  ({ stochastic = false } = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: stochastic }).map(([t, s]) =>
      stochastic
        ? { at: t, to: s, next: sum([s.alpha, x0Hat]), s: s.sigma }
        : { at: t, to: s, next: along(t, s) },
    );
