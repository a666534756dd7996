/** Beside the pictures: what they are made from, how new they are, and when it was decided what they become. */
import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { range } from 'lit/directives/range.js';
import { type Images, valuesOf } from '../../diffusion/images.ts';
import type { Nearest } from '../../trajectory/nearest.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import type { NamedSet } from '../sets/named-set.ts';
import { significant } from '../significant.ts';
import type { GenerateText } from '../text/areas.ts';
import { COPY } from './novelty.ts';
import type { DenoiserName } from './wanted.ts';
import { generateWords } from './words.ts';

/** So many of a set's images are drawn at most. */
const SHOWN = 120;

export class KnownSet extends PageElement {
  static override properties = {
    ...PageElement.properties,
    set: { attribute: false },
    denoiser: {},
    novelty: { attribute: false },
    spread: { type: Number },
    lit: { type: Number },
    compact: { type: Boolean },
  };
  declare set: NamedSet | undefined;
  declare denoiser: DenoiserName;
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
    const { denoiser, compact } = this;
    const words = generateWords(this.text);
    return html`
      ${
        compact
          ? nothing
          : html`<section class="welcome">
              <h2>${words.titles[denoiser]}</h2>
              <p>${words.leads[denoiser]}</p>
              <p class="hint">${words.pickHint}</p>
            </section>`
      }
      ${denoiser === 'wiener' ? nothing : this.#novelty(words)}
      ${compact || denoiser === 'wiener' ? this.#known(words) : nothing}
    `;
  }

  #novelty(words: GenerateText) {
    const { novelty, spread } = this;
    const fresh = novelty?.filter(({ rms }) => rms >= COPY).length ?? 0;
    const mean = novelty && novelty.reduce((sum, { rms }) => sum + rms, 0) / novelty.length;
    return html`<section class="card">
      <h2>${words.novelty}</h2>
      <p class="novelty">
        ${mean === undefined || !novelty ? words.noveltyLater : words.noveltySummary(fresh, novelty.length, significant(mean, 2))}
        ${mean === undefined || Number.isNaN(spread) ? nothing : words.setSpread(significant(spread, 2))}
      </p>
    </section>`;
  }

  #known(words: GenerateText) {
    const { set, lit, denoiser } = this;
    if (!set) return nothing;
    const n = Math.min(set.images.shape.n, SHOWN);
    const choosing = denoiser === 'wiener';
    return html`<section class="card">
      <h2>${words.set} <span class="many">${set.images.shape.n}</span></h2>
      ${choosing && lit !== undefined ? html`<p class="hint">${words.source(lit + 1)}</p>` : nothing}
      <div class="known">
        ${map(range(n), (i) => {
          const picture = html`<canvas
            class="coarse ${i === lit ? 'lit' : ''}"
            width="1"
            height="1"
            aria-hidden="true"
          ></canvas>`;
          const name = words.takeSource(set.nameOf(i, this.text));
          return choosing
            ? html`<button aria-label=${name} title=${name} @click=${() => this.send('source', i)}>${picture}</button>`
            : picture;
        })}
      </div>
    </section>`;
  }

  protected override updated(_changed: PropertyValues): void {
    const images = this.set?.images;
    if (!images) return;
    for (const [i, canvas] of this.querySelectorAll<HTMLCanvasElement>('.known canvas').entries()) {
      if (this.#drawn === images && canvas.width > 1) continue;
      drawState(canvas, valuesOf(images, i, 1), images.shape);
    }
    this.#drawn = images;
  }
}
customElements.define('diffuscope-known-set', KnownSet);
