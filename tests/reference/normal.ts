/** The normal draw in double precision: the truth that the float32 draws are measured against. */
import { erfInv } from '../../src/diffusion/normal.ts';

const { fround } = Math;

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** P(0 < z < x) = φ(x) (x + x³/3 + x⁵/(3·5) + …): every term positive, so no digit is lost near 0. */
function centralProbability(x: number): number {
  let sum = 0;
  for (let term = x, k = 3; sum + term !== sum; k += 2) {
    sum += term;
    term *= (x * x) / k;
  }
  return density(x) * sum;
}

/** P(z > x) = φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))): no digit is lost in the tail. 200 levels settle x > 2. */
function tailProbability(x: number): number {
  let fraction = x;
  for (let level = 200; level > 0; level--) fraction = x + level / fraction;
  return density(x) / fraction;
}

/** √2·erfinv(u) in double precision, for |u| < 1: Newton's method from the float32 value, on whichever form is exact. */
export function normalExact(u: number): number {
  const target = Math.abs(u);
  let x = Math.SQRT2 * erfInv(fround(target));
  for (let i = 0; i < 3; i++) {
    const missing = x < 2 ? target / 2 - centralProbability(x) : tailProbability(x) - (1 - target) / 2;
    x += missing / density(x);
  }
  return Math.sign(u) * x;
}
