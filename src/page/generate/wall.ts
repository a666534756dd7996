/** The batch: all samples on one canvas, and over it a button for each. */
import { html, nothing } from 'lit';
import { map } from 'lit/directives/map.js';
import { range } from 'lit/directives/range.js';
import type { Nearest } from '../../trajectory/nearest.ts';
import { PageElement } from '../element.ts';
import { significant } from '../significant.ts';
import { COPY } from './novelty.ts';
import { neighbour, type Tiling, tiling } from './tiles.ts';
import type { DenoiserName } from './wanted.ts';
import { generateWords } from './words.ts';

export class Wall extends PageElement {
  static override properties = {
    ...PageElement.properties,
    n: { type: Number },
    aspect: { type: Number },
    denoiser: {},
    predicted: { type: Boolean },
    sample: { type: Number },
    novelty: { attribute: false },
    focused: { state: true },
  };
  declare n: number;
  /** Width to height of one image. */
  declare aspect: number;
  declare denoiser: DenoiserName;
  /** Whether x̂_0 is shown instead of x_t. */
  declare predicted: boolean;
  /** Which one is on the stage, if any. */
  declare sample: number | undefined;
  /** Of every sample, once measured. */
  declare novelty: readonly Nearest[] | undefined;
  /** The one tile that the Tab key reaches. */
  declare focused: number;

  constructor() {
    super();
    this.focused = 0;
  }

  get canvases(): { x: HTMLCanvasElement; x0Hat: HTMLCanvasElement } {
    const canvas = (name: string) =>
      this.querySelector<HTMLCanvasElement>(`canvas.${name}`) as HTMLCanvasElement;
    return { x: canvas('x'), x0Hat: canvas('x0-hat') };
  }

  protected override render() {
    const { text, n, aspect, denoiser, predicted } = this;
    const words = generateWords(text);
    const { columns, rows } = tiling(n);
    const empty = columns * rows - n;
    return html`
      <div class="wall" .style=${`--columns: ${columns}; --rows: ${rows}; --tile: ${aspect}`}>
        <canvas class="x coarse" ?hidden=${predicted} aria-hidden="true"></canvas>
        <canvas class="x0-hat coarse" ?hidden=${!predicted} aria-hidden="true"></canvas>
        <div class="tiles" role="group" aria-label=${words.wall(n)} @keydown=${this.#move}>
          ${map(range(n), (b) => this.#tile(b))}
          ${map(range(empty), () => html`<span class="no-tile"></span>`)}
        </div>
        <span class="badge denoiser" title=${words.badgeMeanings[denoiser]}>${words.badges[denoiser]}</span>
      </div>
    `;
  }

  #tile(b: number) {
    const { n, sample, novelty } = this;
    const words = generateWords(this.text);
    const nearest = novelty?.[b];
    const distance = nearest && significant(nearest.rms, 2);
    const copy = nearest !== undefined && nearest.rms < COPY;
    const name = words.tile(b + 1, n);
    return html`<span class="tile">
      <button
        data-sample=${b}
        tabindex=${b === Math.min(this.focused, n - 1) ? 0 : -1}
        aria-pressed=${b === sample}
        aria-label=${distance === undefined ? name : words.tileDone(name, distance, copy)}
        @click=${() => this.send('pick', b)}
      >
        ${distance === undefined ? nothing : html`<span class="chip ${copy ? 'copied' : ''}">${copy ? words.copy : distance}</span>`}
      </button>
    </span>`;
  }

  #move(event: KeyboardEvent): void {
    const from = Number((event.target as HTMLElement).dataset.sample);
    const to = neighbour(event.key, from, this.n, tiling(this.n) satisfies Tiling);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.focused = to;
    this.querySelector<HTMLElement>(`[data-sample="${to}"]`)?.focus();
  }
}
customElements.define('diffuscope-wall', Wall);
