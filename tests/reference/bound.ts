/** The float64 twins of shaders/measure/bound.wgsl and reconstruction.wgsl. */
import { logCategorical, logDiscretisedGaussian, logGaussian } from '../../src/diffusion/decoder.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import type { Schedule } from '../../src/diffusion/schedule.ts';

export interface States {
  readonly x: ArrayLike<number>;
  readonly x0: ArrayLike<number>;
  readonly x0Hat: ArrayLike<number>;
}

/** What p(x_0 | x_1) is made of; see src/passes/measure/reconstruction.ts. */
export interface Decoder {
  readonly levels: number;
  readonly alpha1: number;
  readonly sigma1: number;
  readonly variance: number;
}

const square = (x: number) => x * x;

function sum(count: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
}

/** Σ(μ_q − μ_p)², Σ(x_0 − x̂_0)² and Σ(ε − ε̂)², each from its own definition. */
export function termSums(schedule: Schedule, t: number, { x, x0, x0Hat }: States): number[] {
  const { a, b } = posterior(schedule, t - 1, t);
  const [alpha, sigma] = [schedule.alpha[t] as number, schedule.sigma[t] as number];
  const mean = (x: number, x0: number) => a * x + b * x0;
  const noise = (x: number, x0: number) => (x - alpha * x0) / sigma;
  const over = (term: (x: number, x0: number, x0Hat: number) => number) =>
    sum(x.length, (i) => term(x[i] as number, x0[i] as number, x0Hat[i] as number));
  return [
    over((x, x0, x0Hat) => square(mean(x, x0) - mean(x, x0Hat))),
    over((_, x0, x0Hat) => square(x0 - x0Hat)),
    over((x, x0, x0Hat) => square(noise(x, x0) - noise(x, x0Hat))),
  ];
}

/** The three log p(v | x_1), whose f_v is (2v − 255)/levels. */
export function decode({ levels, alpha1, sigma1, variance }: Decoder, v: number, x1: number, mean: number) {
  const x0 = (2 * v - 255) / levels;
  return {
    // The twin's own values are VDM's, (2v − 255)/256.
    categorical: logCategorical(v, x1, (alpha1 * 256) / levels, sigma1),
    discretised: logDiscretisedGaussian(x0, mean, Math.sqrt(variance)),
    gaussian: logGaussian(x0, mean, variance),
  };
}

/** The sums of the three over a state, and Σ x_0². */
export function reconstructionSums(decoder: Decoder, { x, x0, x0Hat }: States): number[] {
  const decoded = Array.from(x, (x1, i) => {
    const v = Math.min(Math.max(Math.round(((x0[i] as number) * decoder.levels + 255) / 2), 0), 255);
    return decode(decoder, v, x1, x0Hat[i] as number);
  });
  const over = (name: keyof (typeof decoded)[number]) => decoded.reduce((sum, logs) => sum + logs[name], 0);
  return [
    over('categorical'),
    over('discretised'),
    over('gaussian'),
    sum(x0.length, (i) => square(x0[i] as number)),
  ];
}

/** The largest |actual − expected| / |expected|; 0 has to be met exactly. */
export function largestRelative(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new RangeError(`${actual.length} values, not ${expected.length}`);
  return Math.max(
    ...Array.from(expected, (e, i) =>
      actual[i] === e ? 0 : Math.abs((actual[i] as number) - e) / Math.abs(e),
    ),
  );
}
