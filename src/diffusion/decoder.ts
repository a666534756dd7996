/**
 * The decoder p(x_0|x_1) of the bound's reconstruction term, per element and in nats, in the three forms of the papers.
 *
 * The data are 8-bit values. At t = 1 the posterior q(x_0|x_1, x_0) has no width, so no decoder is that posterior: VDM's
 * inverts q(x_1|x_0) over the 256 values, DDPM's integrates a Gaussian over each value's bin, and a plain Gaussian
 * density needs its variance named (β_1, say).
 */
import { logNormalInterval } from './normal-cdf.ts';

const VALUES = 256;
const encoded = Float64Array.from({ length: VALUES }, (_, v) => encode(v));

/** VDM's place for the value v = 0 … 255 in (−1, 1): the middle of its bin. Not DDPM's v/127.5 − 1. */
export function encode(v: number): number {
  return (2 * (v + 0.5)) / VALUES - 1;
}

/**
 * VDM's log p(x_0 = v|x_1): p ∝ q(x_1|encode(v)) = N(x_1; α_1 encode(v), σ_1²), normalised over the 256 values. In VDM's
 * terms its logits are −½((z_0/α_0 − f_v) e^{−γ_0/2})² (VDM section 3; its z_0 is our x_1).
 * @throws RangeError unless v = 0 … 255 and σ_1 > 0.
 */
export function logCategorical(v: number, x1: number, alpha1: number, sigma1: number): number {
  if (!(Number.isInteger(v) && 0 <= v && v < VALUES)) throw new RangeError(`need a value 0 … 255, not ${v}`);
  if (!(sigma1 > 0)) throw new RangeError(`σ_1 must be positive, not ${sigma1}`);
  const logits = encoded.map((f) => -(((x1 - alpha1 * f) / sigma1) ** 2) / 2);
  const best = logits.indexOf(Math.max(...logits));
  const top = logits[best] as number;
  // The best value's own 1 goes into log1p, which keeps a log probability near 0 exact.
  const rest = logits.reduce((sum, logit, u) => (u === best ? sum : sum + Math.exp(logit - top)), 0);
  return (logits[v] as number) - top - Math.log1p(rest);
}

/** log(Φ(b) − Φ(a)), either end of which may be infinite. */
export type LogInterval = (a: number, b: number) => number;

/**
 * OpenAI's log(Φ(b) − Φ(a)): Φ(x) ≈ ½(1 + tanh(√(2/π)(x + 0.044715 x³))), and no probability below 1e-12. Only for
 * reproducing their figures (improved-diffusion, losses.py).
 */
export const logTanhInterval: LogInterval = (a, b) => {
  const cdf = (x: number) => (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))) / 2;
  return Math.log(Math.max(cdf(b) - cdf(a), 1e-12));
};

/** Half the distance of two 8-bit values scaled to [−1, 1]. */
const HALF_BIN = 1 / 255;
/** Between the last two bins: beyond, they are open. */
const EDGE = 0.999;

/**
 * DDPM's log p(x_0|x_1) = log ∫ N(x; mean, σ²) dx over the bin x_0 ± 1/255, the two outermost open (Ho et al. 2020
 * eq. 13). x_0 is a value v as v/127.5 − 1.
 * @throws RangeError unless σ > 0.
 */
export function logDiscretisedGaussian(
  x0: number,
  mean: number,
  sigma: number,
  logInterval: LogInterval = logNormalInterval,
): number {
  if (!(sigma > 0)) throw new RangeError(`σ must be positive, not ${sigma}`);
  const from = x0 < -EDGE ? -Infinity : (x0 - HALF_BIN - mean) / sigma;
  const to = x0 > EDGE ? Infinity : (x0 + HALF_BIN - mean) / sigma;
  return logInterval(from, to);
}

/**
 * log N(x_0; mean, variance), a density and so above 0 where the variance is small. At t = 1 the posterior's own variance
 * is 0 because ᾱ_0 = 1: name another, such as β_1.
 * @throws RangeError unless variance > 0.
 */
export function logGaussian(x0: number, mean: number, variance: number): number {
  if (!(variance > 0)) throw new RangeError(`a Gaussian decoder needs a variance above 0, not ${variance}`);
  return -((x0 - mean) ** 2 / variance + Math.log(2 * Math.PI * variance)) / 2;
}
