/**
 * A noise schedule drawn by hand: γ = −log SNR as a rising curve over the run, through control points.
 *
 * In continuous time the bound depends on the curve's ends alone (VDM section 5.1, eq. 18): what is in between only
 * changes how the same integral over SNR is walked. T steps are a Riemann sum of it, and differ by O(1/T).
 */
import { fromGamma, type Schedule } from './schedule.ts';

export interface CurvePoint {
  /** Place in the run, from 0 at t = 1 to 1 at t = T. */
  readonly u: number;
  /** −log SNR there. */
  readonly gamma: number;
}

/** The least that γ rises from one control point to the next, so that every step adds noise. */
export const MIN_RISE = 0.05;

/** The straight line from SNR e^13.3 to e^−5 (VDM's ends for CIFAR-10), with `count` control points. */
export const straightCurve = (count = 5, gammaMin = -13.3, gammaMax = 5): CurvePoint[] =>
  Array.from({ length: count }, (_, i) => {
    const u = i / (count - 1);
    return { u, gamma: gammaMin + (gammaMax - gammaMin) * u };
  });

/** The points with number i at γ, or as near to it as its neighbours allow; the ends stay where they are. */
export function dragPoint(points: readonly CurvePoint[], i: number, gamma: number): readonly CurvePoint[] {
  const [before, point, after] = [points[i - 1], points[i], points[i + 1]];
  if (!before || !point || !after) return points;
  const inside = Math.min(Math.max(gamma, before.gamma + MIN_RISE), after.gamma - MIN_RISE);
  return points.with(i, { u: point.u, gamma: inside });
}

/** Slopes at the points that keep a cubic through rising points rising (Fritsch & Butland 1984: harmonic means). */
function slopes(points: readonly CurvePoint[]): number[] {
  const secants = points.slice(1).map(({ u, gamma }, i) => {
    const before = points[i] as CurvePoint;
    return (gamma - before.gamma) / (u - before.u);
  });
  return points.map((_, i) => {
    const left = secants[i - 1] ?? (secants[0] as number);
    const right = secants[i] ?? left;
    return (2 * left * right) / (left + right);
  });
}

/**
 * The smooth rising curve through the points: γ at any u in [0, 1].
 * @throws RangeError unless there are two points or more, u from 0 to 1 and both coordinates rising.
 */
export function gammaCurve(points: readonly CurvePoint[]): (u: number) => number {
  const rising = points.every(({ u, gamma }, i) => {
    const before = points[i - 1];
    return Number.isFinite(gamma) && (!before || (u > before.u && gamma > before.gamma));
  });
  if (!rising || points.length < 2 || points[0]?.u !== 0 || points.at(-1)?.u !== 1) {
    throw new RangeError('a curve needs rising points from u = 0 to u = 1');
  }
  const slope = slopes(points);
  return (u) => {
    const i = Math.max(
      0,
      points.findLastIndex((point, k) => k < points.length - 1 && point.u <= u),
    );
    const [p, q] = [points[i] as CurvePoint, points[i + 1] as CurvePoint];
    const h = q.u - p.u;
    const x = (u - p.u) / h;
    // Hermite's cubic: values and slopes at both ends.
    const rise = x * x * (3 - 2 * x);
    const bend = x * (1 - x) * ((1 - x) * (slope[i] as number) - x * (slope[i + 1] as number));
    return p.gamma + (q.gamma - p.gamma) * rise + h * bend;
  };
}

/** The schedule of T steps along the curve: x_1 at its beginning, x_T at its end. */
export function curveSchedule(points: readonly CurvePoint[], T: number): Schedule {
  const gamma = gammaCurve(points);
  return fromGamma(Float64Array.from({ length: T }, (_, i) => gamma(T > 1 ? i / (T - 1) : 1)));
}
