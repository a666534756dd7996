/**
 * A run of colour noise as a table of matrices. Every process is still one kind of step,
 *
 *     x' = A x + B x̂_0 + S z,    z ~ N(0, I),    S Sᵀ = covariance,
 *
 * now for a pixel's three channels at once, and the reverse rows come from the linear-Gaussian theorem itself.
 */
import type { ColourProcess } from './colour.ts';
import { conditionByPrecision } from './gaussian.ts';
import { cholesky, identity, type Matrix, multiply, solve, transpose } from './matrix.ts';
import { assemble, checkTurn, forwardKey, type Path, reverseKey, type Start } from './path.ts';
import type { Words } from './random.ts';

/** One row of the table: x' = A x + B x̂_0 + S z, where z is drawn with `key`. S is a Cholesky factor, or 0. */
export interface ColourRow {
  readonly A: Matrix;
  readonly B: Matrix;
  readonly S: Matrix;
  readonly key: Words;
}

/** N(K x_t + B x_0, covariance) per pixel. */
export interface ColourPosterior {
  readonly K: Matrix;
  readonly B: Matrix;
  readonly covariance: Matrix;
}

const I = identity(3);
const O: Matrix = I.map((row) => row.map(() => 0));
const ORIGIN = [0, 0, 0];

/** S⁻¹B */
const divide = (S: Matrix, B: Matrix, name: string): Matrix => {
  const L = cholesky(S, name);
  return transpose(transpose(B).map((column) => solve(L, column)));
};

/**
 * q(x_{t−1} | x_t, x_0) by the theorem, 1 ≤ t ≤ T:
 *
 *   prior       q(x_{t−1} | x_0) = N(M_{t−1} x_0, N_{t−1})
 *   likelihood  q(x_t | x_{t−1}) = N(A_t x_{t−1}, Q_t)
 *   posterior   mean K x_t + (I − K A_t) M_{t−1} x_0,  covariance C = (I − K A_t) N_{t−1}
 *
 * by adding precisions, C⁻¹ = N⁻¹ + AᵀQ⁻¹A, so that K = C AᵀQ⁻¹ and I − K A = C N⁻¹: one step's Q is small beside N, and
 * the differences would lose its digits. At t = 1 the prior is certain, N_0 = 0, and the answer is x_0 exactly.
 * @throws RangeError when the schedule's own steps are too uneven for float64; none of the named schedules' are.
 */
export function colourPosterior(process: ColourProcess, t: number): ColourPosterior {
  if (t === 1) return { K: O, B: I, covariance: O };
  const [M, N] = [process.signal(t - 1), process.noise(t - 1)];
  const { A, Q } = process.step(t);
  const prior = { mean: ORIGIN, covariance: N };
  const { covariance } = conditionByPrecision(prior, { A, b: ORIGIN, Q }, ORIGIN);
  return {
    K: multiply(covariance, transpose(divide(Q, A, 'Q'))),
    B: multiply(covariance, divide(N, M, 'N')),
    covariance,
  };
}

/** q(x_t | x_{t−1}) */
export function forwardColourRow(process: ColourProcess, seed: number, t: number): ColourRow {
  const { A, Q } = process.step(t);
  return { A, B: O, S: cholesky(Q, 'Q'), key: forwardKey(seed, t) };
}

/** q(x_t | x_0) at once, from x̂_0 = x_0. */
export function closedFormColourRow(process: ColourProcess, seed: number, t: number): ColourRow {
  const key = forwardKey(seed, t);
  return t === 0
    ? { A: O, B: I, S: O, key }
    : { A: O, B: process.signal(t), S: cholesky(process.noise(t), 'N'), key };
}

/** q(x_t | x_{t+1}, x̂_0) */
export function reverseColourRow(process: ColourProcess, seed: number, t: number): ColourRow {
  const { K, B, covariance } = colourPosterior(process, t + 1);
  return { A: K, B, S: t === 0 ? O : cholesky(covariance, 'C'), key: reverseKey(seed, t) };
}

/** The table of a run, with the positions of `path`, and as there. @throws RangeError as `path`. */
export function colourPath(
  process: ColourProcess,
  seed: number,
  start: Start,
  T = process.T,
): Path<ColourRow> {
  checkTurn(T, process.T);
  const fresh = { A: O, B: O, S: cholesky(process.limit, 'Σ'), key: reverseKey(seed, T) };
  return assemble<ColourRow>(T, {
    load: { A: O, B: I, S: O, key: [0, 0] },
    forward: (t) => forwardColourRow(process, seed, t),
    turn: start === 'fresh' ? fresh : { A: I, B: O, S: O, key: [0, 0] },
    reverse: (t) => reverseColourRow(process, seed, t),
  });
}
