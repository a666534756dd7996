/**
 * Noise that is correlated between channels. A pixel's R, G and B are one vector, and where the scalar process has
 * numbers this one has 3 × 3 matrices:
 *
 *     x_t = M_t x_0 + ε_t,        ε_t ~ N(0, N_t)       M_t for α_t,      N_t for σ_t²
 *     x_t = A_t x_{t−1} + η_t,    η_t ~ N(0, Q_t)       A_t for α_{t|s},  Q_t for σ²_{t|s}
 *
 * So M_t = A_t M_{t−1} and N_t = A_t N_{t−1} A_tᵀ + Q_t. Every pixel has the same matrices and noise of its own.
 */
import { cholesky, gram, identity, type Matrix, multiply, transpose, type Vector, whiten } from './matrix.ts';
import { transition } from './posterior.ts';
import { fromBetas, type Schedule } from './schedule.ts';

export interface ColourProcess {
  readonly T: number;
  /** M_t */
  readonly signal: (t: number) => Matrix;
  /** N_t */
  readonly noise: (t: number) => Matrix;
  /** A_t and Q_t of q(x_t | x_{t−1}), t ≥ 1. */
  readonly step: (t: number) => { readonly A: Matrix; readonly Q: Matrix };
  /** Σ, where N_t tends as the signal goes: the covariance of noise that has never seen an image. */
  readonly limit: Matrix;
}

export const COLOUR_PRESETS = ['independent', 'chroma-first', 'luma-first', 'grey'] as const;
export type ColourPreset = (typeof COLOUR_PRESETS)[number];

/**
 * Σ by its six numbers RR, RG, RB, GG, GB, BB. The unit is the scalar process's noise: a variance of 1 is noise as strong as
 * in independent RGB, so that an image in [−1, 1] drowns in it; 4 is noise of twice the amplitude. Σ is taken as it is,
 * never normalised.
 */
export type ColourCovariance = readonly [
  rr: number,
  rg: number,
  rb: number,
  gg: number,
  gb: number,
  bb: number,
];

/** What a person chooses: a preset's name, or a covariance of their own. */
export type ColourNoise = ColourPreset | ColourCovariance;

/**
 * How far a Σ may be from I, in its variances and in its condition number: noise from a thousandth of an image's range to
 * a thousand times it is what float32 and a screen can hold.
 */
const RANGE = 1e6;
/**
 * The part of grey noise that is not grey. Without it Σ has no inverse: two of three directions would keep x_0 free of
 * noise, and the likelihood would be certain there. Its standard deviation √δ is one of a screen's 256 levels: not seen.
 */
const GREY_DELTA = 1e-4;
/** The early channels' odds of time, over those of the clock; and the clock's over the late channels'. */
const PACE = 9;

/** U: luma along (1, 1, 1), and two chroma directions across it, as orthonormal columns. */
const LUMA_CHROMA: Matrix = transpose([
  [1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)],
  [1 / Math.sqrt(2), -1 / Math.sqrt(2), 0],
  [1 / Math.sqrt(6), 1 / Math.sqrt(6), -2 / Math.sqrt(6)],
]);

/** diag(v) A */
const scaleRows = (v: Vector, A: Matrix): Matrix => A.map((row, i) => row.map((x) => (v[i] as number) * x));

/** F diag(v) Fᵀ, symmetric to the last bit, for v ≥ 0. */
const congruence = (F: Matrix, v: Vector): Matrix => gram(scaleRows(v.map(Math.sqrt), transpose(F)));

/**
 * The process of three schedules and a factor F of Σ = FFᵀ: covariances are F diag(σ²) Fᵀ, and `map` makes of three
 * signal scales the matrix that goes with it, F diag(α) F⁻¹.
 */
function processOf(
  channels: readonly [Schedule, Schedule, Schedule],
  F: Matrix,
  map: (scales: Vector) => Matrix,
): ColourProcess {
  const covariance = (variances: Vector) => congruence(F, variances);
  return {
    T: channels[0].T,
    signal: (t) => map(channels.map(({ alpha }) => alpha[t] as number)),
    noise: (t) => covariance(channels.map(({ sigma }) => (sigma[t] as number) ** 2)),
    step: (t) => {
      const steps = channels.map((channel) => transition(channel, t - 1, t));
      return { A: map(steps.map(({ alphaTS }) => alphaTS)), Q: covariance(steps.map(({ varTS }) => varTS)) };
    },
    limit: gram(transpose(F)),
  };
}

