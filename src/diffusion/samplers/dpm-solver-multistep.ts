/**
 * Multistep DPM-Solver (Lu et al. 2022, arXiv 2206.00927) and DPM-Solver++(2M) and (3M) (arXiv 2211.01095, algorithm 2), of
 * the ODE and of the SDE.
 */
import { pairs, type Sampler, sum, x } from '../step.ts';
import { type Algorithm, integral, stochastic } from './exponential.ts';
import { interpolated, newest, nodesAt, type Orders, orderAt } from './multistep.ts';
import { checkOrder } from './options.ts';
import { hPhi } from './phi.ts';

export interface DpmSolverMultistepOptions extends Orders {
  readonly algorithm?: Algorithm;
  /** How order 2 weighs the derivative: by z φ_1(z)/2, or by the z φ_2(z) of Taylor's expansion. */
  readonly solverType?: 'midpoint' | 'heun';
  /** How order 3 weighs the second one: as in the code of Lu et al. and diffusers, by half of what Taylor's has. */
  readonly second?: 'half' | 'whole';
}

/** `few` is 15 in diffusers and 10 in Lu et al.'s own code. @throws RangeError unless the order is 1, 2 or 3. */
export function dpmSolverMultistep({
  algorithm = 'dpmsolver++',
  solverType = 'midpoint',
  second = 'half',
  ...orders
}: DpmSolverMultistepOptions = {}): Sampler {
  const { order: most = 2 } = orders;
  checkOrder(most, 3);
  return (levels) =>
    pairs(levels, { falling: stochastic(algorithm) }).map(([t, s], i) => {
      const { a, c, h, z, third, deviation, output } = integral(algorithm, t, s);
      const order = orderAt(i, levels, { few: 15, ...orders });
      const midpoint = order === 2 && solverType === 'midpoint';
      const moments = [
        hPhi(1, z),
        h * (midpoint ? hPhi(1, z) / 2 : hPhi(2, z)),
        h ** 2 * (second === 'half' ? third : 2 * hPhi(3, z)),
      ].slice(0, order);
      const said = interpolated(nodesAt(levels, i, order), moments, newest(order, i, output));
      const keep = newest(most - 1, i, output);
      return { at: t, to: s, next: sum([a, x], [-c, said]), s: deviation, keep };
    });
}
