/**
 * Discrete variance-preserving noise schedules: x_t = α_t x_0 + σ_t ε with α_t² + σ_t² = 1, t = 0 … T.
 * t = 0 is clean data and ᾱ_0 = 1 exactly; the betas of papers and libraries start at t = 1.
 */

/** Every array has T + 1 entries, indexed by t; all values are float64. */
export interface Schedule {
  readonly T: number;
  /** β_t in (0, 1), the variance that step t adds; β_0 = 0 stands for "no step". */
  readonly beta: Float64Array;
  /** ᾱ_t = Π_{i≤t} (1 − β_i), the signal's share of the variance. */
  readonly alphaBar: Float64Array;
  /** α_t = √ᾱ_t, the signal's scale. */
  readonly alpha: Float64Array;
  /** σ_t = √(1 − ᾱ_t), the noise's scale. */
  readonly sigma: Float64Array;
}

/** The largest beta that Nichol & Dhariwal allow, so that no single step destroys everything. */
const MAX_BETA = 0.999;
/** The number of steps for which Ho et al. chose their betas. */
const LINEAR_T = 1000;

export const T_MAX = 4000;

/**
 * The schedule of given betas, `betas[0]` belonging to t = 1.
 * @throws RangeError when there are none, or one lies outside (0, 1).
 */
export function fromBetas(betas: ArrayLike<number>): Schedule {
  const T = betas.length;
  if (T < 1) throw new RangeError('a schedule needs at least one step');
  const beta = new Float64Array(T + 1);
  const alphaBar = new Float64Array(T + 1).fill(1);
  const sigma = new Float64Array(T + 1);
  let variance = 0;
  for (let t = 1; t <= T; t++) {
    const b = betas[t - 1] as number;
    if (!(b > 0 && b < 1)) throw new RangeError(`β_${t} must lie in (0, 1), not ${b}`);
    beta[t] = b;
    alphaBar[t] = (alphaBar[t - 1] as number) * (1 - b);
    // 1 − ᾱ_t as a sum of positive terms: the difference itself loses its leading digits where ᾱ_t is near 1.
    variance = (1 - b) * variance + b;
    sigma[t] = Math.sqrt(variance);
  }
  return { T, beta, alphaBar, alpha: alphaBar.map(Math.sqrt), sigma };
}

/** `T` values from `first` to `last`, both included; the first alone for T = 1, as in numpy. */
function linspace(first: number, last: number, T: number): Float64Array {
  const step = T > 1 ? (last - first) / (T - 1) : 0;
  const values = Float64Array.from({ length: T }, (_, i) => first + i * step);
  if (T > 1) values[T - 1] = last;
  return values;
}

function checkT(T: number): void {
  if (!Number.isInteger(T) || T < 1) throw new RangeError(`T must be a whole number of at least 1, not ${T}`);
}

/** Linear betas (Ho et al. 2020, section 4), the range as given whatever T is. */
export function linear(T: number, { betaStart = 1e-4, betaEnd = 0.02 } = {}): Schedule {
  checkT(T);
  return fromBetas(linspace(betaStart, betaEnd, T));
}

/**
 * Linear betas scaled by 1000/T, so that any T ends as near to noise as T = 1000 does (OpenAI's convention).
 * Below T = 21 the last betas would pass 1, and are held at 0.999.
 */
export function linearRescaled(T: number): Schedule {
  checkT(T);
  const scale = LINEAR_T / T;
  return fromBetas(linspace(1e-4 * scale, 0.02 * scale, T).map((beta) => Math.min(beta, MAX_BETA)));
}

/** Cosine ᾱ (Nichol & Dhariwal 2021, eq. 17), its betas held at 0.999. */
export function cosine(T: number): Schedule {
  checkT(T);
  const f = (t: number) => Math.cos(((t / T + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
  return fromBetas(Float64Array.from({ length: T }, (_, i) => Math.min(1 - f(i + 1) / f(i), MAX_BETA)));
}

/** SNR(t) = α_t²/σ_t² (VDM eq. 2); infinite at t = 0. */
export const snr = (schedule: Schedule, t: number): number =>
  (schedule.alphaBar[t] as number) / (schedule.sigma[t] as number) ** 2;

/** γ(t) = −log SNR(t), as in VDM; −∞ at t = 0. */
export const gamma = (schedule: Schedule, t: number): number => -Math.log(snr(schedule, t));

/** SNR in decibels, 10 log₁₀ SNR; infinite at t = 0. */
export const snrDb = (schedule: Schedule, t: number): number => 10 * Math.log10(snr(schedule, t));
