/** The ideal denoiser's variational bound against the number of steps, coming down to log_2(N): measured while one looks. */
import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import type { Images } from '../../diffusion/images.ts';
import type { Gpu } from '../../gpu/device.ts';
import type { CodeLength } from '../../trajectory/code-length.ts';
import { Chart } from '../chart.ts';
import { ChartedElement } from '../charted-element.ts';
import { decimal } from '../format.ts';
import type { CodeLengthText } from '../text/areas.ts';
import { wordsOf } from '../text/language.ts';
import { bitsAt, SIDE, STEPS, smallSet } from './code-length-run.ts';

export class CodeLengthPlot extends ChartedElement {
  static override areas = ['codeLength'] as const;
  static override properties = {
    ...ChartedElement.properties,
    gpu: { attribute: false },
    images: { attribute: false },
    found: { state: true },
    under: { state: true },
    failure: { state: true },
  };
  declare gpu: Gpu | undefined;
  /** The set; another ends what is measured of the one before. */
  declare images: Images | undefined;
  /** Bits an image by T. */
  declare found: ReadonlyMap<number, CodeLength>;
  /** What is being measured, and how far it is, 0 … 1. */
  declare under: { readonly T: number; readonly done: number } | undefined;
  declare failure: string | undefined;
  #set: Images | undefined;
  #stop: AbortController | undefined;
  #chart: Chart | undefined;

  constructor() {
    super();
    this.found = new Map();
  }

  get #words(): CodeLengthText {
    return wordsOf(this.text, 'codeLength');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('images') && !changed.has('gpu')) return;
    this.#stop?.abort();
    if (!changed.has('images')) return;
    this.#set = this.images && smallSet(this.images);
    this.found = new Map();
    this.failure = undefined;
  }

  protected override render() {
    const { under, failure } = this;
    const words = this.#words;
    const n = this.#set?.shape.n ?? 0;
    return html`<section class="card">
      <h2>${words.title}</h2>
      <p class="aside">${words.meaning}</p>
      <p class="aside">${words.data(n, SIDE, this.images?.shape.n ?? 0)}</p>
      <p class="row">
        ${
          under
            ? html`<button @click=${() => this.#stop?.abort()}>${words.stop}</button>
                <label>${words.measuring(under.T)} <progress .value=${under.done} max="1"></progress></label>`
            : html`<button ?disabled=${!this.gpu || n < 2} @click=${() => void this.#measure()}>${words.measure}</button>`
        }
      </p>
      ${failure === undefined ? nothing : html`<p role="alert">${words.failed(failure)}</p>`}
      <div class="plot code-length" role="img" aria-label=${words.plot(n)} ?hidden=${this.found.size === 0}></div>
      ${this.found.size === 0 ? nothing : this.#table(n)}
    </section>`;
  }

  #table(n: number) {
    const words = this.#words;
    const limit = Math.log2(n);
    return html`<table class="code-lengths">
      <caption>${words.limit(n, decimal(limit, 3))}</caption>
      <thead><tr><th scope="col">${words.steps}</th><th scope="col">${words.result}</th><th scope="col">${words.above}</th></tr></thead>
      <tbody>
        ${map(
          this.found,
          ([T, { bits, standardError }]) => html`<tr>
            <th scope="row">${T}</th><td>${decimal(bits, 3)} ± ${decimal(standardError, 3)}</td><td>${decimal(100 * (bits / limit - 1), 1)} %</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  async #measure(): Promise<void> {
    const { gpu } = this;
    const set = this.#set;
    if (!gpu || !set) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.found = new Map();
    this.failure = undefined;
    try {
      for (const T of STEPS) {
        const onProgress = (done: number) => {
          if (!stop.signal.aborted) this.under = { T, done };
        };
        onProgress(0);
        const length = await bitsAt(gpu, { set, T, signal: stop.signal, onProgress });
        if (stop.signal.aborted) return;
        this.found = new Map([...this.found, [T, length]]);
      }
    } catch (error) {
      if (!stop.signal.aborted) this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      if (this.#stop === stop) this.under = undefined;
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('found') || changed.has('text')) this.#draw();
  }

  #draw(): void {
    this.#chart?.destroy();
    this.#chart = undefined;
    const host = this.querySelector<HTMLElement>('.plot.code-length');
    if (!host || this.found.size === 0) return;
    const words = this.#words;
    const n = this.#set?.shape.n ?? 1;
    const limit = Math.log2(n);
    const bits = STEPS.map((T) => this.found.get(T)?.bits ?? null);
    const most = Math.max(limit, ...[...this.found.values()].map(({ bits }) => bits));
    this.#chart = new Chart(host, {
      x: STEPS,
      xLog: STEPS,
      yRange: [0, 1.1 * most],
      height: 180,
      lines: [
        {
          label: words.limit(n, decimal(limit, 3)),
          colour: '--muted',
          dashed: true,
          values: STEPS.map(() => limit),
        },
        { label: words.bits, colour: '--accent', dots: true, values: bits },
      ],
    });
  }

  protected override drawAnew(): void {
    this.#draw();
  }
}
customElements.define('diffuscope-code-length', CodeLengthPlot);
