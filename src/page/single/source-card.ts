/** The one picture: as the denoiser knows it, where another may come from, and what it is a picture of. */
import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { valuesOf } from '../../diffusion/images.ts';
import { PICTURE_KINDS } from '../../diffusion/pyramid.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import type { SingleText } from '../text/areas.ts';
import { type ExampleName, exampleKinds, exampleNames } from './example-kinds.ts';
import { exampleUrls } from './examples.ts';
import type { Prepared } from './prepare.ts';
import type { Wanted } from './wanted.ts';
import { singleWords } from './words.ts';

export class SourceCard extends PageElement {
  static override properties = {
    ...PageElement.properties,
    wanted: { attribute: false },
    asked: { attribute: false },
    prepared: { attribute: false },
    name: {},
  };
  /** What the figure is of. */
  declare wanted: Wanted;
  /** What the choices say. */
  declare asked: Wanted;
  /** Undefined until there is one. */
  declare prepared: Prepared | undefined;
  /** What an own picture's file is called. */
  declare name: string;

  /** Opens the browser's file dialogue. */
  choose(): void {
    this.querySelector<HTMLInputElement>('input[type=file]')?.click();
  }

  protected override render() {
    const { text, asked } = this;
    const words = singleWords(text);
    return html`
      <h2>${words.source}</h2>
      ${this.#figure(words)}
      <div class="samples" role="group" aria-label=${words.examplesLabel}>
        ${map(exampleNames, (name) => this.#example(name, words))}
      </div>
      <div class="drop">
        ${words.drop} <button class="link" @click=${this.choose}>${text.choose}</button>
        <input type="file" accept="image/*,.svg" hidden aria-label=${text.choose} @change=${this.#chosen} />
      </div>
      <label class="kind">
        <span>${words.kind}</span>
        <select @change=${(event: Event) => this.send('kind', (event.target as HTMLSelectElement).value)}>
          ${map(
            PICTURE_KINDS,
            (kind) =>
              html`<option value=${kind} .selected=${live(kind === asked.kind)}>${words.kinds[kind]}</option>`,
          )}
        </select>
      </label>
      <p class="hint">${words.kindNotes[asked.kind]}</p>
    `;
  }

  #figure(words: SingleText) {
    const { wanted, prepared } = this;
    const name = wanted.source === 'own' ? this.name : words.examples[wanted.source];
    const { h, w } = prepared?.images.shape ?? { h: 1, w: 1 };
    const size = prepared && words.levelSize(prepared.original.w, prepared.original.h);
    const change = prepared && size && words.changes[prepared.change](size);
    return html`<figure class="source">
      <canvas
        class=${wanted.kind === 'pixels' ? 'coarse' : ''}
        role="img"
        aria-label=${words.sourcePicture(name)}
        .style=${`--aspect: ${w / h}`}
      ></canvas>
      <figcaption>
        <b class="name">${name}</b> ${prepared ? words.levelSize(w, h) : nothing}
        ${change ? html`<span class="change">${change}</span>` : nothing}
      </figcaption>
    </figure>`;
  }

  #example(name: ExampleName, words: SingleText) {
    const active = name === this.asked.source;
    const coarse = exampleKinds[name] === 'pixels' ? 'coarse' : '';
    return html`<button
      class="sample ${active ? 'active' : ''}"
      aria-pressed=${active}
      title=${words.examples[name]}
      @click=${() => this.send('source', name)}
    >
      <img class=${coarse} src=${exampleUrls[name]} alt=${words.examples[name]} width="128" height="128" />
    </button>`;
  }

  protected override updated(changed: PropertyValues): void {
    const { images } = this.prepared ?? {};
    if (!images || !changed.has('prepared')) return;
    drawState(this.querySelector('canvas') as HTMLCanvasElement, valuesOf(images, 0, 1), images.shape);
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file chosen twice is a change, too.
    input.value = '';
    if (file) this.send('file', file);
  }
}
customElements.define('diffuscope-one-source', SourceCard);
