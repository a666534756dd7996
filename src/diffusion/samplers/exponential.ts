/**
 * The exact solutions of Lu et al. (2022): from level t to level s, h = λ_s − λ_t, with what the network says expanded
 * around λ_t, D_k = h^k d^k/dλ^k,
 *
 *     x_s = a·x_t − c·Σ_k z φ_{k+1}(z)·D_k + deviation·noise
 *
 * so that the integral of (λ − λ_t)^k is h^k k! z φ_{k+1}(z).
 */
import { epsHat, type Form, type Level, lambda, x0Hat } from '../step.ts';
import { hPhi } from './phi.ts';

/** In ε̂ (DPM-Solver, arXiv 2206.00927) or in x̂_0 (DPM-Solver++, arXiv 2211.01095); of the ODE or of the SDE. */
export type Algorithm = 'dpmsolver' | 'dpmsolver++' | 'sde-dpmsolver' | 'sde-dpmsolver++';

export const stochastic = (algorithm: Algorithm): boolean => algorithm.startsWith('sde');

export interface Integral {
  readonly a: number;
  readonly c: number;
  readonly h: number;
  readonly z: number;
  readonly deviation: number;
  /** What is taken for z φ_3(z): diffusers' sde-dpmsolver++ has −1/2 where the function has +1/2. */
  readonly third: number;
  /** What is expanded: x̂_0 or ε̂ at t. */
  readonly output: Form;
}

export function integral(algorithm: Algorithm, t: Level, s: Level): Integral {
  const h = lambda(s) - lambda(t);
  const ofNoise = { a: s.alpha / t.alpha, h, z: h, third: hPhi(3, h), output: epsHat(t) };
  const ofData = { c: s.alpha, h, output: x0Hat };
  // To clean data and from pure noise h = ∞, which only the integral over x̂_0 bears.
  const bearing = stochastic(algorithm) ? 'sde-dpmsolver++' : 'dpmsolver++';
  switch (s.sigma === 0 || t.alpha === 0 ? bearing : algorithm) {
    case 'dpmsolver':
      return { ...ofNoise, c: s.sigma, deviation: 0 };
    case 'sde-dpmsolver':
      return { ...ofNoise, c: 2 * s.sigma, deviation: s.sigma * Math.sqrt(Math.expm1(2 * h)) };
    case 'dpmsolver++':
      return { ...ofData, a: s.sigma / t.sigma, z: -h, third: hPhi(3, -h), deviation: 0 };
    case 'sde-dpmsolver++':
      return {
        ...ofData,
        a: (s.sigma / t.sigma) * Math.exp(-h),
        z: -2 * h,
        third: hPhi(3, -2 * h) + 1,
        deviation: s.sigma * Math.sqrt(-Math.expm1(-2 * h)),
      };
  }
}
