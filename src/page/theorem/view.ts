/** The window through which a plane is seen, and its scale in an SVG of fixed size. */
import type { Gaussian } from '../../diffusion/gaussian.ts';
import type { Point } from './ellipse.ts';

/** Side of every plane's SVG, in its own units. */
export const SIZE = 400;

export interface View {
  readonly centre: Point;
  /** Half of the visible width. */
  readonly half: number;
}

export const scaleOf = ({ half }: View): number => SIZE / (2 * half);

export const toSvg = (view: View, [x, y]: Point): Point => [
  SIZE / 2 + (x - view.centre[0]) * scaleOf(view),
  SIZE / 2 - (y - view.centre[1]) * scaleOf(view),
];

/** A place in the SVG as coordinates, to three digits of what is visible: nobody points more finely. */
export function fromSvg(view: View, [x, y]: Point): Point {
  return snapped(view, [
    view.centre[0] + (x - SIZE / 2) / scaleOf(view),
    view.centre[1] - (y - SIZE / 2) / scaleOf(view),
  ]);
}

export function snapped({ half }: View, [x, y]: Point): Point {
  const unit = 10 ** (Math.floor(Math.log10(half)) - 2);
  // Division by a whole number, so that 0.3 is 0.3.
  const snap = (value: number) =>
    unit < 1 ? Math.round(value / unit) / Math.round(1 / unit) : Math.round(value / unit) * unit;
  return [snap(x), snap(y)];
}

/** A window around all of these, of a size and a place that change only when they must. */
export function around(gaussians: readonly Gaussian[]): View {
  const range = [0, 1].map((i) => {
    const ends = gaussians.flatMap(({ mean, covariance }) => {
      const reach = 2.4 * Math.sqrt(covariance[i]?.[i] as number);
      return [(mean[i] as number) - reach, (mean[i] as number) + reach];
    });
    return { from: Math.min(...ends), to: Math.max(...ends) };
  });
  const needed = Math.max(...range.map(({ from, to }) => (to - from) / 2));
  const half = 2 ** (Math.ceil(4 * Math.log2(needed)) / 4);
  const [x = 0, y = 0] = range.map(({ from, to }) => (Math.round((from + to) / 2 / (half / 4)) * half) / 4);
  return { centre: [x, y], half: half * 1.1 };
}

/** Round numbers, about three to six in a window. */
export function ticks({ centre, half }: View, axis: 0 | 1): number[] {
  const rough = half / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((k) => k * power >= rough) as number);
  const first = Math.ceil((centre[axis] - half) / step);
  const last = Math.floor((centre[axis] + half) / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
