/** Covariances in the plane as ellipses: a direction and two radii, which a hand can pull and no pull makes invalid. */
import type { Matrix, Vector } from '../../diffusion/matrix.ts';

export type Point = readonly [x: number, y: number];

/** The contour of one standard deviation. */
export interface Ellipse {
  /** Of the first axis, counter-clockwise from the right. */
  readonly angle: number;
  readonly radii: Point;
}

/** v₁ = (cos, sin) and v₂ = (−sin, cos) */
export const axes = (angle: number): [Point, Point] => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [
    [cos, sin],
    [-sin, cos],
  ];
};

/** λ₁v₁v₁ᵀ + λ₂v₂v₂ᵀ */
const compose = (angle: number, [l1, l2]: Point): Matrix => {
  const [[cos, sin]] = axes(angle);
  const off = (l1 - l2) * cos * sin;
  return [
    [l1 * cos ** 2 + l2 * sin ** 2, off],
    [off, l1 * sin ** 2 + l2 * cos ** 2],
  ];
};

/** The symmetric 2 × 2 matrix's eigenvalues, the larger first, and the direction of that one. */
export function eigen(symmetric: Matrix): { angle: number; values: Point } {
  const [[a = 0, b = 0] = [], [, d = 0] = []] = symmetric;
  const [middle, half] = [(a + d) / 2, (a - d) / 2];
  const larger = middle + Math.hypot(half, b);
  // By the determinant: the difference would cancel.
  return { angle: Math.atan2(b, half) / 2, values: [larger, larger === 0 ? 0 : (a * d - b * b) / larger] };
}

export const covarianceOf = ({ angle, radii: [r1, r2] }: Ellipse): Matrix =>
  compose(angle, [r1 * r1, r2 * r2]);

/** For a positive definite covariance. */
export function ellipseOf(covariance: Matrix): Ellipse {
  const { angle, values } = eigen(covariance);
  return { angle, radii: [Math.sqrt(values[0]), Math.sqrt(values[1])] };
}

/** Where an axis ends, seen from the centre. */
export function axisEnd({ angle, radii }: Ellipse, axis: 0 | 1): Point {
  const [x, y] = axes(angle)[axis];
  return [radii[axis] * x, radii[axis] * y];
}

/** The ellipse with the end of one axis pulled to a point; the other axis turns along and keeps its length. */
export function pullAxis({ angle, radii }: Ellipse, axis: 0 | 1, [x, y]: Point): Ellipse {
  const radius = Math.hypot(x, y);
  if (radius === 0) return { angle, radii };
  return {
    angle: Math.atan2(y, x) - (axis * Math.PI) / 2,
    radii: axis === 0 ? [radius, radii[1]] : [radii[0], radius],
  };
}

export const point = (v: Vector): Point => [v[0] as number, v[1] as number];
