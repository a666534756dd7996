/** The derivation's drawings. */
import { html, nothing, svg } from 'lit';
import { type Bayes, density, type Gaussian } from '../../diffusion/bayes.ts';
import { significant } from '../significant.ts';

const WIDTH = 640;
const HEIGHT = 194;
const BASE = 160;
const POINTS = 120;

/** The stretch of x_{t−1} that shows all three curves, or of a much wider one as much as leaves the others visible. */
function stretch({ prior, likelihood, posterior }: Bayes): [number, number] {
  const deviations = [prior, likelihood].map(({ variance }) => Math.sqrt(variance));
  const half = Math.min(4 * Math.max(...deviations), 12 * Math.min(...deviations));
  return [posterior.mean - half, posterior.mean + half];
}

/** Prior, likelihood and their product, each to its own height: a narrow posterior would press a wide prior flat. */
export function productFigure(bayes: Bayes, label: string) {
  if (bayes.prior.variance === 0) return nothing;
  const [from, to] = stretch(bayes);
  const across = (x: number) => ((x - from) / (to - from)) * WIDTH;
  const curve = (name: string, gaussian: Gaussian) => {
    const points = Array.from({ length: POINTS + 1 }, (_, i) => {
      const x = from + ((to - from) * i) / POINTS;
      const height = density(x, gaussian) / density(gaussian.mean, gaussian);
      return `${across(x).toFixed(1)},${(BASE - 145 * height).toFixed(1)}`;
    });
    return svg`<polygon class=${name} points="0,${BASE} ${points.join(' ')} ${WIDTH},${BASE}" />`;
  };
  const tick = (part: number) => svg`
    <text x=${part * WIDTH} y=${HEIGHT - 8} text-anchor=${part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
      >${significant(from + part * (to - from), 3)}</text>`;
  return html`
    <figure>
      <svg class="product" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
        ${curve('prior', bayes.prior)} ${curve('likelihood', bayes.likelihood)}
        ${curve('posterior', bayes.posterior)}
        <line x1="0" x2=${WIDTH} y1=${BASE} y2=${BASE} />
        ${[0, 0.5, 1].map(tick)}
      </svg>
      <figcaption>${label}</figcaption>
    </figure>
  `;
}

/** x_0 → x_{t−1} → x_t: the only way from the first to the last leads through the middle. */
export function chainFigure(label: string) {
  const node = (x: number, index: string) => svg`
    <circle cx=${x} cy="40" r="27" />
    <text x=${x} y="46" text-anchor="middle"><tspan class="variable">x</tspan><tspan dy="5" class="index">${index}</tspan></text>
  `;
  const arrow = (from: number, to: number, name: string) => svg`
    <g class=${name}>
      <line x1=${from} x2=${to - 8} y1="40" y2="40" />
      <path d="M${to} 40 l-11 -6 v12 z" />
    </g>
  `;
  return html`
    <figure>
      <svg class="chain" viewBox="0 0 420 80" role="img" aria-label=${label}>
        ${arrow(68, 180, 'prior')} ${arrow(240, 350, 'likelihood')} ${node(40, '0')} ${node(210, 't−1')}
        ${node(380, 't')}
      </svg>
      <figcaption>${label}</figcaption>
    </figure>
  `;
}
