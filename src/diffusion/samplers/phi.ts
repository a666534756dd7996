/** The functions of exponential integrators, and the quadrature weights that they make. */

const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));

/**
 * h·φ_k(h), with φ_0 = e^h and φ_k(h) = (φ_{k−1}(h) − 1/(k−1)!)/h, so φ_k(0) = 1/k!; k ≥ 1. At k = 1 it is e^h − 1,
 * finite for h = −∞ too.
 */
export function hPhi(k: number, h: number): number {
  if (Math.abs(h) >= 1) return k === 1 ? Math.expm1(h) : hPhi(k - 1, h) / h - 1 / factorial(k - 1);
  // Near 0 the recursion is all cancellation; Σ_j h^{j+1}/(j+k)! is not.
  let total = 0;
  let term = h / factorial(k);
  for (let j = k + 1; total + term !== total; j++) {
    total += term;
    term *= h / j;
  }
  return total;
}

/** The coefficients of Π_j (x − roots_j), lowest power first. */
const polynomial = ([root, ...others]: readonly number[]): number[] => {
  if (root === undefined) return [1];
  const p = polynomial(others);
  return [...p, 0].map((c, i) => (p[i - 1] ?? 0) - root * c);
};

/**
 * The weights w with Σ_k w_k f(nodes_k) = L[f] for every polynomial f of degree < n, L being linear and known by its
 * `moments` L[x^j], j = 0 … n − 1: each is L of one of Lagrange's basis polynomials.
 */
export const quadrature = (nodes: readonly number[], moments: readonly number[]): number[] =>
  nodes.map((node, k) => {
    const others = nodes.filter((_, j) => j !== k);
    const integral = polynomial(others).reduce((sum, c, j) => sum + c * (moments[j] as number), 0);
    return others.reduce((w, other) => w / (node - other), integral);
  });

/** h^j j! z φ_{j+1}(z), j = 0 … count − 1: what exponential integrators make of 1, λ, λ², …. */
export const moments = (h: number, z: number, count: number): number[] =>
  Array.from({ length: count }, (_, j) => h ** j * factorial(j) * hPhi(j + 1, z));
