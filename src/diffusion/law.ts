/**
 * What a sampler makes of Gaussian data, without sampling. For data x_0 ~ N(mean, variance) the best denoiser is affine,
 *
 *     E[x_0 | x] = mean + α v/(α² v + σ²) (x − α mean),    x = α x_0 + σ ε
 *
 * (Bayes' rule for Gaussians; see `gaussian.ts`), and so is every step: whatever is Gaussian stays Gaussian. Followed here
 * is the law of (x, m_1, …, m_4), exactly but for rounding; what is left at the end is the sampler's own error.
 */
import { type Form, type Level, MEMORY, type Step } from './step.ts';

/** x_0 ~ N(mean, variance), every value on its own. */
export interface GaussianData {
  readonly mean: number;
  /** Not negative; 0 is a single point. */
  readonly variance: number;
}

/** The joint law of x and the kept values: a mean of 5 entries and their 5 × 5 covariance. */
export interface Law {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

const REGISTERS = 1 + MEMORY;
const indices = Array.from({ length: REGISTERS }, (_, i) => i);

/** x is N(mean, variance), and nothing is kept. */
export const lawOf = ({ mean, variance }: GaussianData): Law => ({
  mean: indices.map((i) => (i === 0 ? mean : 0)),
  covariance: indices.map((i) => indices.map((j) => (i === 0 && j === 0 ? variance : 0))),
});

/** q(x) at a level, where data that has been noised is. */
export const marginal = ({ mean, variance }: GaussianData, { alpha, sigma }: Level): GaussianData => ({
  mean: alpha * mean,
  variance: alpha ** 2 * variance + sigma ** 2,
});

/** E[x_0 | x] = gain·x + offset. */
function denoiser(data: GaussianData, level: Level): { readonly gain: number; readonly offset: number } {
  const gain = data.variance === 0 ? 0 : (level.alpha * data.variance) / marginal(data, level).variance;
  return { gain, offset: data.mean * (1 - gain * level.alpha) };
}

/** A form's weights of the five registers once x̂_0 is put in, and what it adds to them. */
function affine(form: Form, { gain, offset }: { readonly gain: number; readonly offset: number }) {
  const [x, x0Hat, unclipped, ...kept] = form as [number, number, number, ...number[]];
  const b = x0Hat + unclipped;
  return { weights: [b === 0 ? x : x + b * gain, ...kept], added: b === 0 ? 0 : b * offset };
}

/** Terms of weight 0 do not count, whatever they are multiplied with. */
const dot = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((total, weight, i) => (weight === 0 ? total : total + weight * (values[i] as number)), 0);

/** The law after one step. */
export function lawAfterStep({ at, next, s = 0, keep = [] }: Step, data: GaussianData, law: Law): Law {
  const answer = denoiser(data, at);
  const rows = [next, ...keep].map((form) => affine(form, answer));
  // A register that keeps nothing is 0.
  const map = indices.map((i) => rows[i] ?? { weights: indices.map(() => 0), added: 0 });
  const products = map.map(({ weights }) => law.covariance.map((column) => dot(weights, column)));
  return {
    mean: map.map(({ weights, added }) => dot(weights, law.mean) + added),
    covariance: map.map((_, i) =>
      map.map(({ weights }, j) => dot(weights, products[i] as number[]) + (i === 0 && j === 0 ? s ** 2 : 0)),
    ),
  };
}

/**
 * The law of x, and of what is kept, after all steps. A learned variance is taken as its lower end, v = 0.
 * @param start the law of x at the first step's level: where absent, that of noised data, so that no error is brought in.
 * @throws RangeError where there are no steps.
 */
export function lawAfter(steps: readonly Step[], data: GaussianData, start?: GaussianData): Law {
  const [first] = steps;
  if (!first) throw new RangeError('a law can be followed through one step at least');
  return steps.reduce<Law>(
    (law, step) => lawAfterStep(step, data, law),
    lawOf(start ?? marginal(data, first.at)),
  );
}

/**
 * The 2-Wasserstein distance of two Gaussians, √(|μ − μ̂|² + (s − ŝ)²), s being standard deviations (Dowson & Landau 1982).
 * A deterministic sampler's x and the exact solution of its ODE are both rising functions of the x they begin with, so
 * for it this is also the root of the mean squared distance between the two, as long as its steps turn nothing over.
 */
export const distance = (a: GaussianData, b: GaussianData): number =>
  Math.hypot(a.mean - b.mean, Math.sqrt(a.variance) - Math.sqrt(b.variance));

/** How far the law of a sampler's x is from what it should be at its last level, data itself where that is clean. */
export function lawError(steps: readonly Step[], data: GaussianData, start?: GaussianData): number {
  const { mean, covariance } = lawAfter(steps, data, start);
  const made = { mean: mean[0] as number, variance: Math.max(covariance[0]?.[0] as number, 0) };
  return distance(made, marginal(data, (steps.at(-1) as Step).to));
}
