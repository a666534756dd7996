/** The noise levels that the denoisers of whole sets of images were found to generate well with. */
import { exponentialSigmas, type SigmaRange } from './sigmas.ts';
import type { Level } from './step.ts';

/**
 * n + 1 levels to generate with in n steps: n of σ̃ = σ/α from `sigmaMax` to `sigmaMin`, evenly spaced in log σ̃, and clean
 * data; t = n … 0. They are variance-preserving: α² + σ² = 1.
 * @throws RangeError unless n is a whole number of at least 1 and 0 < σ_min ≤ σ_max < ∞.
 */
export function recipeLevels(n: number, range: Partial<SigmaRange> = {}): Level[] {
  const noisy = exponentialSigmas(n, { sigmaMax: 15, sigmaMin: 0.04, ...range });
  const levels = noisy.map((ratio, i) => {
    const alpha = 1 / Math.hypot(1, ratio);
    return { alpha, sigma: ratio * alpha, t: n - i };
  });
  return [...levels, { alpha: 1, sigma: 0, t: 0 }];
}
