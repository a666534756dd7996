/** Multistep consistency sampling as in LCM (Luo et al. 2023, arXiv 2310.04378, algorithm 3; Song et al. 2023). */
import { pairs, type Sampler, sum, x, x0Hat } from '../step.ts';
import { checkAmounts } from './options.ts';

export interface LcmOptions {
  /** σ_data of the boundary scalings, in which the time is `timestepScaling`·t. */
  readonly sigmaData?: number;
  readonly timestepScaling?: number;
}

/** New noise is drawn up to every level; none to clean data. @throws RangeError unless both options are at least 0. */
export function lcm({ sigmaData = 0.5, timestepScaling = 10 }: LcmOptions = {}): Sampler {
  checkAmounts({ σ_data: sigmaData, 'the scale of timesteps': timestepScaling });
  return (levels) =>
    pairs(levels, { falling: true }).map(([t, s]) => {
      const time = timestepScaling * t.t;
      const cSkip = sigmaData ** 2 / (time ** 2 + sigmaData ** 2);
      const cOut = time / Math.hypot(time, sigmaData);
      return { at: t, to: s, next: sum([s.alpha * cSkip, x], [s.alpha * cOut, x0Hat]), s: s.sigma };
    });
}
