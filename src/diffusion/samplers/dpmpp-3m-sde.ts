/** SDE-DPM-Solver++ of third order, multistep: x̂_0 as a parabola in λ through its last three values (k-diffusion). */
import { type Form, lambda, m, pairs, type Sampler, type Step, sum, x0Hat } from '../step.ts';
import type { AncestralOptions } from './ancestral.ts';
import { hPhi } from './phi.ts';
import { reverse } from './reverse-sde.ts';

/** (a − b)/r */
const slope = (a: Form, b: Form, r: number): Form => sum([1 / r, a], [-1 / r, b]);

/** @throws RangeError, once it has levels, unless η and the noise's factor are at least 0. */
export const dpmpp3mSde =
  (options: AncestralOptions = {}): Sampler =>
  (levels) =>
    pairs(levels, { falling: true }).map(([t, s], i): Step => {
      const { first, z, h, deviation } = reverse(t, s, options);
      const taken = { at: t, to: s, s: deviation, keep: i > 0 ? [x0Hat, m[0]] : [x0Hat] };
      const [before, earlier] = [levels[i - 1], levels[i - 2]];
      if (!before || s.sigma === 0) return { ...taken, next: first };
      // φ_2 and φ_3 of the paper's appendix B, times z
      const [phi2, phi3] = [-hPhi(2, -z), hPhi(3, -z)];
      const r0 = (lambda(t) - lambda(before)) / h;
      const D10 = slope(x0Hat, m[0], r0);
      if (!earlier) return { ...taken, next: sum([1, first], [s.alpha * phi2, D10]) };
      const r1 = (lambda(before) - lambda(earlier)) / h;
      const D2 = slope(D10, slope(m[0], m[1], r1), r0 + r1);
      const D1 = sum([1, D10], [r0, D2]);
      return { ...taken, next: sum([1, first], [s.alpha * phi2, D1], [-s.alpha * phi3, D2]) };
    });
