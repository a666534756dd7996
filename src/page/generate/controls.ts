/** What generates: the set, the denoiser, how far it looks, how many at once, from which noise, by which steps. */
import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import type { Images } from '../../diffusion/images.ts';
import type { Step } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { type DenoiserKind, fetchDenoiser } from '../../trajectory/trajectory.ts';
import { PageElement } from '../element.ts';
import { mebibytes } from '../format.ts';
import { SEED_MOST } from '../new-seed.ts';
import { numberField } from '../number-field.ts';
import { samplerSelect } from '../samplers/menus.ts';
import { samplerWords } from '../samplers/words.ts';
import type { GenerateText } from '../text/generate-en.ts';
import { stepsOf } from './steps.ts';
import { wallBytes } from './wall-bytes.ts';
import { type DenoiserName, N_MOST, parseWanted, STEPS_LEAST, STEPS_MOST, type Wanted } from './wanted.ts';
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
    gpu: { attribute: false },
    set: { attribute: false },
    typed: { state: true },
    made: { state: true },
    kind: { state: true },
  };
  declare wanted: Wanted;
  /** Of the set's images, in pixels. */
  declare size: number;
  declare denoisers: readonly DenoiserName[];
  /** Undefined until there is one. */
  declare gpu: Gpu | undefined;
  /** Undefined until it is there. */
  declare set: Images | undefined;
  /** A number of steps that is being typed, and not in force yet. */
  declare typed: string | undefined;
  /** The steps that `typed` or else `wanted` asks for; undefined until their code is there. */
  declare made: readonly Step[] | undefined;
  /** What is known of the denoiser beforehand; undefined until its code is there. */
  declare kind: DenoiserKind | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('wanted')) this.typed = undefined;
    if (changed.has('wanted') || changed.has('typed')) void this.#makeSteps();
    if (changed.has('wanted')) void this.#fetchKind();
  }

  async #fetchKind(): Promise<void> {
    const { wanted } = this;
    const kind = await fetchDenoiser(wanted.denoiser).catch(() => undefined);
    if (wanted === this.wanted) this.kind = kind;
  }

  async #makeSteps(): Promise<void> {
    const { wanted, typed } = this;
    const steps = parseWanted('steps', typed ?? '') ?? wanted.steps;
    const made = await stepsOf({ ...wanted, steps }).catch(() => undefined);
    if (wanted === this.wanted && typed === this.typed) this.made = made;
  }

  /** What so many images at once would take, in MiB; undefined until that is known. */
  #mebibytes(n: number): string | undefined {
    const { gpu, set, made: steps, kind, wanted } = this;
    const known = kind?.name === wanted.denoiser;
    const bytes = gpu && set && steps && known ? wallBytes(gpu, wanted, { n, set, steps, kind }) : undefined;
    return bytes === undefined ? undefined : mebibytes(bytes);
  }

  protected override render() {
    const { text, wanted } = this;
    const words = generateWords(text);
    const samplers = samplerWords(text);
    const memory = this.#mebibytes(wanted.n);
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
                (n) => html`<option value=${n} .selected=${live(n === wanted.n)}>${this.#count(n)}</option>`,
              )}
            </select>
          </label>
          ${this.#number('steps', words.steps, STEPS_LEAST, STEPS_MOST)}
        </div>
        ${memory === undefined ? nothing : html`<p class="hint memory">${text.memory(memory)}</p>`}
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
    const typed = name === 'steps' ? this.typed : undefined;
    return numberField({
      ...{ label, min, max, value: typed ?? this.wanted[name] },
      type: (text) => this.#type(name, text),
      change: (text) => this.#changed(name, text),
    });
  }

  /** How many, and what they take, said before they are chosen. */
  #count(n: number): string {
    const memory = this.#mebibytes(n);
    return memory === undefined ? String(n) : `${n} · ${memory} MiB`;
  }

  #type(name: 'seed' | 'steps', text: string): void {
    if (name === 'steps') this.typed = text;
  }

  #changed(name: keyof Wanted, value: string): void {
    this.typed = undefined;
    this.send<Change>('wanted', { name, value });
    // A value that was turned down is still in the control: show the one in force.
    this.requestUpdate();
  }
}
customElements.define('diffuscope-generate-controls', GenerateControls);
