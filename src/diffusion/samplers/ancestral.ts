/** A step down to a level below the one that is wanted, and the noise that leads back up to it. */
import { ancestralStep } from '../sigmas.ts';
import { type Level, ratio } from '../step.ts';
import { checkAmounts } from './options.ts';

export interface AncestralOptions {
  /** From an ODE's step, 0, to a step of the reverse process itself, 1; more has too much noise. */
  readonly eta?: number;
  /** By what the noise is multiplied; not negative. */
  readonly sNoise?: number;
}

/**
 * From t to s: where to go without noise, and the standard deviation of the noise that makes up for it.
 * @throws RangeError unless η ≥ 0 and the noise's factor ≥ 0.
 */
export function descend(t: Level, s: Level, { eta = 1, sNoise = 1 }: AncestralOptions) {
  checkAmounts({ η: eta, "the noise's factor": sNoise });
  const { down, up } = ancestralStep(ratio(t), ratio(s), eta);
  return { down: { ...s, sigma: s.alpha * down }, deviation: s.alpha * up * sNoise };
}
