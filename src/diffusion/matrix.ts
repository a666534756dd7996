/**
 * The few operations on small dense matrices (n ≤ 4) that the linear-Gaussian theorem needs. A matrix is an array of
 * its rows. Systems are solved by Cholesky's factor; nothing inverts a matrix to multiply by it.
 */

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

/** Where a solution still has four of its sixteen digits. */
const MAX_CONDITION = 1e12;
/** How far, relative to its largest entry, rounding may leave a matrix from symmetric. */
const ASYMMETRY = 1e-12;

function checkLengths(u: ArrayLike<unknown>, v: ArrayLike<unknown>): void {
  if (u.length !== v.length) throw new RangeError(`sizes do not agree: ${u.length} and ${v.length}`);
}

export function dot(u: Vector, v: Vector): number {
  checkLengths(u, v);
  return u.reduce((sum, value, i) => sum + value * (v[i] as number), 0);
}

/** u + k·v */
export function plus(u: Vector, v: Vector, k = 1): Vector {
  checkLengths(u, v);
  return u.map((value, i) => value + k * (v[i] as number));
}

/** A + k·B */
export function add(A: Matrix, B: Matrix, k = 1): Matrix {
  checkLengths(A, B);
  return A.map((row, i) => plus(row, B[i] as Vector, k));
}

export const transpose = (A: Matrix): Matrix => (A[0] ?? []).map((_, j) => A.map((row) => row[j] as number));

export const apply = (A: Matrix, x: Vector): Vector => A.map((row) => dot(row, x));

export function multiply(A: Matrix, B: Matrix): Matrix {
  const columns = transpose(B);
  return A.map((row) => columns.map((column) => dot(row, column)));
}

/** AᵀA, symmetric to the last bit: entries (i, j) and (j, i) are the same sum. */
export const gram = (A: Matrix): Matrix => multiply(transpose(A), A);

export const identity = (n: number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

/**
 * (A + Aᵀ)/2, for an A that is symmetric but for rounding.
 * @throws RangeError when A is not square, finite and symmetric; the message has its `name`.
 */
export function symmetric(A: Matrix, name = 'the matrix'): Matrix {
  if (A.length === 0 || A.some((row) => row.length !== A.length)) {
    throw new RangeError(`${name} is not square`);
  }
  const largest = Math.max(...A.flat().map(Math.abs));
  if (!Number.isFinite(largest)) throw new RangeError(`${name} has an entry that is not a finite number`);
  return transpose(A).map((row, i) =>
    row.map((value, j) => {
      const mirrored = A[i]?.[j] as number;
      if (Math.abs(value - mirrored) > ASYMMETRY * largest) {
        throw new RangeError(`${name} is not symmetric: ${value} and ${mirrored} face each other`);
      }
      return (value + mirrored) / 2;
    }),
  );
}

/** ‖A‖₁, the largest column sum. */
const norm = (A: Matrix): number =>
  Math.max(...transpose(A).map((column) => dot(column, column.map(Math.sign))));

/**
 * The lower triangular L with LLᵀ = A.
 * @throws RangeError when A is not symmetric, not positive definite, or so badly conditioned (‖A‖₁‖A⁻¹‖₁ > 1e12) that a
 * solution would mean little; the message has its `name` and the reason.
 */
export function cholesky(A: Matrix, name = 'the matrix'): Matrix {
  const L: number[][] = [];
  symmetric(A, name).forEach((row, i) => {
    const l: number[] = [];
    for (let j = 0; j < i; j++) {
      l.push(((row[j] as number) - dot(l, (L[j] as Vector).slice(0, j))) / (L[j]?.[j] as number));
    }
    const pivot = (row[i] as number) - dot(l, l);
    if (!(pivot > 0)) {
      const singular = Math.abs(pivot) <= 1e-15 * (row[i] as number);
      const reason = singular ? 'singular, its condition number above 1e15' : `pivot ${i + 1} is ${pivot}`;
      throw new RangeError(`${name} is not positive definite: ${reason}`);
    }
    L.push([...l, Math.sqrt(pivot), ...row.slice(i + 1).fill(0)]);
  });
  const condition = norm(A) * norm(gram(whiten(L, identity(A.length))));
  if (!(condition <= MAX_CONDITION)) {
    const estimate = condition.toExponential(1);
    throw new RangeError(`${name} is badly conditioned: its condition number is about ${estimate}`);
  }
  return L;
}

/** L⁻¹b, by forward substitution. */
export function forward(L: Matrix, b: Vector): Vector {
  checkLengths(L, b);
  const x: number[] = [];
  for (const [i, row] of L.entries()) {
    x.push(((b[i] as number) - dot(row.slice(0, i), x)) / (row[i] as number));
  }
  return x;
}

/** L⁻¹B: what has covariance LLᵀ has, after it, covariance I. */
export const whiten = (L: Matrix, B: Matrix): Matrix =>
  transpose(transpose(B).map((column) => forward(L, column)));

/** The x of LLᵀx = b. */
export function solve(L: Matrix, b: Vector): Vector {
  // Lᵀ read from its last row and column back is lower triangular.
  const flipped = transpose(L)
    .toReversed()
    .map((row) => row.toReversed());
  return forward(flipped, forward(L, b).toReversed()).toReversed();
}
