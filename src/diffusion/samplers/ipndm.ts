/** iPNDM (Zhang & Chen 2023, arXiv 2204.13902; first in v-diffusion): PNDM's linear multistep with lower orders to start. */
import { epsHat, pairs, type Sampler, sum, x, x0Hat } from '../step.ts';
import { adamsBashforth, transfer } from './adams-bashforth.ts';
import { newest } from './multistep.ts';
import { checkOrder } from './options.ts';

/** @throws RangeError unless the order is 1, 2, 3 or 4. */
export function ipndm({ order = 4 } = {}): Sampler {
  checkOrder(order, 4);
  return (levels) =>
    pairs(levels).map(([t, s], i) => {
      const output = epsHat(t);
      const epsilon = adamsBashforth(newest(order, i, output));
      // Of pure noise there is no x/α to be transferred: x̂_0 and ε̂ are put together anew.
      const next = t.alpha === 0 ? sum([s.alpha, x0Hat], [s.sigma, epsilon]) : transfer(x, epsilon, t, s);
      return { at: t, to: s, next, keep: newest(order - 1, i, output) };
    });
}
