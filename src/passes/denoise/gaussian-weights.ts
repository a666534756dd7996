/** The kernel ends at this many standard deviations. */
const REACH = 4;
/** In pixels. A kernel as wide as the largest pictures here is a mean, and takes long. */
const MAX_SIGMA = 256;

/**
 * The weights of the distances 0, 1, 2, … pixels, both sides of which sum to 1; sigma = 0 blurs nothing.
 * @throws RangeError unless 0 ≤ sigma ≤ 256.
 */
export function gaussianWeights(sigma: number): Float64Array<ArrayBuffer> {
  if (!(sigma >= 0 && sigma <= MAX_SIGMA)) {
    throw new RangeError(`a blur's radius must be from 0 to ${MAX_SIGMA} pixels, not ${sigma}`);
  }
  const last = Math.round(REACH * sigma);
  const heights = Float64Array.from({ length: last + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma || 0) ** 2));
  const total = heights.reduce((sum, height, k) => sum + (k === 0 ? height : 2 * height), 0);
  return heights.map((height) => height / total);
}
