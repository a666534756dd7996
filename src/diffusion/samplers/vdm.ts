/** VDM's ancestral sampling in continuous time (Kingma et al. 2021, appendix A.4): noise at every step but to clean data. */
import { lambda, pairs, type Sampler, sum, x, x0Hat } from '../step.ts';

export const vdm = (): Sampler => (levels) =>
  pairs(levels, { falling: true }).map(([t, s]) => {
    // γ = −2λ; c = −expm1(γ_s − γ_t) is the share of the noise that is taken away.
    const fall = 2 * (lambda(t) - lambda(s));
    const c = -Math.expm1(fall);
    // (α_s/α_t)(z_t − σ_t c ε̂) with σ_t ε̂ = z_t − α_t x̂_0 put in; (α_s/α_t)(1 − c) is (σ_s/σ_t) e^{fall/2}.
    const next = sum([(s.sigma / t.sigma) * Math.exp(fall / 2), x], [s.alpha * c, x0Hat]);
    return { at: t, to: s, next, s: s.sigma * Math.sqrt(c) };
  });
