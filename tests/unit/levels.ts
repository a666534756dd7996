/** Noise levels for tests, given by λ = log(α/σ), on the paths that samplers are made for. */
import type { Level } from '../../src/diffusion/step.ts';

/** x = α x_0 + σ ε at λ; the scales are written so that neither end loses digits. */
export const paths = {
  vp: (lambda: number) => ({
    alpha: 1 / Math.hypot(1, Math.exp(-lambda)),
    sigma: 1 / Math.hypot(1, Math.exp(lambda)),
  }),
  ve: (lambda: number) => ({ alpha: 1, sigma: Math.exp(-lambda) }),
  flow: (lambda: number) => ({ alpha: 1 / (1 + Math.exp(-lambda)), sigma: 1 / (1 + Math.exp(lambda)) }),
} as const;
export type PathName = keyof typeof paths;

/** The latest time; large, so that the scalings of consistency models, which depend on it, leave x̂_0 as it is. */
const LATEST = 1e10;

/** At these λ, rising, the time falling evenly to half of what it was. */
export const levelsAt = (path: PathName, lambdas: readonly number[]): Level[] =>
  lambdas.map((lambda, i) => ({ ...paths[path](lambda), t: LATEST * (1 - i / (2 * lambdas.length)) }));

/** n steps, even in λ. */
export const even = (
  path: PathName,
  n: number,
  [first, last]: readonly [number, number] = [-2, 2],
): Level[] =>
  levelsAt(
    path,
    Array.from({ length: n + 1 }, (_, i) => first + ((last - first) * i) / n),
  );

export const clean: Level = { alpha: 1, sigma: 0, t: 0 };
/** Pure noise, which VE has not. */
export const pure: Level = { alpha: 0, sigma: 1, t: 2 * LATEST };
