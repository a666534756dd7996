/** The schedule and the values of x_t as charts. Loaded after the first frame. */
import { html, type PropertyValues } from 'lit';
import { density } from '../diffusion/bayes.ts';
import type { CurvePoint } from '../diffusion/curve.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Bound } from '../trajectory/bound.ts';
import type { Canvases } from '../trajectory/screens.ts';
import { RANGE } from '../trajectory/value-range.ts';
import './bound-panel.ts';
import { Chart } from './chart.ts';
import './curve-editor.ts';
import { ChartedElement } from './charted-element.ts';
import type { Reading } from './probe-panel.ts';
import './probe-panel.ts';
import './samplers/coefficients.ts';
import type { Table } from './samplers/rows.ts';

/** The density at the histogram's upper edge: twice the peak of N(0, 1), so that both fit. */
const TOP = 0.8;

const standardNormal = (x: number) => density(x, { mean: 0, variance: 1 });

export class Plots extends ChartedElement {
  static override properties = {
    ...ChartedElement.properties,
    schedule: { attribute: false },
    t: { type: Number },
    probed: { attribute: false },
    channels: { type: Number },
    reading: { attribute: false },
    points: { attribute: false },
    bound: { attribute: false },
    coloured: { type: Boolean },
    path: { attribute: false },
    position: { type: Number },
  };
  /** The run's table, once it has one. */
  declare path: Table | undefined;
  /** The state that is shown. */
  declare position: number;
  declare probed: { readonly x: number; readonly y: number; readonly channel: number };
  declare channels: number;
  declare reading: Reading | undefined;
  declare bound: Bound | undefined;
  declare coloured: boolean;
  /** The control points of a schedule drawn by hand. */
  declare points: readonly CurvePoint[] | undefined;
  declare schedule: Schedule;
  declare t: number;
  readonly #bars = document.createElement('canvas');
  #chart: Chart | undefined;
  #normal: Chart | undefined;

  constructor() {
    super();
    this.#bars.className = 'bars';
    this.#bars.width = 512;
    this.#bars.height = 192;
  }

  /** Where x_t's histogram is painted by the GPU, under the curve of N(0, 1). */
  get histogram(): NonNullable<Canvases['histogram']> {
    return { canvas: this.#bars, top: TOP, colour: [0.6, 0.52, 0.95, 0.65] };
  }

  protected override render() {
    const { text, probed } = this;
    return html`
      <diffuscope-probe
        class="card"
        .text=${text}
        .schedule=${this.schedule}
        .reading=${this.reading}
        .pixel=${probed}
        .channel=${probed.channel}
        .channels=${this.channels}
        .coloured=${this.coloured}
      ></diffuscope-probe>
      <diffuscope-coefficients
        class="card"
        .text=${text}
        .path=${this.path}
        .position=${this.position}
      ></diffuscope-coefficients>
      <diffuscope-bound class="card" .text=${text} .bound=${this.bound} .t=${this.t}></diffuscope-bound>
      <section class="card">
        <h2>${text.signalAndNoise}</h2>
        <div class="plot schedule" role="img" aria-label=${text.signalAndNoise}></div>
        <p class="legend"><span class="key signal">${text.signal}</span><span class="key noise">${text.noise}</span></p>
      </section>
      <diffuscope-curve
        class="card"
        .text=${text}
        .schedule=${this.schedule}
        .points=${this.points}
        .t=${this.t}
      ></diffuscope-curve>
      <section class="card">
        <h2>${text.histogram}</h2>
        <div class="plot histogram" role="img" aria-label=${text.histogram}></div>
        <p class="legend">
          <span class="key values">${text.values}</span><span class="key normal">${text.standardNormal}</span>
        </p>
      </section>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.#normal) this.#drawNormal();
    if (changed.has('schedule')) this.#drawSchedule();
    this.#chart?.mark(this.t);
  }

  #host(name: string): HTMLElement {
    return this.querySelector(`.plot.${name}`) as HTMLElement;
  }

  #drawSchedule(): void {
    const { schedule, text } = this;
    this.#chart?.destroy();
    this.#chart = new Chart(this.#host('schedule'), {
      x: Array.from(schedule.alphaBar, (_, t) => t),
      yRange: [0, 1],
      lines: [
        { label: text.signal, colour: '--signal', values: schedule.alphaBar },
        { label: text.noise, colour: '--noise', values: schedule.sigma.map((sigma) => sigma ** 2) },
      ],
    });
  }

  #drawNormal(): void {
    const { text } = this;
    this.#normal?.destroy();
    const x = Array.from({ length: 201 }, (_, i) => RANGE * (i / 100 - 1));
    const lines = [{ label: text.standardNormal, colour: '--ink', values: x.map(standardNormal) }];
    this.#normal = new Chart(this.#host('histogram'), { x, yRange: [0, TOP], lines });
    this.#normal.plot.under.append(this.#bars);
  }

  protected override drawAnew(): void {
    this.#drawNormal();
    this.#drawSchedule();
    this.#chart?.mark(this.t);
  }
}
customElements.define('diffuscope-plots', Plots);
