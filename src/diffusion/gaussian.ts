/**
 * The linear-Gaussian theorem, which is Bayes' rule for every step here: from
 *
 *   prior       p(x)   = N(m, S)            x of n numbers
 *   likelihood  p(y|x) = N(Ax + b, Q)       y of m numbers, A of m rows and n columns
 *
 * follow the joint of (x, y), the evidence p(y) and the posterior p(x|y), all Gaussian. n and m are small: a pixel's
 * colour, not an image. Covariances are checked, and errors name the one at fault.
 *
 * Sources: Bishop 2006, Pattern Recognition and Machine Learning, eqs. 2.81, 2.82 and 2.105–2.117. The posterior mean
 * depends on y; a text that prints it without "S_xy S_yy⁻¹ y" has a slip.
 */
import {
  add,
  apply,
  cholesky,
  dot,
  forward,
  gram,
  identity,
  type Matrix,
  multiply,
  plus,
  solve,
  symmetric,
  transpose,
  type Vector,
  whiten,
} from './matrix.ts';

/** N(mean, covariance) */
export interface Gaussian {
  readonly mean: Vector;
  readonly covariance: Matrix;
}

/** p(y|x) = N(Ax + b, Q) */
export interface LinearLikelihood {
  readonly A: Matrix;
  readonly b: Vector;
  readonly Q: Matrix;
}

/** The Gaussian of x and y in one vector, and its parts. */
export interface Joint extends Gaussian {
  /** m_y = Am + b */
  readonly my: Vector;
  /** S_xy = SAᵀ */
  readonly Sxy: Matrix;
  /** S_yy = ASAᵀ + Q */
  readonly Syy: Matrix;
}

const squaredNorm = (u: Vector) => dot(u, u);
/** log|LLᵀ| */
const logDeterminant = (L: Matrix) => 2 * L.reduce((sum, row, i) => sum + Math.log(row[i] as number), 0);

/**
 * p(x, y): mean (m, m_y), covariance [[S, S_xy], [S_xyᵀ, S_yy]] (Bishop eqs. 2.105 and 2.108).
 * @throws RangeError when sizes do not agree, or S or Q is no covariance.
 */
export function joint({ mean: m, covariance }: Gaussian, { A, b, Q }: LinearLikelihood): Joint {
  const S = symmetric(covariance, 'S');
  const L = cholesky(S, 'S');
  cholesky(Q, 'Q');
  const my = plus(apply(A, m), b);
  const Sxy = multiply(S, transpose(A));
  // ASAᵀ = (LᵀAᵀ)ᵀ(LᵀAᵀ), symmetric by construction.
  const Syy = add(gram(multiply(transpose(L), transpose(A))), symmetric(Q, 'Q'));
  const Syx = transpose(Sxy);
  return {
    mean: [...m, ...my],
    covariance: [
      ...S.map((row, i) => [...row, ...(Sxy[i] as Vector)]),
      ...Syy.map((row, i) => [...(Syx[i] as Vector), ...row]),
    ],
    my,
    Sxy,
    Syy,
  };
}

/**
 * p(x|y) by the Schur complement (Bishop eqs. 2.81 and 2.82): the gain K = S_xy S_yy⁻¹, mean m + K(y − m_y), covariance
 * S − S_xy S_yy⁻¹ S_yx.
 * @throws RangeError as `joint` does, or when S_yy is badly conditioned.
 */
export function condition(
  prior: Gaussian,
  likelihood: LinearLikelihood,
  y: Vector,
): Gaussian & { readonly gain: Matrix } {
  const { my, Sxy, Syy } = joint(prior, likelihood);
  const L = cholesky(Syy, 'S_yy');
  const gain = Sxy.map((row) => solve(L, row));
  return {
    gain,
    mean: plus(prior.mean, apply(gain, plus(y, my, -1))),
    covariance: add(symmetric(prior.covariance), gram(whiten(L, transpose(Sxy))), -1),
  };
}

/**
 * p(x|y) by adding precisions (Bishop eqs. 2.116 and 2.117): Λ = S⁻¹ + AᵀQ⁻¹A, mean Λ⁻¹(S⁻¹m + AᵀQ⁻¹(y − b)). The form to
 * take where Q is small beside S, since nothing cancels.
 * @throws RangeError when sizes do not agree, S or Q is no covariance, or Λ is badly conditioned.
 */
export function conditionByPrecision(
  { mean: m, covariance: S }: Gaussian,
  { A, b, Q }: LinearLikelihood,
  y: Vector,
): Gaussian & { readonly precision: Matrix } {
  const [LS, LQ] = [cholesky(S, 'S'), cholesky(Q, 'Q')];
  const whitePrior = whiten(LS, identity(m.length));
  const whiteData = whiten(LQ, A);
  const precision = add(gram(whitePrior), gram(whiteData));
  const L = cholesky(precision, 'S⁻¹ + AᵀQ⁻¹A');
  const fromPrior = apply(transpose(whitePrior), forward(LS, m));
  const fromData = apply(transpose(whiteData), forward(LQ, plus(y, b, -1)));
  return {
    precision,
    mean: solve(L, plus(fromPrior, fromData)),
    covariance: gram(whiten(L, identity(m.length))),
  };
}

/** log N(x; mean, covariance). @throws RangeError when sizes do not agree or the covariance is none. */
export function logDensity({ mean, covariance }: Gaussian, x: Vector): number {
  const L = cholesky(covariance, 'the covariance');
  const distance = squaredNorm(forward(L, plus(x, mean, -1)));
  return -(distance + logDeterminant(L) + mean.length * Math.log(2 * Math.PI)) / 2;
}

/** log p(y) = log N(y; Am + b, ASAᵀ + Q) (Bishop eq. 2.115). @throws RangeError as `condition` does. */
export function logEvidence(prior: Gaussian, likelihood: LinearLikelihood, y: Vector): number {
  const { my, Syy } = joint(prior, likelihood);
  return logDensity({ mean: my, covariance: Syy }, y);
}

/**
 * KL(p‖q) = ½(tr(S_q⁻¹S_p) + (m_q − m_p)ᵀS_q⁻¹(m_q − m_p) − n + log|S_q|/|S_p|), in nats.
 * @throws RangeError when sizes do not agree or a covariance is none.
 */
export function gaussianKL(p: Gaussian, q: Gaussian): number {
  const Lp = cholesky(p.covariance, 'S_p');
  const Lq = cholesky(q.covariance, 'S_q');
  // tr(S_q⁻¹S_p) = ‖L_q⁻¹L_p‖²
  const trace = squaredNorm(whiten(Lq, Lp).flat());
  const distance = squaredNorm(forward(Lq, plus(q.mean, p.mean, -1)));
  return (trace + distance - p.mean.length + logDeterminant(Lq) - logDeterminant(Lp)) / 2;
}
