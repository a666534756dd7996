/** UniPC (Zhao et al. 2023, arXiv 2302.04867): UniP-p predicts, UniC-p corrects with what is asked for the next step. */
import { type Form, m, pairs, type Sampler, sum, x } from '../step.ts';
import { integral } from './exponential.ts';
import { interpolated, newest, nodesAt, type Orders, orderAt } from './multistep.ts';
import { checkOrder } from './options.ts';
import { hPhi, moments } from './phi.ts';

export interface UniPcOptions extends Orders {
  /** B(h), which matters where a single unknown coefficient is set to 1/2: h in bh1, e^h − 1 in bh2. */
  readonly solverType?: 'bh1' | 'bh2';
  /** Whether x̂_0 is expanded, or ε̂. */
  readonly predictX0?: boolean;
  /** Steps whose results are not corrected. */
  readonly disableCorrector?: readonly number[];
}

/** @throws RangeError unless the order is 1, 2, 3 or 4. */
export function unipc({
  solverType = 'bh2',
  predictX0 = true,
  disableCorrector = [],
  ...orders
}: UniPcOptions = {}): Sampler {
  const { order: most = 2 } = orders;
  checkOrder(most, 4);
  return (levels) => {
    const steps = pairs(levels).map(([t, s], i) => {
      const { a, c, h, z, output } = integral(predictX0 ? 'dpmsolver++' : 'dpmsolver', t, s);
      const order = orderAt(i, levels, orders);
      const nodes = nodesAt(levels, i, order);
      const B = solverType === 'bh1' ? z : Math.expm1(z);
      const of = (count: number) => (count === 2 ? [hPhi(1, z), (h * B) / 2] : moments(h, z, count));
      return {
        ...{ t, s, a, c, output },
        /** By what the network said at t and before. */
        predictor: (outputs: readonly Form[]) => interpolated(nodes, of(order), outputs),
        /** By what it says of the prediction, too. */
        corrector: (outputs: readonly Form[]) => interpolated([h, ...nodes], of(order + 1), outputs),
      };
    });
    return steps.map(({ t, s, a, c, output, predictor }, i) => {
      const before = steps[i - 1];
      const corrects = before && before.t.alpha > 0 && !disableCorrector.includes(i - 1);
      // Both start from the same state, so that x takes off what the predictor added and adds what the corrector does.
      const corrected = corrects
        ? sum([1, x], [before.c, before.predictor(m)], [-before.c, before.corrector([output, ...m])])
        : x;
      const outputs = newest(most, i, output);
      return { at: t, to: s, next: sum([a, corrected], [-c, predictor(outputs)]), keep: outputs };
    });
  };
}
