/** The error of samplers against how many steps they take, for Gaussian data: drawn while it is computed. */
import { html, type PropertyValues } from 'lit';
import { type SamplerName, samplers } from '../../diffusion/samplers/list.ts';
import type { Schedule } from '../../diffusion/schedule.ts';
import { Chart, type Line } from '../chart.ts';
import { ChartedElement } from '../charted-element.ts';
import { significant } from '../significant.ts';
import { convergence, type Point, slope } from './convergence.ts';
import './error-controls.ts';
import './error-legend.ts';
import type { LegendEntry } from './error-legend.ts';
import { dataOf, type ErrorQuestion, floorOf, levelsOf, scheduleFor } from './error-question.ts';
import { errorTable } from './error-table.ts';
import { guides } from './guides.ts';
import type { SpacingName } from './names.ts';
import './samplers.css';
import { samplerWords } from './words.ts';

/** Milliseconds of arithmetic a frame may hold. */
const SLICE_MS = 6;
/** An error of 0 has no logarithm. */
const LEAST = 1e-17;
/** Room above and below the lines, as a factor. */
const ROOM = 2;

export class ErrorPlot extends ChartedElement {
  static override properties = {
    ...ChartedElement.properties,
    schedule: { attribute: false },
    chosen: { attribute: false },
    steps: { type: Number },
    spacing: {},
    deviation: { type: Number },
    question: { state: true },
    pointed: { state: true },
  };
  /** The run's. */
  declare schedule: Schedule;
  /** The samplers that are drawn, each at its colour's place; empty places are undefined. */
  declare chosen: readonly (SamplerName | undefined)[];
  /** The number of steps to mark. */
  declare steps: number;
  /** What the plot begins with; it may be changed here. */
  declare spacing: SpacingName;
  declare deviation: number;
  declare question: ErrorQuestion;
  /** The x that is pointed at. */
  declare pointed: number | undefined;

  #points = new Map<SamplerName, Point[]>();
  #frame = 0;
  #chart: Chart | undefined;
  /** The x that the chart has. */
  #xs: readonly number[] = [];

  constructor() {
    super();
    this.question = {
      ...{ schedule: 'cosine', spacing: 'log-snr', mean: 0.3, deviation: 0.5 },
      ...{ end: 'noise', against: 'n' },
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Cut short when it was taken out of sight.
    if (this.hasUpdated) this.#compute(true);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { spacing, deviation } = this;
    if (changed.has('spacing') || changed.has('deviation'))
      this.question = { ...this.question, spacing, deviation };
  }

  protected override render() {
    const { text, chosen, question, pointed } = this;
    const words = samplerWords(text);
    const { end, against } = question;
    const floor = () => significant(floorOf(question, scheduleFor(question, this.schedule)), 2);
    return html`
      <h3>${words.errors}</h3>
      <p class="aside">${words.errorsMeaning}</p>
      <diffuscope-error-controls
        .text=${text}
        .question=${question}
        @question=${({ detail }: CustomEvent<ErrorQuestion>) => {
          this.question = detail;
        }}
      ></diffuscope-error-controls>
      <p class="aside">${end === 'noise' ? words.aboutEnds.noise : words.aboutEnds.clean(floor())}</p>
      <div class="upright">
        <p class="axis-name" aria-hidden="true">${words.errorAxis[end]}</p>
        <div class="plot errors" role="img" aria-label=${words.errorAxes(words.errorAxis[end], words.numberOf[against])}></div>
        <p class="axis-name" aria-hidden="true">${words.numberOf[against]}</p>
      </div>
      <diffuscope-error-legend
        .text=${text}
        .chosen=${chosen}
        .entries=${this.#entries()}
        .pointed=${pointed}
        @chosen=${({ detail }: CustomEvent<typeof this.chosen>) => {
          this.chosen = detail;
        }}
      ></diffuscope-error-legend>
      ${errorTable({
        ...{ words, against, names: this.#shown, xs: this.#crossings() },
        at: (name, x) => this.#at(name, x),
      })}
    `;
  }

  get #shown(): SamplerName[] {
    return this.chosen.filter((name) => name !== undefined);
  }

