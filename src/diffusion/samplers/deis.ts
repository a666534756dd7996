/** DEIS in log ρ (Zhang & Chen 2023, arXiv 2204.13902, section 4): ε̂ as a polynomial in log ρ = −λ, integrated exactly. */
import { pairs, type Sampler, sum, x } from '../step.ts';
import { integral } from './exponential.ts';
import { interpolated, newest, nodesAt, type Orders, orderAt } from './multistep.ts';
import { checkOrder } from './options.ts';
import { moments } from './phi.ts';

/** `few` is 15, as in diffusers. @throws RangeError unless the order is 1, 2, 3 or 4. */
export function deis(orders: Orders = {}): Sampler {
  const { order: most = 2 } = orders;
  checkOrder(most, 4);
  return (levels) =>
    pairs(levels).map(([t, s], i) => {
      const { a, c, h, z, output } = integral('dpmsolver', t, s);
      const order = orderAt(i, levels, { few: 15, ...orders });
      const nodes = nodesAt(levels, i, order);
      const slope = interpolated(nodes, moments(h, z, order), newest(order, i, output));
      const keep = newest(most - 1, i, output);
      return { at: t, to: s, next: sum([a, x], [-c, slope]), keep };
    });
}
