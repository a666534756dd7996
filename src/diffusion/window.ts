/** How far a local denoiser looks at each noise level. */
import { ratio, type Scales } from './step.ts';

export interface WindowRange {
  /** Pixels a side where there is most noise, and least; odd. */
  readonly kMax: number;
  readonly kMin: number;
}

/** σ/α where the window begins to shrink, and where the recipe's last level is. */
const WIDEST = 15;
const NARROWEST = 0.04;
/** The part of the way, in log σ/α, over which it shrinks. */
const SHRINKING = 0.85;

const nearestOdd = (size: number): number => 2 * Math.round((size - 1) / 2) + 1;

/**
 * The side k of the window, odd: it shrinks geometrically from k_max at σ/α = 15 to k_min at 85 % of the way, in log σ/α, to
 * 0.04, and stays. It depends on nothing but the level, so that any sampler may ask anywhere.
 */
export function windowAt(level: Scales, { kMax, kMin }: WindowRange): number {
  const u = Math.log(WIDEST / ratio(level)) / Math.log(WIDEST / NARROWEST);
  const share = Math.min(Math.max(u, 0) / SHRINKING, 1);
  return nearestOdd(kMax * (kMin / kMax) ** share);
}

/** @throws RangeError unless both are odd, 1 ≤ k_min ≤ k_max, and k_max is at most what sees a whole image of this size. */
export function checkWindow({ kMax, kMin }: WindowRange, { h, w }: { h: number; w: number }): void {
  const whole = 2 * Math.max(h, w) - 1;
  const odd = [kMax, kMin].every((k) => Number.isInteger(k) && k % 2 === 1);
  if (!odd || kMin < 1 || kMin > kMax || kMax > whole) {
    throw new RangeError(
      `windows must be odd, from 1 to the ${whole} that see all of ${w} × ${h}, not ${kMin} to ${kMax}`,
    );
  }
}