  #entries(): Map<SamplerName, LegendEntry> {
    const { pointed } = this;
    return new Map(
      this.#shown.map((name) => [
        name,
        {
          seen: slope(this.#points.get(name) ?? []),
          here: pointed === undefined ? null : this.#at(name, pointed),
        },
      ]),
    );
  }

  /** Every x that some line has a point at, rising. */
  #crossings(): number[] {
    const { against } = this.question;
    const xs = this.#shown.flatMap((name) => (this.#points.get(name) ?? []).map((point) => point[against]));
    return [...new Set(xs)].sort((a, b) => a - b);
  }

  #at(name: SamplerName, x: number): number | null {
    const { against } = this.question;
    return this.#points.get(name)?.find((point) => point[against] === x)?.error ?? null;
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('question') as ErrorQuestion | undefined;
    const { question } = this;
    const onlyAxis = before && JSON.stringify({ ...before, against: question.against });
    const other = changed.has('question') && onlyAxis !== JSON.stringify(question);
    if (other || (changed.has('schedule') && question.schedule === 'run')) this.#points.clear();
    if (other || changed.has('chosen') || changed.has('schedule')) this.#compute();
    if (changed.has('text') || changed.has('chosen') || changed.has('question')) this.#draw();
    this.#mark();
  }

  /** Computes what is missing, a few milliseconds a frame; or all, where what is there may be half done. */
  #compute(anew = false): void {
    cancelAnimationFrame(this.#frame);
    if (anew) this.#points.clear();
    const missing = this.#shown.filter((name) => !this.#points.has(name));
    if (missing.length === 0) return;
    for (const name of missing) this.#points.set(name, []);
    const { question } = this;
    const points = convergence({
      samplers: new Map(missing.map((name) => [name, samplers[name].make()])),
      levels: levelsOf(question, scheduleFor(question, this.schedule)),
      data: dataOf(question),
    });
    const slice = () => {
      const until = performance.now() + SLICE_MS;
      let done = false;
      do {
        const next = points.next();
        done = next.done ?? false;
        if (!done && next.value) this.#points.get(next.value[0])?.push(next.value[1]);
      } while (!done && performance.now() < until);
      this.#draw();
      this.requestUpdate();
      if (!done) this.#frame = requestAnimationFrame(slice);
    };
    this.#frame = requestAnimationFrame(slice);
  }

  #lines(): Line[] {
    const { names } = samplerWords(this.text);
    return this.chosen.flatMap((name, place) =>
      name
        ? [
            {
              label: names[name],
              colour: `--line-${place + 1}`,
              dashed: samplers[name].stochastic,
              dots: true,
              values: this.#xs.map((x) => {
                const error = this.#at(name, x);
                return error === null ? null : Math.max(error, LEAST);
              }),
            },
          ]
        : [],
    );
  }

  #draw(): void {
    const host = this.querySelector<HTMLElement>('.plot.errors');
    if (!host) return;
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#xs = this.#crossings();
    const lines = this.#lines();
    const errors = lines.flatMap(({ values }) => Array.from(values).filter((value) => value !== null));
    if (errors.length === 0) return;
    const [least, most] = [Math.min(...errors), Math.max(...errors)];
    this.#chart = new Chart(host, {
      x: this.#xs,
      xLog: [1, 2, 5, 10, 20, 50, 100, 200, 400],
      yLog: true,
      yRange: [least / ROOM, most * ROOM],
      height: 300,
      lines: [...guides(this.#xs, most, samplerWords(this.text).order), ...lines],
      onPoint: (index) => {
        this.pointed = index === undefined ? undefined : this.#xs[index];
      },
    });
    this.#mark();
  }

  #mark(): void {
    this.#chart?.mark(this.question.against === 'n' ? this.steps : undefined);
  }

  protected override drawAnew(): void {
    this.#draw();
  }
}
customElements.define('diffuscope-error-plot', ErrorPlot);
