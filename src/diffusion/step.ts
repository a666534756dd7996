/**
 * What every sampler is made of: steps that are linear in what is known when they are taken. A step asks a denoiser at
 * one noise level, goes to the next, and may keep something for later steps:
 *
 *     x' = a·x + b·x̂_0 + Σ_k c_k·m_k + s·z,    z ~ N(0, I)
 *
 * m_1 … m_4 being what earlier steps kept, newest first. A method of two stages is two steps.
 */

/** The scales of signal and noise, x = α x_0 + σ ε. VP has α² + σ² = 1, VE has α = 1, flow matching has α = 1 − σ. */
export interface Scales {
  readonly alpha: number;
  readonly sigma: number;
}

/** A noise level that a sampler visits. */
export interface Level extends Scales {
  /**
   * Where it is on the axis that its ladder counts along, a schedule's t say, 0 for clean data: what samplers find levels by
   * and go between, whole or fractional. No denoiser is told it.
   */
  readonly t: number;
}

/** How many kept values a step may use. */
export const MEMORY = 4;

/** A linear combination: the weights of x, x̂_0, x̂_0 as it was before clipping, and m_1 … m_4. */
export type Form = readonly number[];

const TERMS = 3 + MEMORY;
const unit = (k: number): Form => Array.from({ length: TERMS }, (_, i) => (i === k ? 1 : 0));

export const x: Form = unit(0);
export const x0Hat: Form = unit(1);
/** The same as `x0Hat` unless a run clips it. */
export const x0HatUnclipped: Form = unit(2);
/** m_1 … m_4. */
export const m: readonly [Form, Form, Form, Form] = [unit(3), unit(4), unit(5), unit(6)];

/** Σ weight·form; a form of weight 0 does not count, whatever is in it. */
export const sum = (...terms: readonly (readonly [weight: number, form: Form])[]): Form =>
  terms.reduce<Form>(
    (total, [weight, form]) => (weight === 0 ? total : total.map((c, i) => c + weight * (form[i] as number))),
    unit(-1),
  );

export interface Step {
  /** The level of x, where the denoiser is asked; it is not where neither `next` nor `keep` uses its answer. */
  readonly at: Level;
  /** The level of x'. */
  readonly to: Level;
  /** x' without its noise. */
  readonly next: Form;
  /** Standard deviation of the new noise; 0 where absent, which draws none. */
  readonly s?: number;
  /** With a learned variance, s is multiplied by exp(spread·v) at every value, v in [0, 1] being the model's. */
  readonly spread?: number;
  /** What the steps after this one find as m_1, m_2, …; at most 4. Nothing where absent. */
  readonly keep?: readonly Form[];
}

/**
 * From the levels that are to be visited, noise first, to the steps that visit them.
 * @throws RangeError for levels that `pairs` refuses.
 */
export type Sampler = (levels: readonly Level[]) => Step[];

/** A part of σ/α that may be rounding. */
const ROUNDING = 1e-12;

const isLevel = ({ alpha, sigma }: Level): boolean =>
  alpha >= 0 && sigma >= 0 && alpha + sigma > 0 && alpha + sigma < Infinity;

/** σ_s/α_s > σ_t/α_t, where α may be 0. */
const rises = (t: Level, s: Level): boolean => s.sigma * t.alpha > t.sigma * s.alpha * (1 + ROUNDING);

/**
 * Every level with the one after it. An ODE may be followed either way, and so also from less noise to more, as DDIM's
 * inversion does; with `falling` no level may have more than the one before, as where noise is drawn. Clean data say nothing
 * of the noise and so lead nowhere, but for steps that know its direction otherwise, which say so with `fromData`.
 * @throws RangeError for fewer than two levels, for one whose α or σ is negative or not finite, or both 0, where the first
 * is clean data and must not be, and where they rise and must not.
 */
export function pairs(
  levels: readonly Level[],
  { falling = false, fromData = false } = {},
): (readonly [t: Level, s: Level])[] {
  if (levels.length < 2) throw new RangeError(`a sampler needs two levels at least, not ${levels.length}`);
  const odd = levels.find((level) => !isLevel(level));
  if (odd) throw new RangeError(`there is no noise level of α = ${odd.alpha} and σ = ${odd.sigma}`);
  if (!fromData && levels[0]?.sigma === 0) {
    throw new RangeError('a sampler must begin where there is noise');
  }
  return levels.slice(1).map((s, i) => {
    const t = levels[i] as Level;
    if (falling && rises(t, s)) {
      throw new RangeError(
        `noise must not rise from one level to the next, as it does after σ/α = ${ratio(t)}`,
      );
    }
    return [t, s];
  });
}

/** σ/α, the noise level of x/α; the σ of Karras et al. 2022. */
export const ratio = ({ alpha, sigma }: Scales): number => sigma / alpha;
/** λ = log(α/σ), half the log-SNR (Lu et al. 2022). */
export const lambda = ({ alpha, sigma }: Scales): number => Math.log(alpha / sigma);

/** ε̂ = (x − α x̂_0)/σ, the noise that x̂_0 leaves. */
export const epsHat = ({ alpha, sigma }: Level): Form => sum([1 / sigma, x], [-alpha / sigma, x0Hat]);

/** Whether a step asks the denoiser. */
export const asks = ({ next, keep = [] }: Step): boolean =>
  [next, ...keep].some((form) => form[1] !== 0 || form[2] !== 0);
