/** SDE-DPM-Solver++(2M) (Lu et al. 2022, arXiv 2211.01095, section 5), with η from the ODE, 0, to the reverse SDE, 1. */
import { lambda, m, pairs, type Sampler, type Step, sum, x0Hat } from '../step.ts';
import type { AncestralOptions } from './ancestral.ts';
import { hPhi } from './phi.ts';
import { reverse } from './reverse-sde.ts';

export interface Dpmpp2mSdeOptions extends AncestralOptions {
  /** The slope's weight: half of x̂_0's, or what the integral of a straight line gives. */
  readonly solverType?: 'midpoint' | 'heun';
}

/** @throws RangeError, once it has levels, unless η and the noise's factor are at least 0. */
export const dpmpp2mSde =
  ({ solverType = 'midpoint', ...options }: Dpmpp2mSdeOptions = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: true }).map(([t, s], i): Step => {
      const { first, z, h, deviation } = reverse(t, s, options);
      const before = levels[i - 1];
      // The first step has nothing to extrapolate from; to clean data x̂_0 itself is the answer.
      const r = before && s.sigma > 0 ? (lambda(t) - lambda(before)) / h : Infinity;
      const weight = s.alpha * (solverType === 'heun' ? -hPhi(2, -z) : -hPhi(1, -z) / 2);
      const next = r === Infinity ? first : sum([1, first], [weight / r, x0Hat], [-weight / r, m[0]]);
      return { at: t, to: s, next, s: deviation, keep: [x0Hat] };
    });
