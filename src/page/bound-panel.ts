/** The variational bound of the run on the stage, term by term, in bits per dimension. */
import { html, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { bitsPerDim } from '../diffusion/bound.ts';
import { type Bound, type DecoderName, runningBits } from '../trajectory/bound.ts';
import { Chart } from './chart.ts';
import { ChartedElement } from './charted-element.ts';
import { decimal, scientific } from './format.ts';

const decoders: DecoderName[] = ['categorical', 'discretised', 'gaussian'];

export class BoundPanel extends ChartedElement {
  static override properties = {
    ...ChartedElement.properties,
    bound: { attribute: false },
    t: { type: Number },
    decoder: { state: true },
  };
  /** Undefined until the forward run has been charted, and where the channels’ noise is correlated. */
  declare bound: Bound | undefined;
  declare t: number;
  declare decoder: DecoderName;
  #charts: { terms: Chart; total: Chart } | undefined;

  constructor() {
    super();
    this.decoder = 'categorical';
  }

  protected override render() {
    const { text, bound, decoder } = this;
    return html`
      <h2>${text.bound}</h2>
      ${bound ? this.#figures(bound) : html`<p class="hint">${text.boundLater}</p>`}
      <div class="plot terms" role="img" aria-label=${text.boundTerms} ?hidden=${!bound}></div>
      <p class="legend" ?hidden=${!bound}><span class="key values">${text.boundTerms}</span></p>
      <div class="plot total" role="img" aria-label=${text.boundTotal} ?hidden=${!bound}></div>
      <p class="legend" ?hidden=${!bound}><span class="key signal">${text.boundTotal}</span></p>
      <label>
        <span class="unseen">${text.decoder}</span>
        <select
          @change=${(event: Event) => {
            this.decoder = (event.target as HTMLSelectElement).value as DecoderName;
          }}
        >
          ${map(
            decoders,
            (name) =>
              html`<option value=${name} ?selected=${name === decoder}>${text.decoders[name]}</option>`,
          )}
        </select>
      </label>
      <p class="hint">${text.decoderMeanings[decoder](bound ? scientific(bound.variance) : 'β₁')}</p>
    `;
  }

  #figures(bound: Bound) {
    const { text, decoder } = this;
    const bits = (nats: number) => bitsPerDim(nats, bound.dims);
    const sum = (terms: Float64Array) => bits(terms.reduce((total, term) => total + term, 0));
    const forms = Object.values(bound.diffusion).map(sum);
    const diffusion = sum(bound.diffusion.x0);
    const prior = bits(bound.prior);
    const reconstruction = bits(bound.reconstruction[decoder]);
    return html`
      <table class="gaussians">
        <tbody>
          ${map(
            [
              [text.boundPrior, prior],
              [text.boundDiffusion, diffusion],
              [text.boundReconstruction, reconstruction],
            ] as const,
            ([name, value]) => html`<tr><th scope="row">${name}</th><td>${decimal(value, 4)}</td></tr>`,
          )}
          <tr class="sum">
            <th scope="row">${text.boundSum}</th>
            <td>${decimal(prior + diffusion + reconstruction, 4)}</td>
          </tr>
        </tbody>
      </table>
      <p class="hint">${text.boundForms(scientific(Math.max(...forms) - Math.min(...forms)))}</p>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.bound) return;
    if (!this.#charts || changed.has('bound') || changed.has('decoder')) this.#draw(this.bound);
    this.#charts?.terms.mark(this.t);
    this.#charts?.total.mark(this.t);
  }

  #draw(bound: Bound): void {
    this.drawAnew();
    const { text } = this;
    const host = (name: string) => this.querySelector(`.plot.${name}`) as HTMLElement;
    const t = Array.from(bound.diffusion.x0, (_, i) => i);
    const terms = t.map((i) => (i < 2 ? null : bitsPerDim(bound.diffusion.x0[i] as number, bound.dims)));
    const total = runningBits(bound, this.decoder);
    const line = { colour: '--values', fill: true };
    this.#charts = {
      terms: new Chart(host('terms'), {
        x: t,
        lines: [{ ...line, label: text.boundTerms, values: terms }],
        // The terms of an oracle are 0, which has no logarithm.
        yLog: terms.every((term) => term === null || term > 0),
      }),
      total: new Chart(host('total'), {
        x: t,
        lines: [{ ...line, colour: '--signal', label: text.boundTotal, values: total }],
      }),
    };
  }

  protected override drawAnew(): void {
    this.#charts?.terms.destroy();
    this.#charts?.total.destroy();
    this.#charts = undefined;
    this.requestUpdate();
  }
}
customElements.define('diffuscope-bound', BoundPanel);
