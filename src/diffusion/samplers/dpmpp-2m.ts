/** DPM-Solver++(2M) (Lu et al. 2022, arXiv 2211.01095, algorithm 2): second order from one evaluation a step. */
import { lambda, m, pairs, type Sampler, sum, x, x0Hat } from '../step.ts';

export const dpmpp2m = (): Sampler => (levels) =>
  pairs(levels).map(([t, s], i) => {
    const h = lambda(s) - lambda(t);
    const before = levels[i - 1];
    // The first step has nothing to extrapolate from; to clean data, h = ∞, x̂_0 itself is the answer.
    const r = before && s.sigma > 0 ? (lambda(t) - lambda(before)) / h : Infinity;
    const D = sum([1 + 1 / (2 * r), x0Hat], [-1 / (2 * r), m[0]]);
    return {
      at: t,
      to: s,
      next: sum([s.sigma / t.sigma, x], [-s.alpha * Math.expm1(-h), D]),
      keep: [x0Hat],
    };
  });
