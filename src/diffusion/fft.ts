/**
 * The discrete Fourier transform of planes, in float64: X(f) = Σ_p x(p) exp(−2πi f·p/N) along both axes. The twin of
 * shaders/denoise/fft.wgsl.
 */

/** Complex planes, row by row, one after the other. */
export interface Complex {
  readonly re: Float64Array<ArrayBuffer>;
  readonly im: Float64Array<ArrayBuffer>;
}

/** A plane's height and width. */
export interface Plane {
  readonly h: number;
  readonly w: number;
}

export const isPowerOfTwo = (side: number): boolean =>
  Number.isInteger(side) && side > 0 && Number.isInteger(Math.log2(side));

/** @throws RangeError unless both sides are powers of two. */
export function checkPowersOfTwo({ h, w }: Plane): void {
  if (!isPowerOfTwo(h) || !isPowerOfTwo(w)) {
    throw new RangeError(`a Fourier transform needs sides that are powers of two here, not ${w} × ${h}`);
  }
}

/** exp(sign · 2πi k/n) for k = 0 … n − 1. */
export const rootsOfUnity = (n: number, sign: 1 | -1): Complex => {
  const angles = Float64Array.from({ length: n }, (_, k) => (sign * 2 * Math.PI * k) / n);
  return { re: angles.map(Math.cos), im: angles.map(Math.sin) };
};

/** Cooley & Tukey 1965 with radix 2, decimation in time: in place, after the order has been bit-reversed. */
function transformLine({ re, im }: Complex, roots: Complex): void {
  const n = re.length;
  for (let half = 1; half < n; half *= 2) {
    for (let begin = 0; begin < n; begin += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [i, j, r] = [begin + k, begin + k + half, k * (n / (2 * half))];
        const [wRe, wIm] = [roots.re[r] as number, roots.im[r] as number];
        const [xRe, xIm] = [re[j] as number, im[j] as number];
        const [tRe, tIm] = [wRe * xRe - wIm * xIm, wRe * xIm + wIm * xRe];
        re[j] = (re[i] as number) - tRe;
        im[j] = (im[i] as number) - tIm;
        re[i] = (re[i] as number) + tRe;
        im[i] = (im[i] as number) + tIm;
      }
    }
  }
}

/** Where each index goes when its bits are read backwards. */
function bitReversed(n: number): Uint32Array {
  const to = new Uint32Array(n);
  for (let i = 1, half = n / 2; i < n; i++) to[i] = ((to[i >> 1] as number) >> 1) + (i & 1 ? half : 0);
  return to;
}

interface Axis {
  readonly length: number;
  /** From one value to the next. */
  readonly stride: number;
}

function transformAxis({ re, im }: Complex, { length, stride }: Axis, sign: 1 | -1): void {
  const roots = rootsOfUnity(length, sign);
  const to = bitReversed(length);
  const line = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let begin = 0; begin < re.length; begin += length * stride) {
    for (let first = begin; first < begin + stride; first++) {
      for (let i = 0; i < length; i++) {
        line.re[to[i] as number] = re[first + i * stride] as number;
        line.im[to[i] as number] = im[first + i * stride] as number;
      }
      transformLine(line, roots);
      for (let i = 0; i < length; i++) {
        re[first + i * stride] = line.re[i] as number;
        im[first + i * stride] = line.im[i] as number;
      }
    }
  }
}

function transform({ re, im }: Complex, { h, w }: Plane, sign: 1 | -1): Complex {
  checkPowersOfTwo({ h, w });
  if (re.length !== im.length || re.length % (h * w) !== 0) {
    throw new RangeError(`${re.length} and ${im.length} values are no complex planes of ${w} × ${h}`);
  }
  const planes = { re: re.slice(), im: im.slice() };
  transformAxis(planes, { length: w, stride: 1 }, sign);
  transformAxis(planes, { length: h, stride: w }, sign);
  return planes;
}

/** X of every plane. @throws RangeError unless sides are powers of two, and the values whole planes. */
export const fft = (planes: Complex, plane: Plane): Complex => transform(planes, plane, -1);

/** The planes that have these transforms. @throws RangeError as `fft`. */
export function inverseFft(transforms: Complex, plane: Plane): Complex {
  const { re, im } = transform(transforms, plane, 1);
  const scale = 1 / (plane.h * plane.w);
  return { re: re.map((v) => scale * v), im: im.map((v) => scale * v) };
}

/** A state's values as complex planes. */
export const complexOf = (values: ArrayLike<number>): Complex => ({
  re: Float64Array.from(values),
  im: new Float64Array(values.length),
});
