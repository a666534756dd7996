/** x̂_0 kept within the range of pictures before a sampler uses it: values that no picture has lead it astray. */

type Values = ArrayLike<number>;

/** x̂_0 of a whole batch, image after image, to what a sampler is to use in its place; a new array. */
export type Limit = (x0Hat: Values) => Float64Array;

const clamp = (value: number, range: number): number => Math.min(Math.max(value, -range), range);

/** Every value held within [−range, range] (Ho et al. 2020's code). */
export const clip =
  (range = 1): Limit =>
  (x0Hat) =>
    Float64Array.from(x0Hat, (value) => clamp(value, range));

/**
 * The q-quantile, linear between the two nearest order statistics (numpy's and PyTorch's default).
 * @param q in [0, 1]
 * @throws RangeError where there are no values, or q lies outside.
 */
export function quantile(values: Values, q: number): number {
  if (values.length === 0) throw new RangeError('no values have no quantile');
  if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile's share must lie in [0, 1], not ${q}`);
  const sorted = Float64Array.from(values).sort();
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const [low, high] = [sorted[below] as number, sorted[Math.ceil(position)] as number];
  return low + (position - below) * (high - low);
}

export interface ThresholdOptions {
  /** Which share of the absolute values the range is to hold, in [0, 1]. */
  readonly ratio?: number;
  /** The largest s. */
  readonly max?: number;
  /** How many images of the same size there are; each has its own s. */
  readonly images?: number;
}

/**
 * Dynamic thresholding (Saharia et al. 2022, section 2.3): s is a high quantile of an image's |x̂_0|, at least 1; values
 * are held within [−s, s], then divided by s.
 */
export const dynamicThreshold =
  ({ ratio = 0.995, max = 1, images = 1 }: ThresholdOptions = {}): Limit =>
  (x0Hat) => {
    const limited = Float64Array.from(x0Hat);
    const size = limited.length / images;
    for (let image = 0; image < images; image++) {
      const own = limited.subarray(image * size, (image + 1) * size);
      const s = Math.min(Math.max(quantile(own.map(Math.abs), ratio), 1), max);
      own.forEach((value, i) => {
        own[i] = clamp(value, s) / s;
      });
    }
    return limited;
  };

/** A limit by name: what a run is asked for, on the GPU as on the host. */
export type LimitOptions =
  | { readonly name: 'clip'; readonly range?: number }
  | { readonly name: 'dynamic-threshold'; readonly ratio?: number; readonly max?: number };

/** With its defaults. @throws RangeError for a share outside [0, 1], and for a range or a largest s that is not positive. */
export function wholeLimit(options: LimitOptions): Required<LimitOptions> {
  const positive = (value: number, what: string) => {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${what} must be positive, not ${value}`);
    }
  };
  if (options.name === 'clip') {
    const { range = 1 } = options;
    positive(range, "a clip's range");
    return { name: 'clip', range };
  }
  const { ratio = 0.995, max = 1 } = options;
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new RangeError(`a quantile's share must lie in [0, 1], not ${ratio}`);
  }
  positive(max, "a threshold's largest s");
  return { name: 'dynamic-threshold', ratio, max };
}

/** For a batch of so many images of the same size. @throws RangeError as `wholeLimit` does. */
export function limitBy(options: LimitOptions, images: number): Limit {
  const limit = wholeLimit(options);
  return limit.name === 'clip' ? clip(limit.range) : dynamicThreshold({ ...limit, images });
}
