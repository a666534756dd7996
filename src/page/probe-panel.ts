/** Bayes at one pixel: prior, likelihood and posterior of x_{t−1} as curves, formulas and numbers, live. */
import { html, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { type Bayes, bayesAt, density, type Gaussian, productAt } from '../diffusion/bayes.ts';
import { posterior } from '../diffusion/posterior.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import { Chart } from './chart.ts';
import { ChartedElement } from './charted-element.ts';
import { decimal, scientific } from './format.ts';
import { factorsFormula, meanFormula } from './formula.ts';

/** What is probed: x_t and x_0 at a pixel's channel, and the x_{t−1} that the run draws there. */
export interface Reading {
  readonly t: number;
  readonly xt: number;
  readonly x0: number;
  readonly draw: number | undefined;
}

const POINTS = 161;

/** The stretch of x_{t−1} to draw: all of the likelihood, and of a wider prior as much as leaves that visible. */
function stretch({ prior, likelihood, posterior: { mean } }: Bayes): [number, number] {
  const [wide, narrow] = [Math.sqrt(prior.variance), Math.sqrt(likelihood.variance)];
  const half = Math.max(4.5 * narrow, Math.min(3.5 * wide, 11 * narrow));
  return [mean - half, mean + half];
}

const peak = (g: Gaussian) => density(g.mean, g);

export class ProbePanel extends ChartedElement {
  static override properties = {
    ...ChartedElement.properties,
    reading: { attribute: false },
    schedule: { attribute: false },
    pixel: { attribute: false },
    channel: { type: Number },
    channels: { type: Number },
    coloured: { type: Boolean },
    product: { state: true },
  };
  declare reading: Reading | undefined;
  declare schedule: Schedule;
  declare pixel: { readonly x: number; readonly y: number };
  declare channel: number;
  declare channels: number;
  /** Whether the channels’ noise is correlated: then one channel alone has no such formula. */
  declare coloured: boolean;
  /** Whether the numerical product is drawn over the closed form. */
  declare product: boolean;
  #chart: Chart | undefined;

  constructor() {
    super();
    this.product = false;
  }

  protected override render() {
    const { text, reading, pixel, channel } = this;
    const names = this.channels === 1 ? [text.grey] : text.channels;
    return html`
      <h2>${text.probe(pixel.x, pixel.y)}</h2>
      <div class="row">
        <label>
          <span class="unseen">${text.channel}</span>
          <select @change=${(event: Event) => this.send('probe', { channel: Number((event.target as HTMLSelectElement).value) })}>
            ${map(names, (name, c) => html`<option value=${c} ?selected=${c === channel}>${name}</option>`)}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" .checked=${this.product} @change=${this.#toggleProduct} />
          ${text.product}
        </label>
      </div>
      <div class="plot bayes" role="img" aria-label=${text.bayes} ?hidden=${!this.#drawable}></div>
      ${this.#explanation(reading)}
    `;
  }

  protected override updated(changed: PropertyValues): void {
    this.#chart ??= new Chart(this.querySelector('.plot') as HTMLElement, {
      x: [0, 1],
      yRange: [0, 1.08],
      yLabels: false,
      lines: [
        // Whichever factor decides lies on the posterior: wide below, narrow and dashed above it, all three are seen.
        { label: 'posterior', colour: '--posterior', values: [null, null], fill: true, width: 4 },
        { label: 'prior', colour: '--prior', values: [null, null], fill: true },
        { label: 'likelihood', colour: '--likelihood', values: [null, null], fill: true, dashed: true },
        { label: 'product', colour: '--ink', values: [null, null], dashed: true },
      ],
    });
    if (
      changed.has('reading') ||
      changed.has('product') ||
      changed.has('schedule') ||
      changed.has('coloured')
    )
      this.#draw(this.#chart);
  }

  #explanation(reading: Reading | undefined) {
    const { text } = this;
    if (this.coloured) return html`<p class="hint">${text.probeColoured}</p>`;
    if (!reading) return html`<p class="hint">${text.betweenTimes}</p>`;
    return reading.t > 0 ? this.#numbers(reading) : html`<p class="hint">${text.cleanData}</p>`;
  }

  #numbers(reading: Reading) {
    const { text, schedule } = this;
    const { t, xt, x0, draw } = reading;
    const bayes = bayesAt(schedule, t, xt, x0);
    const { a, b } = posterior(schedule, t - 1, t);
    const row = (role: string, words: string, { mean, variance }: Gaussian) => html`
      <tr class=${role}>
        <th scope="row">${words}</th>
        <td>${decimal(mean, 4)}</td>
        <td>${scientific(variance)}</td>
      </tr>
    `;
    return html`
      ${factorsFormula(t)} ${meanFormula(t, { a, b, xt, x0, mean: bayes.posterior.mean })}
      <table class="gaussians">
        <thead>
          <tr>
            <td></td>
            <th scope="col">μ</th>
            <th scope="col">σ²</th>
          </tr>
        </thead>
        <tbody>
          ${row('prior', text.prior, bayes.prior)} ${row('likelihood', text.likelihood, bayes.likelihood)}
          ${row('posterior', text.posterior, bayes.posterior)}
        </tbody>
      </table>
      <p class="hint">
        ${text.evidence(decimal(Math.log(bayes.evidence), 3))}
        ${draw === undefined ? null : html`· <span class="draw">${text.draw(decimal(draw, 4))}</span>`}
      </p>
    `;
  }

  /** At t = 1 the prior is certain: there is no curve to draw. */
  get #drawable(): boolean {
    return !this.coloured && (this.reading?.t ?? 0) > 1;
  }

  /** Each curve at its own height: a narrow posterior would press a wide prior flat. */
  #draw(chart: Chart): void {
    const { reading, schedule } = this;
    if (!reading || !this.#drawable) {
      chart.setData(
        [0, 1],
        [
          [null, null],
          [null, null],
          [null, null],
          [null, null],
        ],
      );
      chart.mark(undefined);
      return;
    }
    const { t, xt, x0, draw } = reading;
    const bayes = bayesAt(schedule, t, xt, x0);
    const [from, to] = stretch(bayes);
    const x = Array.from({ length: POINTS }, (_, i) => from + ((to - from) * i) / (POINTS - 1));
    const curve = (g: Gaussian) => x.map((at) => density(at, g) / peak(g));
    const product = (at: number) => productAt(schedule, t, xt, x0, at);
    const top = this.product ? product(bayes.posterior.mean) : 0;
    chart.setData(x, [
      curve(bayes.posterior),
      curve(bayes.prior),
      curve(bayes.likelihood),
      x.map((at) => (top > 0 ? product(at) / top : null)),
    ]);
    chart.mark(draw);
  }

  #toggleProduct(event: Event): void {
    this.product = (event.target as HTMLInputElement).checked;
  }

  protected override drawAnew(): void {
    this.#chart?.destroy();
    this.#chart = undefined;
    this.requestUpdate('reading');
  }
}

customElements.define('diffuscope-probe', ProbePanel);
