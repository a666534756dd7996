/**
 * The signal-to-noise curve, to be dragged: handles on the schedule in force, which become its control points. Beside it
 * what the curve's shape does to the bound, and what it does not.
 */
import { html, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { type CurvePoint, dragPoint } from '../diffusion/curve.ts';
import {
  continuousDiffusionLoss,
  discreteDiffusionLoss,
  gaussianError,
} from '../diffusion/diffusion-loss.ts';
import { gamma, type Schedule, snrDb, T_MAX } from '../diffusion/schedule.ts';
import { Chart } from './chart.ts';
import { ChartedElement } from './charted-element.ts';
import { decimal } from './format.ts';

/** Handles on the curve, its fixed ends included. */
const HANDLES = 5;
/** How far an arrow key moves a handle, in γ. */
const NUDGE = 0.25;
/** A run is begun anew at most so often while a handle moves, in milliseconds. */
const PATIENCE = 120;

/** 10 log₁₀ SNR = −γ · 10/ln 10 */
const DB_PER_GAMMA = -10 / Math.LN10;

/** Handles that lie on a schedule's curve, evenly spread. */
export const handlesOn = (schedule: Schedule): CurvePoint[] =>
  Array.from({ length: HANDLES }, (_, i) => {
    const u = i / (HANDLES - 1);
    return { u, gamma: gamma(schedule, Math.round(1 + u * (schedule.T - 1))) };
  });

const timeOf = (u: number, T: number) => 1 + u * (T - 1);

export class CurveEditor extends ChartedElement {
  static override properties = {
    ...ChartedElement.properties,
    schedule: { attribute: false },
    points: { attribute: false },
    t: { type: Number },
  };
  declare schedule: Schedule;
  /** The control points in force; undefined while the schedule is one of the named ones. */
  declare points: readonly CurvePoint[] | undefined;
  declare t: number;
  #chart: Chart | undefined;
  #dragged: number | undefined;
  #sentAt = 0;
  #pending: readonly CurvePoint[] | undefined;

  get #handles(): readonly CurvePoint[] {
    return this.#pending ?? this.points ?? handlesOn(this.schedule);
  }

  protected override render() {
    const { text, schedule } = this;
    const { T } = schedule;
    return html`
      <h2>${text.snrPlot}</h2>
      <div class="plot snr" role="group" aria-label=${text.snrPlot}></div>
      ${T < HANDLES ? null : html`<p class="hint">${text.curveHint}</p>`}
      <label class="steps">
        <span>T</span>
        <input
          type="range"
          min="0"
          max="1"
          step="any"
          .value=${live(String(Math.log(T) / Math.log(T_MAX)))}
          aria-label=${text.slideSteps}
          aria-valuetext=${T}
          @change=${(event: Event) => {
            const place = Number((event.target as HTMLInputElement).value);
            this.send('setting', { name: 'T', value: String(Math.round(T_MAX ** place)) });
          }}
        />
        <span>${T}</span>
      </label>
      ${T < 2 ? null : this.#loss(schedule)}
    `;
  }

  #loss(schedule: Schedule) {
    const { text } = this;
    const [first, last] = [gamma(schedule, 1), gamma(schedule, schedule.T)];
    const bits = (nats: number) => decimal(nats / Math.LN2, 3);
    return html`<p class="hint">
      ${text.curveLoss(
        bits(discreteDiffusionLoss(schedule, gaussianError)),
        bits(continuousDiffusionLoss(first, last, gaussianError)),
      )}
    </p>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('points') && this.#dragged === undefined) this.#pending = undefined;
    if (!this.#chart || changed.has('schedule')) this.#draw();
    this.#chart?.mark(this.t);
  }

  #draw(): void {
    const { schedule, text } = this;
    const t = Array.from(schedule.alphaBar, (_, i) => i);
    // At t = 0 there is no noise and the ratio is infinite: the curve starts at t = 1.
    const values = t.map((i) => (i > 0 ? snrDb(schedule, i) : null));
    if (this.#chart) this.#chart.setData(t, [values]);
    else {
      const host = this.querySelector('.plot') as HTMLElement;
      const lines = [{ label: text.snr, colour: '--accent', values }];
      this.#chart = new Chart(host, { x: t, lines, onDraw: () => this.#placeHandles() });
      this.#chart.plot.over.append(...this.#makeHandles());
    }
  }

  #makeHandles(): HTMLButtonElement[] {
    return Array.from({ length: HANDLES }, (_, i) => {
      const handle = document.createElement('button');
      handle.className = 'handle';
      // The ends are what the bound depends on; they stay.
      handle.disabled = i === 0 || i === HANDLES - 1;
      handle.addEventListener('pointerdown', (event) => {
        this.#dragged = i;
        handle.setPointerCapture(event.pointerId);
      });
      handle.addEventListener('pointermove', (event) => this.#drag(i, event));
      handle.addEventListener('lostpointercapture', () => this.#drop());
      handle.addEventListener('keydown', (event) => this.#nudge(i, event));
      return handle;
    });
  }

  #placeHandles(): void {
    const plot = this.#chart?.plot;
    if (!plot) return;
    const { T } = this.schedule;
    const handles = plot.over.querySelectorAll<HTMLButtonElement>('.handle');
    handles.forEach((handle, i) => {
      const point = this.#handles[i];
      handle.hidden = !point || T < HANDLES;
      if (!point) return;
      handle.style.left = `${plot.valToPos(timeOf(point.u, T), 'x')}px`;
      handle.style.top = `${plot.valToPos(point.gamma * DB_PER_GAMMA, 'y')}px`;
      handle.ariaLabel = this.text.curveHandle(
        Math.round(timeOf(point.u, T)),
        decimal(point.gamma * DB_PER_GAMMA, 1),
      );
    });
  }

  #drag(i: number, event: PointerEvent): void {
    const plot = this.#chart?.plot;
    if (this.#dragged !== i || !plot) return;
    const y = event.clientY - plot.over.getBoundingClientRect().top;
    this.#move(i, plot.posToVal(y, 'y') / DB_PER_GAMMA);
    if (performance.now() - this.#sentAt > PATIENCE) this.#propose();
  }

  #drop(): void {
    this.#dragged = undefined;
    this.#propose();
  }

  #nudge(i: number, event: KeyboardEvent): void {
    const by = { ArrowUp: -NUDGE, ArrowDown: NUDGE }[event.key];
    const point = this.#handles[i];
    if (by === undefined || !point) return;
    event.preventDefault();
    this.#move(i, point.gamma + by);
    this.#propose();
  }

  #move(i: number, to: number): void {
    this.#pending = dragPoint(this.#handles, i, to);
    this.#placeHandles();
  }

  #propose(): void {
    const points = this.#pending;
    if (!points) return;
    this.#sentAt = performance.now();
    this.send('curve', points);
  }

  protected override drawAnew(): void {
    this.#chart?.destroy();
    this.#chart = undefined;
    this.requestUpdate();
  }
}
customElements.define('diffuscope-curve', CurveEditor);
