/**
 * Linear multistep of order up to 4 on dx̃/dσ̃ = ε̂ (Liu et al. 2022; k-diffusion's LMS): ε̂ is taken for the polynomial in
 * σ̃ through its last values, and that is integrated.
 */
import { epsHat, type Form, m, pairs, ratio, type Sampler, type Step, sum, x } from '../step.ts';
import { towards } from './euler.ts';
import { checkOrder } from './options.ts';

/** ∫ f over [a, b] by Gauss and Legendre's two points, exact for cubics. */
function integral(f: (tau: number) => number, a: number, b: number): number {
  const [middle, half] = [(a + b) / 2, (b - a) / 2];
  const point = half / Math.sqrt(3);
  return half * (f(middle - point) + f(middle + point));
}

/** The polynomial that is 1 at nodes[j] and 0 at the others. */
const lagrange = (nodes: readonly number[], j: number) => (tau: number) =>
  nodes.reduce((product, node, k) => {
    const own = nodes[j] as number;
    return k === j ? product : product * ((tau - node) / (own - node));
  }, 1);

/** @throws RangeError unless the order is 1, 2, 3 or 4. */
export function lms({ order = 4 } = {}): Sampler {
  checkOrder(order, 4);
  return (levels) =>
    pairs(levels).map(([t, s], i): Step => {
      // Pure noise is at σ̃ = ∞, where no polynomial passes: such a step is Euler's, and its ε̂ is not used again.
      if (t.alpha === 0) return { at: t, to: s, next: towards(t, s) };
      const nodes = levels
        .slice(Math.max(i + 1 - order, 0), i + 1)
        .filter(({ alpha }) => alpha > 0)
        .map(ratio)
        .reverse();
      const known: readonly Form[] = [epsHat(t), ...m].slice(0, nodes.length);
      const terms = known.map((form, j): [number, Form] => [
        s.alpha * integral(lagrange(nodes, j), ratio(t), ratio(s)),
        form,
      ]);
      return { at: t, to: s, next: sum([s.alpha / t.alpha, x], ...terms), keep: known.slice(0, order - 1) };
    });
}
