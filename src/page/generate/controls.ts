/** What generates: the set, the denoiser, how far it looks, how many at once, from which noise, by which steps. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import { SEED_MOST } from '../new-seed.ts';
import { numberField } from '../number-field.ts';
import { samplerSelect } from '../samplers/menus.ts';
import { samplerWords } from '../samplers/words.ts';
import type { GenerateText } from '../text/generate-en.ts';
import { type DenoiserName, N_MOST, STEPS_LEAST, STEPS_MOST, type Wanted } from './wanted.ts';
import { NOTCHES, notchOf, windowAt } from './window-sizes.ts';
import { generateWords } from './words.ts';

export interface Change {
  readonly name: keyof Wanted;
  /** As typed or chosen: whoever receives it checks it. */
  readonly value: string;
}

const COUNTS = [1, 4, 9, 16, 25, 36, 49, N_MOST];

export class GenerateControls extends PageElement {
  static override properties = {
    ...PageElement.properties,
    wanted: { attribute: false },
    size: { type: Number },
    denoisers: { attribute: false },
  };
  declare wanted: Wanted;
  /** Of the set's images, in pixels. */
  declare size: number;
  declare denoisers: readonly DenoiserName[];

  protected override render() {
    const { text, wanted } = this;
    const words = generateWords(text);
    const samplers = samplerWords(text);
    return html`
      <h2>${words.settings}</h2>
      <div class="fields">
        <fieldset class="choices">
          <legend>${words.denoiser}</legend>
          ${map(
            this.denoisers,
            (name) => html`<label class=${name === wanted.denoiser ? 'chosen' : ''}>
              <input
                type="radio"
                name="denoiser"
                value=${name}
                .checked=${live(name === wanted.denoiser)}
                @change=${() => this.#changed('denoiser', name)}
              />
              <span><b>${words.denoisers[name]}</b> ${words.denoiserNotes[name]}</span>
            </label>`,
          )}
        </fieldset>
        ${wanted.denoiser === 'local' ? this.#creativity(words) : nothing}
        <div class="pair">
          ${this.#number('seed', words.seed, 0, SEED_MOST)}
          <button class="low" @click=${() => this.send('new-seed')} title="${words.newSeed} (n)">${words.newSeed}</button>
        </div>
        <div class="pair">
          <label>
            <span>${words.count}</span>
            <select @change=${(event: Event) => this.#changed('n', (event.target as HTMLSelectElement).value)}>
              ${map(
                [...new Set([...COUNTS, wanted.n])].sort((a, b) => a - b),
                (n) => html`<option value=${n} .selected=${live(n === wanted.n)}>${n}</option>`,
              )}
            </select>
          </label>
          ${this.#number('steps', words.steps, STEPS_LEAST, STEPS_MOST)}
        </div>
        <label>
          <span>${words.sampler}</span>
          ${samplerSelect({
            value: wanted.sampler,
            names: samplers.names,
            groups: samplers.groups,
            without: ['posterior'],
            change: (value) => this.#changed('sampler', value),
          })}
        </label>
        ${
          wanted.sampler === 'ddim'
            ? html`<label class="slid">
                <span>${words.eta} <b>${wanted.eta}</b></span>
                <input
                  type="range"
                  min="0"
                  max="1"
                  step="0.05"
                  .value=${live(String(wanted.eta))}
                  @change=${(event: Event) => this.#changed('eta', (event.target as HTMLInputElement).value)}
                />
              </label>`
            : nothing
        }
      </div>
    `;
  }

  #creativity(words: GenerateText) {
    const { wanted, size } = this;
    const now = words.creativityNow(wanted.k, size);
    return html`<div class="slid creativity">
      <label>
        <span>${words.creativity} <b>${now}</b></span>
        <input
          type="range"
          min="0"
          max=${NOTCHES}
          step="1"
          .value=${live(String(notchOf(wanted.k, size)))}
          aria-valuetext=${now}
          @change=${(event: Event) =>
            this.#changed('k', String(windowAt(Number((event.target as HTMLInputElement).value), size)))}
        />
      </label>
      <div class="ends" aria-hidden="true">${map(words.creativityEnds, (word) => html`<span>${word}</span>`)}</div>
    </div>`;
  }

  #number(name: 'seed' | 'steps', label: string, min: number, max: number) {
    const { wanted } = this;
    return numberField({ label, min, max, value: wanted[name], change: (text) => this.#changed(name, text) });
  }

  #changed(name: keyof Wanted, value: string): void {
    this.send<Change>('wanted', { name, value });
    // A value that was turned down is still in the control: show the one in force.
    this.requestUpdate();
  }
}
customElements.define('diffuscope-generate-controls', GenerateControls);
