/** What the explorer shows: p(x) = N(m, S), p(y|x) = N(Ax + b, Q) and an observed y, all in two dimensions. */
import {
  condition,
  conditionByPrecision,
  type Gaussian,
  type Joint,
  joint,
  logDensity,
  logEvidence,
} from '../../diffusion/gaussian.ts';
import {
  add,
  apply,
  cholesky,
  dot,
  forward,
  gram,
  identity,
  type Matrix,
  plus,
  solve as solveSystem,
  transpose,
  whiten,
} from '../../diffusion/matrix.ts';
import type { Schedule } from '../../diffusion/schedule.ts';
import type { Reading } from '../probe-panel.ts';
import { axes, covarianceOf, type Ellipse, eigen, type Point, point } from './ellipse.ts';

export interface Scene {
  readonly m: Point;
  readonly S: Ellipse;
  readonly A: Matrix;
  readonly b: Point;
  readonly Q: Ellipse;
  readonly y: Point;
}

/** What one form of the theorem says. */
export interface Answer extends Gaussian {
  readonly gain: Matrix;
  readonly logEvidence: number;
}

/** The likelihood as a function of x: its contour, or where A keeps only one direction a band, or nothing at all. */
export type LikelihoodShape =
  | { readonly kind: 'ellipse'; readonly centre: Point; readonly ellipse: Ellipse }
  /** All x with |normal·x − offset| ≤ halfWidth. */
  | { readonly kind: 'band'; readonly normal: Point; readonly offset: number; readonly halfWidth: number }
  | { readonly kind: 'flat' };

export interface Solution {
  readonly joint: Joint;
  readonly schur: Answer;
  readonly information: Answer;
  readonly likelihood: LikelihoodShape;
}

/** Beyond this ratio of information the longer axis is as good as endless. */
const ENDLESS = 1e-8;

function shapeOf(A: Matrix, Q: Matrix, residual: readonly number[]): LikelihoodShape {
  const L = cholesky(Q, 'Q');
  const white = whiten(L, A);
  // −2 log likelihood = xᵀMx − 2vᵀx + …, with M = AᵀQ⁻¹A and v = AᵀQ⁻¹(y − b).
  const v = apply(transpose(white), forward(L, residual));
  const { angle, values } = eigen(gram(white));
  const [v1, v2] = axes(angle);
  const [along1, along2] = [dot(v1, v) / values[0], dot(v2, v) / values[1]];
  if (values[0] === 0) return { kind: 'flat' };
  if (values[1] <= ENDLESS * values[0]) {
    return { kind: 'band', normal: v1, offset: along1, halfWidth: 1 / Math.sqrt(values[0]) };
  }
  const centre = point(plus(plus([0, 0], v1, along1), v2, along2));
  return {
    kind: 'ellipse',
    centre,
    ellipse: { angle, radii: [1 / Math.sqrt(values[0]), 1 / Math.sqrt(values[1])] },
  };
}

/**
 * The posterior by the Schur complement and by precisions.
 * @throws RangeError with the library's words, when a covariance is none or badly conditioned.
 */
export function solve({ m, S, A, b, Q, y }: Scene): Solution {
  const prior = { mean: m, covariance: covarianceOf(S) };
  const likelihood = { A, b, Q: covarianceOf(Q) };
  const schur = { ...condition(prior, likelihood, y), logEvidence: logEvidence(prior, likelihood, y) };
  const { mean, covariance, precision } = conditionByPrecision(prior, likelihood, y);
  const noise = { mean: plus(apply(A, mean), b), covariance: likelihood.Q };
  const information = {
    mean,
    covariance,
    gain: gainByPrecision(precision, A, likelihood.Q),
    // Bayes' rule solved for the evidence, at x = the posterior's mean.
    logEvidence: logDensity(noise, y) + logDensity(prior, mean) - logDensity({ mean, covariance }, mean),
  };
  return {
    joint: joint(prior, likelihood),
    schur,
    information,
    likelihood: shapeOf(A, likelihood.Q, plus(y, b, -1)),
  };
}

/** K = Λ⁻¹AᵀQ⁻¹ */
function gainByPrecision(precision: Matrix, A: Matrix, Q: Matrix): Matrix {
  const [LP, LQ] = [cholesky(precision, 'S⁻¹ + AᵀQ⁻¹A'), cholesky(Q, 'Q')];
  const QA = transpose(A).map((column) => solveSystem(LQ, column));
  return transpose(transpose(QA).map((column) => solveSystem(LP, column)));
}

/** The largest difference between entries. */
export const difference = (A: Matrix, B: Matrix): number => Math.max(...add(A, B, -1).flat().map(Math.abs));

const scaled = (k: number): Matrix => identity(2).map((row) => row.map((value) => k * value));

/** One step of a diffusion: A = √α I and Q = (1 − α) I. */
export const withStep = (scene: Scene, alpha: number): Scene => {
  const deviation = Math.sqrt(1 - alpha);
  return { ...scene, A: scaled(Math.sqrt(alpha)), b: [0, 0], Q: { angle: 0, radii: [deviation, deviation] } };
};

/** The run's step at the probed pixel; the second coordinate is a mid-grey value that met no noise. */
export function sceneOfRun({ alpha, sigma, beta }: Schedule, { t, xt, x0 }: Reading): Scene {
  const s = t - 1;
  const deviation = sigma[s] as number;
  return withStep(
    {
      m: [(alpha[s] as number) * x0, 0],
      S: { angle: 0, radii: [deviation, deviation] },
      A: scaled(1),
      b: [0, 0],
      Q: { angle: 0, radii: [1, 1] },
      y: [xt, 0],
    },
    1 - (beta[t] as number),
  );
}

const fusion: Scene = {
  m: [-0.8, -0.4],
  S: { angle: 0.5, radii: [1.5, 0.5] },
  A: scaled(1),
  b: [0, 0],
  Q: { angle: 2, radii: [1.2, 0.4] },
  y: [0.9, 0.8],
};

/** Of the example of a diffusion step. */
export const ALPHA = 0.7;

export const presets = {
  step: withStep({ ...fusion, m: [1, 0.4], S: { angle: 0, radii: [0.8, 0.8] }, y: [-0.6, 1.1] }, ALPHA),
  fusion,
  projection: {
    m: [0.2, -0.3],
    S: { angle: 0.4, radii: [1.4, 0.9] },
    A: [
      [0.8, 0.4],
      [0.4, 0.2],
    ],
    b: [0, 0],
    Q: { angle: 0, radii: [0.45, 0.45] },
    y: [1.1, 0.5],
  },
  // Two sensors' noise so nearly the same that their difference would be known exactly.
  illConditioned: { ...fusion, Q: { angle: Math.PI / 4, radii: [0.9, 1e-7] } },
} satisfies Record<string, Scene>;
export type Preset = keyof typeof presets;
