/**
 * Discrete variance-preserving noise schedules: x_t = α_t x_0 + σ_t ε with α_t² + σ_t² = 1, t = 0 … T.
 * t = 0 is clean data and ᾱ_0 = 1 exactly; the betas of papers and libraries start at t = 1.
 */
import { linspace } from './linspace.ts';

/** Every array has T + 1 entries, indexed by t; all values are float64. */
export interface Schedule {
  readonly T: number;
  /** β_t in (0, 1), the variance that step t adds; β_0 = 0 stands for "no step". β_T = 1 where the SNR ends at 0. */
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

/** T, from β_0 … β_T. */
function checkBetas(beta: Float64Array): number {
  const T = beta.length - 1;
  if (T < 1) throw new RangeError('a schedule needs at least one step');
  beta.forEach((b, t) => {
    if (t > 0 && !(b > 0 && b < 1)) throw new RangeError(`β_${t} must lie in (0, 1), not ${b}`);
  });
  return T;
}

/**
 * The schedule of given betas, `betas[0]` belonging to t = 1.
 * @throws RangeError when there are none, or one lies outside (0, 1).
 */
export function fromBetas(betas: ArrayLike<number>): Schedule {
  const beta = Float64Array.from([0, ...Array.from(betas)]);
  checkBetas(beta);
  return accumulate(beta);
}

/** The schedule of β_0 … β_T. */
function accumulate(beta: Float64Array): Schedule {
  const T = beta.length - 1;
  const alphaBar = new Float64Array(T + 1).fill(1);
  const sigma = new Float64Array(T + 1);
  let variance = 0;
  for (let t = 1; t <= T; t++) {
    const b = beta[t] as number;
    alphaBar[t] = (alphaBar[t - 1] as number) * (1 - b);
    // 1 − ᾱ_t as a sum of positive terms: the difference itself loses its leading digits where ᾱ_t is near 1.
    variance = (1 - b) * variance + b;
    sigma[t] = Math.sqrt(variance);
  }
  return { T, beta, alphaBar, alpha: alphaBar.map(Math.sqrt), sigma };
}

/** 1/(1 + e^{−x}), to the last digits at both ends. */
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * The schedule of given γ = −log SNR, `gammas[0]` belonging to t = 1 and every next one larger; t = 0 stays clean data.
 * VDM's own data is one step away from its first latent z_0, which has noise: its z_i is our x_{i+1}. So "the
 * reconstruction is from x_1" holds for DDPM and VDM alike.
 * @throws RangeError when there are none, they do not rise, or a β rounds to 0 or 1.
 */
export function fromGamma(gammas: ArrayLike<number>): Schedule {
  const values = (f: (gamma: number, i: number) => number, atZero: number) =>
    Float64Array.from([atZero, ...Array.from(gammas, f)]);
  const beta = values((g, i) => {
    const before = i > 0 ? (gammas[i - 1] as number) : -Infinity;
    if (!(g > before)) throw new RangeError(`γ must rise, but γ_${i + 1} = ${g} follows ${before}`);
    // σ²_{t|s}/σ_t² = 1 − SNR(t)/SNR(s) = −expm1(γ_s − γ_t)
    return -sigmoid(g) * Math.expm1(before - g);
  }, 0);
  const T = checkBetas(beta);
  const alphaBar = values((g) => sigmoid(-g), 1);
  const sigma = values((g) => Math.sqrt(sigmoid(g)), 0);
  return { T, beta, alphaBar, alpha: alphaBar.map(Math.sqrt), sigma };
}

/** VDM's fixed linear schedule of `steps` steps: its z_0 … z_steps are our x_1 … x_{steps+1}, so T = steps + 1. */
export function vdmLinear(steps: number, gammaMin = -13.3, gammaMax = 5): Schedule {
  checkT(steps);
  return fromGamma(
    Array.from({ length: steps + 1 }, (_, i) => gammaMin + (gammaMax - gammaMin) * (i / steps)),
  );
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
 * Below T = 21 the last betas would reach 1, and are held at 0.999.
 */
export function linearRescaled(T: number): Schedule {
  checkT(T);
  const scale = LINEAR_T / T;
  return fromBetas(linspace(1e-4 * scale, 0.02 * scale, T).map((beta) => Math.min(beta, MAX_BETA)));
}

/** The schedule of ᾱ as a function of u = t/T up to a factor, its betas held at 0.999. */
const fromAlphaBar = (T: number, f: (u: number) => number): Schedule =>
  fromBetas(Float64Array.from({ length: T }, (_, i) => Math.min(1 - f((i + 1) / T) / f(i / T), MAX_BETA)));

/** Cosine ᾱ (Nichol & Dhariwal 2021, eq. 17), its betas held at 0.999. */
export function cosine(T: number): Schedule {
  checkT(T);
  return fromAlphaBar(T, (u) => Math.cos(((u + 0.008) / 1.008) * (Math.PI / 2)) ** 2);
}

/** Betas whose square roots are evenly spaced: those of Stable Diffusion (Rombach et al. 2022). */
export function scaledLinear(T: number, { betaStart = 0.00085, betaEnd = 0.012 } = {}): Schedule {
  checkT(T);
  return fromBetas(linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), T).map((root) => root ** 2));
}

