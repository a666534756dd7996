/** Adams' and Bashforth's weights, and the transfer that pseudo numerical methods take them through. */
import { epsHat, type Form, type Level, sum, x, x0Hat } from '../step.ts';

/** Of orders 1 to 4, for equal steps, newest first. */
const WEIGHTS: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];

/** The slope from up to four of them, newest first. */
export const adamsBashforth = (slopes: readonly Form[]): Form =>
  sum(...slopes.map((slope, k) => [WEIGHTS[slopes.length - 1]?.[k] as number, slope] as const));

/** φ(x, ε, t, s): x taken from t to s along ε (Liu et al. 2022, eq. 11; DDIM's step). */
export const transfer = (x: Form, epsilon: Form, t: Level, s: Level): Form =>
  sum([s.alpha / t.alpha, x], [s.sigma - (s.alpha * t.sigma) / t.alpha, epsilon]);

/** What a multistep method takes slopes of, how x goes from t to s along one, and back from s to t. */
export interface Motion {
  readonly slope: (at: Level) => Form;
  readonly go: (x: Form, slope: Form, t: Level, s: Level) => Form;
  readonly back: (x: Form, slope: Form, t: Level, s: Level) => Form;
}

export const alongNoise: Motion = {
  slope: epsHat,
  go: transfer,
  back: (x, epsilon, t, s) => transfer(x, epsilon, s, t),
};

/** With ε̂ = α_t v + σ_t x, v being that of Salimans & Ho (2022): a rotation of x and v by the angle between the levels. */
const rotation = (t: Level, s: Level) => ({
  cos: s.alpha * t.alpha + s.sigma * t.sigma,
  sin: s.sigma * t.alpha - s.alpha * t.sigma,
});

/** On VP levels alone. */
export const alongVelocity: Motion = {
  slope: ({ alpha, sigma }) => sum([alpha / sigma, x], [-1 / sigma, x0Hat]),
  go(x, v, t, s) {
    const { cos, sin } = rotation(t, s);
    return sum([cos, x], [sin, v]);
  },
  back(x, v, t, s) {
    const { cos, sin } = rotation(t, s);
    return sum([1 / cos, x], [-sin / cos, v]);
  },
};
