/** Levels that a sampler asks at without being told to visit them: those between two of a ladder, or just above one. */
import { type Level, lambda } from '../step.ts';

/** The level whose σ/α is `ratio`. */
export type LevelOf = (ratio: number) => Level;

export interface StageOptions {
  /** Where absent, on the path of the level before, the model's time linear in λ. */
  readonly levelOf?: LevelOf;
}

/** Rounding of α + σ = 1. */
const NEAR = 1e-9;

/** α at σ/α = `ratio`, where a level of the same path says which path it is: VE, flow, or α² + σ² constant as in VP. */
function alphaOf({ alpha, sigma }: Level, ratio: number): number {
  if (alpha === 1) return 1;
  if (Math.abs(alpha + sigma - 1) < NEAR) return 1 / (1 + ratio);
  return Math.hypot(alpha, sigma) / Math.hypot(1, ratio);
}

/** Levels about t and s, of which s may be clean: the time is then that of t. */
export const about = (t: Level, s: Level): LevelOf => {
  const slope = (s.t - t.t) / (lambda(s) - lambda(t));
  return (ratio) => {
    const alpha = alphaOf(t, ratio);
    return { alpha, sigma: alpha * ratio, t: t.t - slope * (Math.log(ratio) + lambda(t)) };
  };
};

/**
 * The level at any t up to the first level's, on the path of those given: σ/α's angle linear in t between two of them, or
 * between the last and clean data at t = 0.
 */
export const between =
  (levels: readonly Level[]) =>
  (t: number): Level => {
    const i = levels.findIndex((level) => level.t <= t);
    const after = levels[i] ?? { alpha: 1, sigma: 0, t: 0 };
    const before = levels.at(i < 0 ? i : Math.max(i - 1, 0)) as Level;
    if (after.t >= t || before.t === after.t) return after;
    const [from, to] = [before, after].map(({ alpha, sigma }) => Math.atan2(sigma, alpha)) as [
      number,
      number,
    ];
    const angle = to + ((t - after.t) / (before.t - after.t)) * (from - to);
    // Pure noise and clean data are on every path.
    const alpha = alphaOf(before.alpha > 0 ? before : after, Math.tan(angle));
    return { alpha, sigma: alpha * Math.tan(angle), t };
  };