/** Betas along a sigmoid from −6 to 6, whatever T is, so that its ends are only nearly reached (Xu et al. 2022, GeoDiff). */
export function sigmoidBetas(T: number, { betaStart = 1e-4, betaEnd = 0.02 } = {}): Schedule {
  checkT(T);
  return fromBetas(linspace(-6, 6, T).map((u) => sigmoid(u) * (betaEnd - betaStart) + betaStart));
}

/**
 * Laplace: the log-SNR at even u in [0, 1] are quantiles of a Laplace distribution of scale 1/2 (Hang et al. 2024, arXiv
 * 2407.03297), as in diffusers, where √(SNR/(1 + SNR)) stands for ᾱ rather than for α.
 */
export function laplace(T: number): Schedule {
  checkT(T);
  // 1e-6 keeps the ends finite.
  const logSnr = (u: number) => -0.5 * (u > 0.5 ? -1 : 1) * Math.log(1 - 2 * Math.abs(0.5 - u) + 1e-6);
  return fromAlphaBar(T, (u) => {
    const ratio = Math.exp(logSnr(u));
    return Math.sqrt(ratio / (1 + ratio));
  });
}

/**
 * The schedule with its SNR brought to 0 at T: √ᾱ is shifted to end at 0, and scaled to begin as before (Lin et al. 2023,
 * algorithm 1). β_T = 1 and ᾱ_T = 0 exactly, so that x_T says nothing of x_0, nor does ε there.
 * @throws RangeError for T = 1, of which nothing would be left.
 */
export function zeroTerminalSnr({ T, beta, alpha }: Schedule): Schedule {
  if (T < 2) throw new RangeError('zero terminal SNR needs at least two steps');
  const rescaled = beta.slice();
  // √ᾱ_{t−1} − √ᾱ_t and √ᾱ_{t−1} − √ᾱ_T, the latter as the sum of the former: differences of the roots lose digits.
  let above = 0;
  for (let t = T; t > 1; t--) {
    const b = beta[t] as number;
    const fall = ((alpha[t - 1] as number) * b) / (1 + Math.sqrt(1 - b));
    above += fall;
    // 1 − (1 − r)² with r the part of what is left that falls at t.
    const r = fall / above;
    rescaled[t] = r * (2 - r);
  }
  return accumulate(rescaled);
}

/** SNR(t) = α_t²/σ_t² (VDM eq. 2); infinite at t = 0. */
export const snr = (schedule: Schedule, t: number): number =>
  (schedule.alphaBar[t] as number) / (schedule.sigma[t] as number) ** 2;

/** γ(t) = −log SNR(t), as in VDM; −∞ at t = 0. */
export const gamma = (schedule: Schedule, t: number): number => -Math.log(snr(schedule, t));

/** SNR in decibels, 10 log₁₀ SNR; infinite at t = 0. */
export const snrDb = (schedule: Schedule, t: number): number => 10 * Math.log10(snr(schedule, t));
