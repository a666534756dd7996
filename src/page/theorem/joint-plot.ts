/** The joint of one coordinate of x and one of y: cut along the observed y, it is the posterior of that x. */
import { svg } from 'lit';
import type { Gaussian, Joint } from '../../diffusion/gaussian.ts';
import { ellipseOf, type Point } from './ellipse.ts';
import { contours, grid } from './plane.ts';
import { around, SIZE, toSvg, type View } from './view.ts';

/** Height of the curves along the lower edge. */
const HEIGHT = 110;
const POINTS = 100;

/** p(x_i, y_j), two of the joint's four coordinates. */
export function pair({ mean, covariance }: Joint, i: number, j: number): Gaussian {
  const kept = [i, 2 + j];
  return {
    mean: kept.map((k) => mean[k] as number),
    covariance: kept.map((k) => kept.map((l) => covariance[k]?.[l] as number)),
  };
}

/** p(x_i | y_j), the theorem with numbers for matrices. */
function slice({ mean, covariance }: Gaussian, y: number): { mean: number; deviation: number } {
  const [mx = 0, my = 0] = mean;
  const [[Sxx = 0, Sxy = 0] = [], [, Syy = 0] = []] = covariance;
  const K = Sxy / Syy;
  return { mean: mx + K * (y - my), deviation: Math.sqrt(Sxx - K * Sxy) };
}

/** A density along the lower edge, `top` being the highest of those shown. */
function curve(view: View, name: string, mean: number, deviation: number, narrowest: number) {
  const points = Array.from({ length: POINTS + 1 }, (_, i) => {
    const x = mean + deviation * (8 * (i / POINTS) - 4);
    const height = (narrowest / deviation) * Math.exp(-0.5 * ((x - mean) / deviation) ** 2);
    return `${toSvg(view, [x, 0])[0].toFixed(1)},${(SIZE - HEIGHT * height).toFixed(1)}`;
  });
  return svg`<polyline class="curve ${name}" points=${points.join(' ')} />`;
}

export function jointPlot(joint: Joint, i: number, j: number, y: Point) {
  const both = pair(joint, i, j);
  const [mx = 0, my = 0] = both.mean;
  const at = y[j] as number;
  const cut = slice(both, at);
  const [[Sxx = 0] = [], [, Syy = 0] = []] = both.covariance;
  // The observed y may lie far from the joint's middle.
  const observed = {
    mean: [mx, at],
    covariance: [
      [Sxx, 0],
      [0, Syy / 16],
    ],
  };
  const view = around([both, observed]);
  const height = toSvg(view, [0, at])[1];
  const prior = Math.sqrt(Sxx);
  const narrowest = Math.min(prior, cut.deviation);
  const [x] = toSvg(view, [cut.mean, 0]);
  return svg`
    ${grid(view)} ${contours(view, 'joint', [mx, my], ellipseOf(both.covariance))}
    <line class="observed" x1="0" x2=${SIZE} y1=${height} y2=${height} />
    <line class="drop" x1=${x} x2=${x} y1=${height} y2=${SIZE} />
    ${curve(view, 'prior', mx, prior, narrowest)} ${curve(view, 'posterior', cut.mean, cut.deviation, narrowest)}
  `;
}
