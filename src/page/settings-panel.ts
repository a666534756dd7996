/** The run's settings, each a native control; a change is sent as text and checked by whoever receives it. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { T_MAX } from '../diffusion/schedule.ts';
import { PageElement } from './element.ts';
import { mebibytes } from './format.ts';
import { SEED_MOST } from './new-seed.ts';
import './noise-panel.ts';
import { numberField } from './number-field.ts';
import {
  DEVIATION_MAX,
  DEVIATION_MIN,
  isWhole,
  parseSetting,
  RADIUS_MAX,
  type Settings,
  STRENGTH_MIN,
  sizes,
} from './settings.ts';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

export class SettingsPanel extends PageElement {
  static override properties = {
    ...PageElement.properties,
    settings: { attribute: false },
    bytesOf: { attribute: false },
    typed: { state: true },
  };
  declare settings: Settings;
  /** What GPU memory settings would take, where that is known; absent until the run is there. */
  declare bytesOf: ((settings: Settings) => number | undefined) | undefined;
  /** What is being typed, and not in force yet. */
  declare typed: { readonly name: string; readonly text: string } | undefined;

  constructor() {
    super();
    this.typed = undefined;
  }

  protected override render() {
    const { text } = this;
    const sizeNames = Object.fromEntries(
      sizes.map((size) => [
        size,
        `${size === 'original' ? text.original : size}${this.#mebibytes({ size })}`,
      ]),
    );
    const bytes = this.bytesOf?.({ ...this.settings, ...this.#asTyped });
    return html`
      <h2>${text.settings}</h2>
      <div class="fields" @input=${this.#type}>
        <diffuscope-sampler-menus .text=${text} .settings=${this.settings}></diffuscope-sampler-menus>
        <div class="pair">
          ${this.#choice('schedule', text.schedule, text.schedules)} ${this.#number('T', text.steps, { min: 1, max: T_MAX })}
        </div>
        <div class="field">
          ${this.#number('seed', text.seed, { min: 0, max: SEED_MOST })}
          <button @click=${() => this.send('new-seed')} title="${text.newSeed} (n)">${text.newSeed}</button>
        </div>
        ${this.#choice('start', text.start, text.starts)}
        <div class="pair">
          ${this.#strength()} ${this.#choice('colour', text.colour, { rgb: text.rgb, grey: text.grey })}
        </div>
        ${this.#aboutStart()}
        ${this.#choice('denoiser', text.denoiserLabel, text.denoisers)}
        ${this.#denoiserOption()}
        ${this.#choice('normals', text.normals, text.normalSources)}
        ${this.settings.normals === 'fast' ? html`<p class="hint">${text.fastNormals}</p>` : null}
        <diffuscope-noise .text=${text} .settings=${this.settings}></diffuscope-noise>
        <div class="pair">
          ${this.#choice('size', text.size, sizeNames)}
          ${this.#choice('frame', text.frame, { square: text.square, whole: text.whole })}
        </div>
        ${bytes === undefined ? null : html`<p class="hint memory">${text.memory(mebibytes(bytes))}</p>`}
      </div>
    `;
  }

  /** From fresh noise the way back is whole. */
  #strength() {
    const range = { min: STRENGTH_MIN, max: 1, step: STRENGTH_MIN };
    return this.#number('strength', this.text.strength, range, this.settings.start === 'fresh');
  }

  #aboutStart() {
    const { text, settings } = this;
    if (settings.start === 'inversion')
      return html`<p class="hint">${text.aboutInversion[settings.denoiser]}</p>`;
    return isWhole(settings) ? null : html`<p class="hint">${text.aboutStrength}</p>`;
  }

  #denoiserOption() {
    const { text, settings } = this;
    switch (settings.denoiser) {
      case 'oracle':
        return null;
      case 'blurred-oracle':
        return this.#number('radius', text.radius, { min: 1, max: RADIUS_MAX });
      case 'gaussian':
        return this.#number('deviation', text.deviation, {
          min: DEVIATION_MIN,
          max: DEVIATION_MAX,
          step: DEVIATION_MIN,
        });
    }
  }

  #choice(name: keyof Settings, label: string, options: Record<string, string>) {
    return html`<label>
      <span>${label}</span>
      <select @change=${(event: Event) => this.#changed(name, (event.target as HTMLSelectElement).value)}>
        ${map(
          Object.entries(options),
          ([value, words]) =>
            html`<option value=${value} .selected=${live(value === String(this.settings[name]))}>${words}</option>`,
        )}
      </select>
    </label>`;
  }

  #number(name: keyof Settings, label: string, { min, max, step = 1 }: Range, disabled = false) {
    // What is being typed stays as it is, whatever else is shown anew meanwhile.
    const value = this.typed?.name === name ? this.typed.text : this.settings[name];
    return numberField({
      name,
      label,
      value,
      min,
      max,
      step,
      disabled,
      change: (text) => this.#changed(name, text),
    });
  }

  /** Said of every size before it is chosen. */
  #mebibytes(changes: Partial<Settings>): string {
    const bytes = this.bytesOf?.({ ...this.settings, ...changes });
    return bytes === undefined ? '' : ` · ${mebibytes(bytes)} MiB`;
  }

  readonly #type = ({ target }: Event): void => {
    const { name, value } = target as HTMLInputElement;
    if (Object.hasOwn(this.settings, name)) this.typed = { name, text: value };
  };

  get #asTyped(): Partial<Settings> {
    const { name = '', text = '' } = this.typed ?? {};
    const value = this.typed && parseSetting(name as keyof Settings, text);
    return value === undefined ? {} : { [name]: value };
  }

  #changed(name: keyof Settings, value: string): void {
    this.typed = undefined;
    this.send('setting', { name, value });
    // A value that was turned down is still in the control: show the one in force.
    this.requestUpdate();
  }
}
customElements.define('diffuscope-settings', SettingsPanel);
