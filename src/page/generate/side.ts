/** Beside the pictures: what they are made from, how new they are, and when it was decided what they become. */
import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { range } from 'lit/directives/range.js';
import { type Images, valuesOf } from '../../diffusion/images.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import { significant } from '../significant.ts';
import { COPY, type Nearest } from './novelty.ts';
import { generateWords } from './words.ts';

/** So many of a set's images are drawn at most. */
const SHOWN = 120;

export class KnownSet extends PageElement {
  static override properties = {
    ...PageElement.properties,
    set: { attribute: false },
    novelty: { attribute: false },
    spread: { type: Number },
    lit: { type: Number },
    compact: { type: Boolean },
  };
  declare set: Images | undefined;
  /** Of the wall's samples, once measured. */
  declare novelty: readonly Nearest[] | undefined;
  /** The mean distance of the set's images to their nearest others; NaN until known. */
  declare spread: number;
  /** The image to point at, if any. */
  declare lit: number | undefined;
  /** Without the words of welcome. */
  declare compact: boolean;
  #drawn: Images | undefined;

  protected override render() {
    const { text, set, novelty, spread, compact } = this;
    const words = generateWords(text);
    const n = Math.min(set?.shape.n ?? 0, SHOWN);
    const fresh = novelty?.filter(({ distance }) => distance >= COPY).length ?? 0;
    const mean = novelty && novelty.reduce((sum, { distance }) => sum + distance, 0) / novelty.length;
    return html`
      ${
        compact
          ? nothing
          : html`<section class="welcome">
              <h2>${words.title}</h2>
              <p>${words.lead}</p>
              <p class="hint">${words.pickHint}</p>
            </section>`
      }
      <section class="card">
        <h2>${words.novelty}</h2>
        <p class="novelty">
          ${mean === undefined || !novelty ? words.noveltyLater : words.noveltySummary(fresh, novelty.length, significant(mean, 2))}
          ${mean === undefined || Number.isNaN(spread) ? nothing : words.setSpread(significant(spread, 2))}
        </p>
      </section>
      <section class="card">
        <h2>${words.set}${set ? html` <span class="many">${set.shape.n}</span>` : nothing}</h2>
        <div class="known" aria-hidden="true">
          ${map(range(n), (i) => html`<canvas class="coarse ${i === this.lit ? 'lit' : ''}" width="1" height="1"></canvas>`)}
        </div>
      </section>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    const { set } = this;
    if (!set || set === this.#drawn) return;
    this.#drawn = set;
    for (const [i, canvas] of this.querySelectorAll<HTMLCanvasElement>('.known canvas').entries()) {
      drawState(canvas, valuesOf(set, i, 1), set.shape);
    }
  }
}
customElements.define('diffuscope-known-set', KnownSet);
