/** The rows of a run as a table of numbers, the present one lit. Of a thousand rows only those in sight are there. */
import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { range } from 'lit/directives/range.js';
import { PageElement } from '../element.ts';
import { timeText } from '../format.ts';
import { significant } from '../significant.ts';
import type { SamplersText } from '../text/samplers-en.ts';
import { formula, type Half, halfOf, type NumberRow, slotNames, type Table } from './rows.ts';
import './samplers.css';
import { samplerWords } from './words.ts';

/** Of a row in pixels; samplers.css has the same. */
const HEIGHT = 28;
/** Rows above and below those in sight, so that none is missing while one scrolls. */
const MARGIN = 6;
/** How many digits of a number are shown. */
const DIGITS = 4;

export class Coefficients extends PageElement {
  static override properties = {
    ...PageElement.properties,
    path: { attribute: false },
    position: { type: Number },
    top: { state: true },
    inSight: { state: true },
  };
  /** Of the run; none yet while it is made. */
  declare path: Table | undefined;
  /** The state that is shown, and so the row that made it. */
  declare position: number;
  /** The first row in sight. */
  declare top: number;
  /** How many rows are in sight. */
  declare inSight: number;
  #half: Half | undefined;
  readonly #resized = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.top = 0;
    this.inSight = 12;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.path || !(changed.has('path') || changed.has('position'))) return;
    const { start = -1, rows = [] } = this.#half ?? {};
    const inside = this.position >= start && this.position < start + rows.length;
    if (changed.has('path') || !inside) this.#half = halfOf(this.path, this.position);
  }

  protected override render() {
    const { text, path } = this;
    const words = samplerWords(text);
    const half = this.#half;
    const hint = path ? words.tableMatrices : words.tableWaits;
    return html`
      <h2>${words.table(half?.direction === 'reverse' ? text.reverse : text.forward)}</h2>
      ${half ? this.#table(half, words) : html`<p class="hint">${hint}</p>`}
    `;
  }

  #table(half: Half, words: SamplersText) {
    const { rows, slots, unclipped } = half;
    const first = Math.max(0, Math.min(this.top - MARGIN, rows.length - this.inSight - 2 * MARGIN));
    const last = Math.min(rows.length, first + this.inSight + 2 * MARGIN);
    const { times, kept } = words.tableColumns;
    const columns = [
      times,
      'a',
      'b',
      ...(unclipped ? [words.unclippedColumn] : []),
      ...slotNames.slice(0, slots).map((name) => name.replace('m', 'c')),
      's',
      ...(slots > 0 ? [kept] : []),
    ];
    return html`
      <p class="hint">${slots > 0 ? words.tableMeaning.memory : words.tableMeaning.plain}</p>
      <div
        class="coefficients"
        tabindex="0"
        role="region"
        aria-label=${words.tableLabel}
        @scroll=${this.#measure}
        @keydown=${this.#key}
      >
        <table aria-rowcount=${rows.length + 1}>
          <thead>
            <tr aria-rowindex="1">
              ${map(columns, (name) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.#space(first)}
            ${map(range(first, last), (k) => this.#row(half, k))}
            ${this.#space(rows.length - last)}
          </tbody>
        </table>
      </div>
    `;
  }

  /** The room of rows that are not there. */
  #space(count: number) {
    return count > 0
      ? html`<tr class="space" aria-hidden="true" .style=${`height: ${count * HEIGHT}px`}></tr>`
      : nothing;
  }

  #row({ rows, start, slots, unclipped, times }: Half, k: number) {
    const { a, b, s, bUnclipped = 0, c = [], keep = 0, kept } = rows[k] as NumberRow;
    const number = (value: number) =>
      html`<td class=${value === 0 ? 'zero' : ''}>${significant(value, DIGITS)}</td>`;
    const now = start + k === this.position;
    const [from, to] = [times[k - 1] as number, times[k] as number];
    const passage =
      k === 0
        ? start === 0
          ? html`x<sub>0</sub>`
          : html`x<sub>${timeText(to)}</sub>`
        : `${timeText(from)} → ${timeText(to)}`;
    return html`<tr
      class=${now ? 'now' : ''}
      aria-current=${now ? 'step' : nothing}
      aria-rowindex=${k + 2}
      @click=${() => this.send('row', start + k)}
    >
      <th scope="row">${passage}</th>
      ${number(a)}${number(b)}${unclipped ? number(bUnclipped) : nothing}
      ${map(range(slots), (slot) => number(c[slot] ?? 0))} ${number(s)}
      ${slots > 0 ? html`<td class="kept">${kept ? `${slotNames[keep]} ← ${formula(kept)}` : ''}</td>` : nothing}
    </tr>`;
  }

  /** From row to row, and so along the run, within this half of it. */
  #key(event: KeyboardEvent): void {
    const half = this.#half;
    if (!half || event.ctrlKey || event.metaKey || event.altKey) return;
    const { start, rows } = half;
    const page = Math.max(1, this.inSight - 2);
    const last = start + rows.length - 1;
    const places: Record<string, number> = {
      ArrowUp: this.position - 1,
      ArrowDown: this.position + 1,
      PageUp: this.position - page,
      PageDown: this.position + page,
      Home: start,
      End: last,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    this.send('row', Math.min(Math.max(place, start), last));
  }

  get #scroller(): HTMLElement | null {
    return this.querySelector('.coefficients');
  }

  #measure(): void {
    const { scrollTop, clientHeight } = this.#scroller ?? { scrollTop: 0, clientHeight: 0 };
    this.top = Math.floor(scrollTop / HEIGHT);
    this.inSight = Math.max(1, Math.ceil(clientHeight / HEIGHT));
  }

  protected override updated(changed: PropertyValues): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#resized.observe(scroller);
    if (!changed.has('position') && !changed.has('path')) return;
    // The table's own window only: the page stays where it is. The head covers one row.
    const from = (this.position - (this.#half?.start ?? 0)) * HEIGHT;
    const sight = scroller.clientHeight - 2 * HEIGHT;
    if (from < scroller.scrollTop || from > scroller.scrollTop + sight) {
      scroller.scrollTop = from - sight / 2;
    }
  }
}
customElements.define('diffuscope-coefficients', Coefficients);
