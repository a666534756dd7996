/** What is made: of what shape and size, how many, from which noise, and whether exactly. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import type { Size } from '../../diffusion/resample.ts';
import { PageElement } from '../element.ts';
import { SEED_MOST } from '../new-seed.ts';
import { numberField } from '../number-field.ts';
import type { SingleText } from '../text/areas.ts';
import { aspectOf, type ShapeName, SIDES, shapeNames, shapeOf, shorterOf, sized } from './shapes.ts';
import { SIDE_LEAST, SIDE_MOST, type Wanted } from './wanted.ts';
import { singleWords } from './words.ts';

/** Values as typed or chosen: whoever receives them checks them. */
export type Changes = Partial<Record<keyof Wanted, string>>;

const COUNTS = [1, 4, 9];

export class SingleControls extends PageElement {
  static override properties = {
    ...PageElement.properties,
    wanted: { attribute: false },
    source: { attribute: false },
  };
  declare wanted: Wanted;
  /** The source's size. */
  declare source: Size;

  protected override render() {
    const words = singleWords(this.text);
    return html`
      <h2>${words.make}</h2>
      <div class="fields">
        ${this.#shapes(words)}
        <div class="numbers">
          ${this.#number('w', words.w, SIDE_LEAST, SIDE_MOST)} ${this.#number('h', words.h, SIDE_LEAST, SIDE_MOST)}
          ${this.#sides(words)} ${this.#counts(words)} ${this.#number('seed', words.seed, 0, SEED_MOST)}
        </div>
        ${this.#exact(words)}
      </div>
    `;
  }

  #shapes(words: SingleText) {
    const { wanted, source } = this;
    const now = shapeOf(wanted, source);
    return html`<div class="shapes" role="group" aria-label=${words.shape}>
      ${map(shapeNames, (shape) => {
        const aspect = aspectOf(shape, source);
        return html`<button aria-pressed=${shape === now} @click=${() => this.#reshape(shape)}>
          <span class="outline" .style=${`--aspect: ${Math.min(Math.max(aspect, 0.4), 3.5)}`}></span>
          ${words.shapes[shape]}
        </button>`;
      })}
    </div>`;
  }

  #reshape(shape: ShapeName): void {
    this.#resize(shorterOf(this.wanted), aspectOf(shape, this.source));
  }

  #resize(shorter: number, aspect: number): void {
    const { w, h } = sized(shorter, aspect);
    this.#changed({ w: String(w), h: String(h) });
  }

  #sides(words: SingleText) {
    const { wanted, source } = this;
    const now = shorterOf(wanted);
    const shape = shapeOf(wanted, source);
    const aspect = shape ? aspectOf(shape, source) : wanted.w / wanted.h;
    return html`<label>
      <span>${words.side}</span>
      <select @change=${(event: Event) => this.#resize(Number((event.target as HTMLSelectElement).value), aspect)}>
        ${map(
          [...new Set([...SIDES, now])].sort((a, b) => a - b),
          (side) => html`<option value=${side} .selected=${live(side === now)}>${side}</option>`,
        )}
      </select>
    </label>`;
  }

  #counts(words: SingleText) {
    const { n } = this.wanted;
    return html`<label>
      <span>${words.n}</span>
      <select @change=${(event: Event) => this.#changed({ n: (event.target as HTMLSelectElement).value })}>
        ${map(
          [...new Set([...COUNTS, n])].sort((a, b) => a - b),
          (count) => html`<option value=${count} .selected=${live(count === n)}>${count}</option>`,
        )}
      </select>
    </label>`;
  }

  #exact(words: SingleText) {
    const { exact, kind } = this.wanted;
    const always = kind === 'pixels';
    const note = always ? 'always' : exact ? 'on' : 'off';
    return html`<div>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          .checked=${live(exact || always)}
          ?disabled=${always}
          aria-describedby="exact-note"
          @change=${(event: Event) => this.#changed({ exact: (event.target as HTMLInputElement).checked ? '1' : '0' })}
        />
        ${words.exact}
      </label>
      <p class="hint" id="exact-note">${words.exactNotes[note]}</p>
    </div>`;
  }

  #number(name: 'w' | 'h' | 'seed', label: string, min: number, max: number) {
    const value = this.wanted[name];
    return numberField({ label, value, min, max, change: (text) => this.#changed({ [name]: text }) });
  }

  #changed(changes: Changes): void {
    this.send<Changes>('wanted', changes);
    // A value that was turned down is still in the control: show the one in force.
    this.requestUpdate();
  }
}
customElements.define('diffuscope-single-controls', SingleControls);
