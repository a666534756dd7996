/**
 * Gaussian data in the manner of one image (Galerne, Gousseau & Morel 2011, "Random phase textures", its asymptotic
 * discrete spot noise). With u = image − m, its fluctuations round the means m of its channels, a draw is
 *
 *     x_0 = m + (u ∗ w)/√(HW),    w ~ N(0, I) on the torus of H × W pixels, the same for all channels
 *
 * Frequencies are then independent of each other, and in each the channels' covariance has rank one: it is s s*, with
 * s = û/√(HW). Along s the variance is v = ‖s‖², elsewhere 0; frequency 0 has none. What noise leaves of it,
 * y = F(x_t − α m) with covariance HW (α² s s* + σ² I), says by Sherman & Morrison that
 *
 *     E[x_0 | x_t] = m + F⁻¹( α s (s* y)/(α² v + σ²) ),
 *
 * in every frequency the one-dimensional law of `law.ts`.
 */
import { type Complex, checkPowersOfTwo, complexOf, fft, inverseFft } from './fft.ts';
import { type Images, valuesOf } from './images.ts';
import { normals, uniformFromBits } from './normal.ts';
import { bits, type Words } from './random.ts';
import type { Level } from './step.ts';

/** The law of Gaussian data on a torus. */
export interface Spectrum {
  readonly shape: { readonly c: number; readonly h: number; readonly w: number };
  /** m, of every channel. */
  readonly mean: readonly number[];
  /** s, channel by channel; exactly 0 where it is nothing but rounding. */
  readonly s: Complex;
}

/** A part of the largest |s| that is the transform's rounding: as data without noise it would count as much as any. */
const ROUNDING = 1e-13;

/**
 * Of one image, taken as it is: where opposite edges do not meet, their jump is part of it, and shows as a cross in the
 * spectrum and as streaks in what is made of it. `periodicPart` of the image has none.
 * @throws RangeError unless it is one image, with sides that are powers of two.
 */
export function spectrumOf(image: Images): Spectrum {
  const { n, c, h, w } = image.shape;
  const size = h * w;
  if (n !== 1 || image.values.length !== c * size) {
    throw new RangeError(`a spectrum is that of one image, not of ${image.values.length} values for ${n}`);
  }
  checkPowersOfTwo({ h, w });
  const values = Float64Array.from(valuesOf(image, 0, 1));
  const mean = Array.from({ length: c }, (_, channel) => {
    const plane = values.subarray(channel * size, (channel + 1) * size);
    return plane.reduce((sum, value) => sum + value, 0) / size;
  });
  const u = values.map((value, i) => value - (mean[Math.floor(i / size)] as number));
  const { re, im } = fft(complexOf(u), { h, w });
  const modulus = re.map((value, i) => Math.hypot(value, im[i] as number));
  const least = ROUNDING * modulus.reduce((most, value) => Math.max(most, value), 0);
  const kept = (part: Float64Array<ArrayBuffer>) =>
    part.map((value, i) => (i % size === 0 || (modulus[i] as number) <= least ? 0 : value / Math.sqrt(size)));
  return { shape: { c, h, w }, mean, s: { re: kept(re), im: kept(im) } };
}

/** v = ‖s‖² of every frequency: F x_0/√(HW) has this variance along s. Their sum over HW is that of the channels' variances. */
export function modeVariances({ shape: { c, h, w }, s: { re, im } }: Spectrum): Float64Array<ArrayBuffer> {
  const size = h * w;
  return Float64Array.from({ length: size }, (_, f) => {
    let v = 0;
    for (let i = f; i < c * size; i += size) v += (re[i] as number) ** 2 + (im[i] as number) ** 2;
    return v;
  });
}

