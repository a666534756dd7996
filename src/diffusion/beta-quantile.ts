/** The quantiles of beta distributions. */

const HALF = 0.5;

/**
 * B_x(a, b)/x^a, B_x being ∫_0^x u^{a−1} (1 − u)^{b−1} du, for x ≤ 1/2: (1 − x)^b/a · F(1, a + b; a + 1; x), whose terms
 * are all positive.
 */
function incomplete(a: number, b: number, x: number): number {
  let term = 1;
  let total = 1;
  for (let k = 0; term > Number.EPSILON * total * HALF; k++) {
    term *= ((a + b + k) / (a + 1 + k)) * x;
    total += term;
  }
  return ((1 - x) ** b / a) * total;
}

/**
 * x ≤ 1/2 with B_x(a, b) = mass, by Newton's method on w = x^a. B is nearly linear in w, and bent one way only, so that
 * steps from w = a·mass, which is beyond the root for b < 1 and before it for b > 1, never cross it.
 */
function inverse(a: number, b: number, mass: number): number {
  let w = Math.min(a * mass, HALF ** a);
  for (let i = 0; i < 100; i++) {
    const x = w ** (1 / a);
    const step = ((w * incomplete(a, b, x) - mass) * a) / (1 - x) ** (b - 1);
    w = Math.min(w - step, HALF ** a);
    if (!(Math.abs(step) > 2 * Number.EPSILON * w)) break;
  }
  return w ** (1 / a);
}

/**
 * x with P(X ≤ x) = p for X ~ Beta(a, b), to a relative error of some 1e-14 for a, b up to tens.
 * @throws RangeError unless a, b > 0 and 0 ≤ p ≤ 1.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && p >= 0 && p <= 1)) throw new RangeError(`no quantile ${p} of Beta(${a}, ${b})`);
  // B(a, b) from both sides of 1/2, so that no Γ is needed.
  const below = HALF ** a * incomplete(a, b, HALF);
  const whole = below + HALF ** b * incomplete(b, a, HALF);
  if (p * whole <= below) return inverse(a, b, p * whole);
  return 1 - inverse(b, a, (1 - p) * whole);
}
