/**
 * Standard normals as JAX draws them: 32 bits → u in (−1, 1) → √2·erfinv(u), every operation rounded to float32 as JAX
 * rounds it. The host's twin of shaders/random/normal.wgsl: a single draw can be named without asking the GPU.
 */
import { bits, type Words } from './random.ts';

const { fround } = Math;

const SQRT2 = fround(Math.SQRT2);
/** The float32 next to −1: u never reaches −1, where erfinv is infinite. */
const U_MIN = fround(-0.99999994);

/** Giles 2010, single precision, highest power first: the centre in w − 2.5, the tails in √w − 3. */
const CENTRE = new Float32Array([
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
]);
const TAIL = new Float32Array([
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
]);

const horner = (coefficients: Float32Array, w: number): number =>
  coefficients.reduce((p, c) => fround(c + fround(p * w)));

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

function bitcastToFloat(bits: number): number {
  word[0] = bits;
  return float[0] as number;
}

/** `jax.random.uniform` in [lo, hi): 23 bits make a float in [1, 2), less 1. The defaults are those of its normals. */
export function uniformFromBits(bits: number, lo = U_MIN, hi = 1): number {
  const f = fround(bitcastToFloat((bits >>> 9) | 0x3f800000) - 1);
  return Math.max(lo, fround(fround(f * fround(hi - lo)) + lo));
}

/** `jax.lax.erf_inv` in float32. The shader has no log1p; it takes −log(1 − x²), within 1e-6 of this. */
export function erfInv(x: number): number {
  const w = -fround(Math.log1p(-fround(x * x)));
  const p = w < 5 ? horner(CENTRE, fround(w - 2.5)) : horner(TAIL, fround(fround(Math.sqrt(w)) - 3));
  return fround(p * x);
}

export const normalFromBits = (bits: number): number => fround(SQRT2 * erfInv(uniformFromBits(bits)));

/** Element i of `normals(key, …)`, which does not depend on how many there are. */
export const normalAt = (key: Words, i: number): number => normalFromBits(bits(key, i));

/** `jax.random.normal(key, (count,))` */
export const normals = (key: Words, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => normalAt(key, i));