/** s (s* Y) times a real gain in every frequency, for every image of Y. */
function alongModes({ shape: { c, h, w }, s }: Spectrum, Y: Complex, gain: (f: number) => number): Complex {
  const size = h * w;
  const out = { re: new Float64Array(Y.re.length), im: new Float64Array(Y.re.length) };
  for (let image = 0; image < Y.re.length; image += c * size) {
    for (let f = 0; f < size; f++) {
      let [re, im] = [0, 0];
      for (let i = f; i < c * size; i += size) {
        const [sRe, sIm] = [s.re[i] as number, s.im[i] as number];
        const [yRe, yIm] = [Y.re[image + i] as number, Y.im[image + i] as number];
        re += sRe * yRe + sIm * yIm;
        im += sRe * yIm - sIm * yRe;
      }
      const g = gain(f);
      for (let i = f; i < c * size; i += size) {
        const [sRe, sIm] = [s.re[i] as number, s.im[i] as number];
        out.re[image + i] = g * (sRe * re - sIm * im);
        out.im[image + i] = g * (sRe * im + sIm * re);
      }
    }
  }
  return out;
}

const plusMean = ({ shape: { c, h, w }, mean }: Spectrum, values: Float64Array<ArrayBuffer>) =>
  values.map((value, i) => value + (mean[Math.floor(i / (h * w)) % c] as number));

/** E[x_0 | x_t] of every image of x, NCHW: the twin of shaders/denoise/wiener.wgsl. Exact at σ = 0 and at α = 0, too. */
export function wienerMean(
  spectrum: Spectrum,
  x: ArrayLike<number>,
  { alpha, sigma }: Level,
): Float64Array<ArrayBuffer> {
  const { shape } = spectrum;
  const v = modeVariances(spectrum);
  // m has no part in frequencies other than 0, and there s is 0.
  const Y = fft(complexOf(x), shape);
  const gain = (f: number) => {
    const evidence = alpha ** 2 * (v[f] as number) + sigma ** 2;
    return evidence === 0 ? 0 : alpha / evidence;
  };
  return plusMean(spectrum, inverseFft(alongModes(spectrum, Y, gain), shape).re);
}

/** m + F⁻¹(s·k) for one number k(f) of every frequency, k(−f) being its conjugate. */
function withPhases(spectrum: Spectrum, k: Complex): Float64Array<ArrayBuffer> {
  const { shape, s } = spectrum;
  const size = shape.h * shape.w;
  const at = (part: Float64Array, i: number) => part[i % size] as number;
  const re = s.re.map((sRe, i) => sRe * at(k.re, i) - (s.im[i] as number) * at(k.im, i));
  const im = s.re.map((sRe, i) => sRe * at(k.im, i) + (s.im[i] as number) * at(k.re, i));
  return plusMean(spectrum, inverseFft({ re, im }, shape).re);
}

/** An exact draw of x_0, CHW: the image's fluctuations convolved with white noise. */
export function spotNoise(spectrum: Spectrum, key: Words): Float64Array<ArrayBuffer> {
  const { h, w } = spectrum.shape;
  return withPhases(spectrum, fft(complexOf(normals(key, h * w)), { h, w }));
}

/**
 * The image with random phases, CHW, its moduli as they are: not Gaussian data, though on large images it looks no
 * different (Galerne, Gousseau & Morel 2011, "random phase noise").
 */
export function randomPhase(spectrum: Spectrum, key: Words): Float64Array<ArrayBuffer> {
  const { h, w } = spectrum.shape;
  const k = { re: new Float64Array(h * w), im: new Float64Array(h * w) };
  for (let f = 0; f < h * w; f++) {
    const opposite = ((h - Math.floor(f / w)) % h) * w + ((w - (f % w)) % w);
    if (opposite < f) continue;
    const u = uniformFromBits(bits(key, f));
    // A frequency that is its own opposite is real.
    const angle = opposite === f ? (u < 0 ? Math.PI : 0) : Math.PI * u;
    const [cos, sin] = [Math.cos(angle), opposite === f ? 0 : Math.sin(angle)];
    const modulus = Math.sqrt(h * w);
    k.re[f] = k.re[opposite] = modulus * cos;
    k.im[opposite] = -modulus * sin;
    k.im[f] = modulus * sin;
  }
  return withPhases(spectrum, k);
}
