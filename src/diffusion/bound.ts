/**
 * The bound on −log p(x_0), per image and in nats:
 *
 *   KL(q(x_T|x_0) ‖ N(0, I))  +  Σ_t KL(q(x_s|x_t, x_0) ‖ p(x_s|x_t))  −  E log p(x_0|x_1),      s = t − 1, t = 2 … T
 *   prior                        diffusion                                  reconstruction: decoder.ts
 *
 * An image is D elements; of images and errors these functions take the sum of squares over all D.
 *
 * Sources: Ho et al. 2020 eq. 5; VDM sections 3 (bound), 4 (discrete time) and 5 (continuous time).
 */
import { posterior, transition } from './posterior.ts';
import { type Schedule, snr } from './schedule.ts';

/** u − log(1 + u) ≥ 0, for u > −1: by its series near 0, where the two cancel. */
function excess(u: number): number {
  if (Math.abs(u) > 0.1) return u - Math.log1p(u);
  let sum = 0;
  for (let k = 2, power = u * u; sum + power / k !== sum; k++, power *= -u) sum += power / k;
  return sum;
}

/** KL(N(μ_1, v_1 I) ‖ N(μ_2, v_2 I)) in D dimensions. @throws RangeError unless both variances are positive. */
export function normalKL(squaredDistance: number, v1: number, v2: number, D: number): number {
  if (!(v1 > 0 && v2 > 0)) throw new RangeError(`variances must be positive, not ${v1} and ${v2}`);
  return (D * excess((v1 - v2) / v2) + squaredDistance / v2) / 2;
}

/** KL(q(x_T|x_0) ‖ N(0, I)), from ‖x_0‖². With σ_T² = 1 − ᾱ_T written as such, nothing cancels where ᾱ_T is tiny. */
export function priorKL(schedule: Schedule, squaredX0: number, D: number): number {
  const alphaBar = schedule.alphaBar[schedule.T] as number;
  return (alphaBar * squaredX0 + D * excess(-alphaBar)) / 2;
}

function checkNoisy(s: number): void {
  if (s === 0) {
    throw new RangeError(
      'q(x_0|x_t, x_0) has no width: at s = 0 the term is the reconstruction, see decoder.ts',
    );
  }
}

/** SNR(s) − SNR(t) = SNR(s) σ²_{t|s}/σ_t², with no difference taken. */
function snrDrop(schedule: Schedule, s: number, t: number): number {
  const { varTS } = transition(schedule, s, t);
  checkNoisy(s);
  return (snr(schedule, s) * varTS) / (schedule.sigma[t] as number) ** 2;
}

/**
 * KL(q(x_s|x_t, x_0) ‖ p(x_s|x_t)) where p has q's variance, in its three forms. The first is from the posteriors' means,
 * ‖μ_q − μ_p‖²/2σ² (Ho et al. 2020 eq. 8).
 * @throws RangeError unless 0 < s < t ≤ T.
 */
export function klOfMeans(schedule: Schedule, s: number, t: number, squaredError: number): number {
  const { variance } = posterior(schedule, s, t);
  checkNoisy(s);
  return squaredError / (2 * variance);
}

/** The second: ½(SNR(s) − SNR(t))‖x_0 − x̂_0‖² (VDM section 4). @throws RangeError unless 0 < s < t ≤ T. */
export const klOfX0 = (schedule: Schedule, s: number, t: number, squaredError: number): number =>
  (snrDrop(schedule, s, t) * squaredError) / 2;

/** The third: ½ expm1(γ_t − γ_s)‖ε − ε̂‖² (VDM section 4). @throws RangeError unless 0 < s < t ≤ T. */
export const klOfNoise = (schedule: Schedule, s: number, t: number, squaredError: number): number =>
  // expm1(γ_t − γ_s) = (SNR(s) − SNR(t))/SNR(t)
  ((snrDrop(schedule, s, t) / snr(schedule, t)) * squaredError) / 2;

/** ½γ'(t)‖ε − ε̂‖², whose mean over t in (0, 1) is the diffusion loss of infinitely many steps (VDM section 5). */
export const continuousLoss = (gammaSlope: number, squaredError: number): number =>
  (gammaSlope * squaredError) / 2;

/** Nats of an image as bits for each of its D elements. */
export const bitsPerDim = (nats: number, D: number): number => nats / (D * Math.LN2);

/**
 * The standard error of a sum of terms that each have independent noise, from the terms alone: their means change little from
 * one to the next, so that second differences are noise, of mean square (1 + 4 + 1)σ² (after von Neumann et al. 1941, who take
 * first ones). Where the means do change much, it is too large.
 */
export function errorOfSum(terms: Float64Array): number {
  const second = terms
    .subarray(2)
    .map((after, i) => (terms[i] as number) - 2 * (terms[i + 1] as number) + after);
  return Math.sqrt(second.reduce((sum, difference) => sum + difference ** 2, 0) / 6);
}
