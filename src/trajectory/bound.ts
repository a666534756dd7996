/**
 * The bound on −log p(x_0) of one run, from sums that the GPU took over its forward states:
 *
 *   KL(q(x_T|x_0) ‖ N(0, I))  +  Σ_{t=2…T} KL(q(x_{t−1}|x_t, x_0) ‖ p(x_{t−1}|x_t))  −  log p(x_0|x_1)
 *   prior                        diffusion                                             reconstruction
 *
 * All in nats and for the whole batch; `bitsPerDim` of diffusion/bound.ts divides.
 */
import { bitsPerDim, klOfMeans, klOfNoise, klOfX0, priorKL } from '../diffusion/bound.ts';
import { posterior } from '../diffusion/posterior.ts';
import type { Schedule } from '../diffusion/schedule.ts';

/** The three decoders of diffusion/decoder.ts: VDM's over the 256 values, DDPM's over bins, and the plain density. */
export type DecoderName = 'categorical' | 'discretised' | 'gaussian';

/**
 * The variance of the two Gaussian decoders: β_1, or the posterior's at t = 2. Its own at t = 1 is 0. OpenAI's code takes
 * the second, whichever variance its other steps have.
 */
export type DecoderVariance = 'beta-1' | 'posterior-2';

export interface Bound {
  /** The number of values, by which nats become bits per dimension. */
  readonly dims: number;
  readonly prior: number;
  /** KL at index t = 2 … T, 0 below, by each of three formulas: the same number but for rounding. */
  readonly diffusion: Readonly<Record<'x0' | 'noise' | 'means', Float64Array>>;
  /** −log p(x_0 | x_1); the Gaussian's, of a density, may be negative. */
  readonly reconstruction: Readonly<Record<DecoderName, number>>;
  /** Of the two Gaussian decoders. */
  readonly variance: number;
}

/** @throws RangeError where there is no t = 2 to take the posterior's variance from. */
export function decoderVariance(schedule: Schedule, name: DecoderVariance): number {
  return name === 'beta-1' ? (schedule.beta[1] as number) : posterior(schedule, 1, 2).variance;
}

const FIELDS = 4;

/**
 * The bound from sums of four at index t − 1: for t ≥ 2 of (μ_q − μ_p)², (x_0 − x̂_0)² and (ε − ε̂)², for t = 1 of the three
 * decoders' log p(x_0 | x_1) and of x_0².
 */
export function boundOf(schedule: Schedule, dims: number, variance: number, sums: ArrayLike<number>): Bound {
  const sum = (t: number, field: number) => sums[FIELDS * (t - 1) + field] as number;
  const terms = (kl: typeof klOfX0, field: number) =>
    Float64Array.from({ length: schedule.T + 1 }, (_, t) =>
      t < 2 ? 0 : kl(schedule, t - 1, t, sum(t, field)),
    );
  return {
    dims,
    variance,
    prior: priorKL(schedule, sum(1, 3), dims),
    diffusion: { means: terms(klOfMeans, 0), x0: terms(klOfX0, 1), noise: terms(klOfNoise, 2) },
    reconstruction: { categorical: -sum(1, 0), discretised: -sum(1, 1), gaussian: -sum(1, 2) },
  };
}

/**
 * What x_t costs, in bits per dimension and at index t: the prior at T, then a term for every step back, at 0 the whole
 * bound.
 */
export function runningBits({ dims, prior, diffusion, reconstruction }: Bound, decoder: DecoderName) {
  const T = diffusion.x0.length - 1;
  const bits = new Float64Array(T + 1);
  let nats = prior;
  for (let t = T; t >= 0; t--) {
    bits[t] = bitsPerDim(nats, dims);
    nats += t === 1 ? reconstruction[decoder] : (diffusion.x0[t] as number);
  }
  return bits;
}