/** L with LLᵀ = Σ. @throws RangeError when Σ is no covariance of three channels, or one that float32 cannot hold. */
function factorOf(Sigma: Matrix): Matrix {
  if (Sigma.length !== 3) throw new RangeError('Σ must be 3 × 3');
  const L = cholesky(Sigma, 'Σ');
  const outside = Sigma.map((row, i) => row[i] as number).find((v) => v < 1 / RANGE || v > RANGE);
  if (outside !== undefined) {
    throw new RangeError(`Σ's variances must lie between ${1 / RANGE} and ${RANGE}, not ${outside}`);
  }
  const inverse = gram(whiten(L, identity(3)));
  const condition = Math.hypot(...Sigma.flat()) * Math.hypot(...inverse.flat());
  if (condition > RANGE) {
    const about = condition.toExponential(1);
    throw new RangeError(
      `Σ is too badly conditioned: its condition number is about ${about}, above ${RANGE}`,
    );
  }
  return L;
}

/**
 * Noise of covariance Σ, and every channel's signal fading as the schedule says: M_t = α_t I, N_t = σ_t² Σ.
 * @throws RangeError when Σ is not symmetric, not positive definite, or too far from I for float32; it says which.
 */
export const correlated = (schedule: Schedule, Sigma: Matrix): ColourProcess =>
  processOf([schedule, schedule, schedule], factorOf(Sigma), (scales) => scaleRows(scales, identity(3)));

/**
 * The schedule at a time of its own, ᾱ(w(t)), where log ᾱ runs straight from one whole time to the next. w has `pace`
 * times the odds of t, w/(T − w) = pace · t/(T − t): it is ahead of the clock or behind, but rises always, and keeps both
 * ends.
 */
export function warped({ T, beta }: Schedule, pace: number): Schedule {
  const w = (t: number) => T / (1 + (T - t) / (pace * t));
  const rate = (i: number) => -Math.log1p(-(beta[i] as number));
  // A sum of positive terms, for the usual reason: log ᾱ(w(t)) − log ᾱ(w(t−1)) would lose its leading digits.
  const fading = (from: number, to: number): number => {
    let sum = 0;
    for (let i = Math.floor(from); i < to; i++)
      sum += rate(i + 1) * (Math.min(to, i + 1) - Math.max(from, i));
    return sum;
  };
  const betas = Array.from({ length: T }, (_, i) => -Math.expm1(-fading(w(i), w(i + 1))));
  // One step here may take many of the schedule's; what then is left of the signal can be less than float64 tells from 0.
  return fromBetas(betas.map((b) => Math.min(b, 1 - Number.EPSILON)));
}

/** Luma at one pace of time, both chroma directions at another: M_t = U diag(α) Uᵀ, N_t = U diag(σ²) Uᵀ, Σ = I. */
function lumaChroma(schedule: Schedule, { luma, chroma }: { luma: number; chroma: number }): ColourProcess {
  const U = LUMA_CHROMA;
  const [y, c] = [warped(schedule, luma), warped(schedule, chroma)];
  return processOf([y, c, c], U, (scales) => multiply(U, scaleRows(scales, transpose(U))));
}

/** Nearly the same noise in all three channels: (1 − δ)·11ᵀ + δ·I, whose variances are 1. */
const GREY: Matrix = identity(3).map((row) => row.map((one) => 1 - GREY_DELTA + GREY_DELTA * one));

const presets: Record<ColourPreset, (schedule: Schedule) => ColourProcess> = {
  independent: (schedule) => correlated(schedule, identity(3)),
  'chroma-first': (schedule) => lumaChroma(schedule, { chroma: PACE, luma: 1 / PACE }),
  'luma-first': (schedule) => lumaChroma(schedule, { luma: PACE, chroma: 1 / PACE }),
  grey: (schedule) => correlated(schedule, GREY),
};

/** The process of a choice. @throws RangeError for six numbers that are no covariance; see `correlated`. */
export function colourProcess(colour: ColourNoise, schedule: Schedule): ColourProcess {
  if (typeof colour === 'string') return presets[colour](schedule);
  const [rr, rg, rb, gg, gb, bb] = colour;
  return correlated(schedule, [
    [rr, rg, rb],
    [rg, gg, gb],
    [rb, gb, bb],
  ]);
}
