/** The run's settings, each a native control; a change is sent as text and checked by whoever receives it. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { T_MAX } from '../diffusion/schedule.ts';
import { PageElement } from './element.ts';
import './noise-panel.ts';
import { RADIUS_MAX, SEED_MAX, type Settings, sizes } from './settings.ts';

export class SettingsPanel extends PageElement {
  static override properties = { ...PageElement.properties, settings: { attribute: false } };
  declare settings: Settings;

  protected override render() {
    const { text } = this;
    const sizeNames = Object.fromEntries(
      sizes.map((size) => [size, size === 'original' ? text.original : size]),
    );
    return html`
      <h2>${text.settings}</h2>
      <div class="fields">
        <div class="pair">
          ${this.#choice('schedule', text.schedule, text.schedules)} ${this.#number('T', text.steps, 1, T_MAX)}
        </div>
        <div class="field">
          ${this.#number('seed', text.seed, 0, SEED_MAX)}
          <button @click=${() => this.send('new-seed')} title="${text.newSeed} (n)">${text.newSeed}</button>
        </div>
        <div class="pair">
          ${this.#choice('start', text.start, text.starts)}
          ${this.#choice('colour', text.colour, { rgb: text.rgb, grey: text.grey })}
        </div>
        ${this.#choice('denoiser', text.denoiserLabel, text.denoisers)}
        ${this.settings.denoiser === 'oracle' ? null : this.#number('radius', text.radius, 1, RADIUS_MAX)}
        <diffuscope-noise .text=${text} .settings=${this.settings}></diffuscope-noise>
        <div class="pair">
          ${this.#choice('size', text.size, sizeNames)}
          ${this.#choice('frame', text.frame, { square: text.square, whole: text.whole })}
        </div>
      </div>
    `;
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

  #number(name: keyof Settings, label: string, min: number, max: number) {
    return html`<label>
      <span>${label}</span>
      <input
        type="number"
        inputmode="numeric"
        min=${min}
        max=${max}
        .value=${live(String(this.settings[name]))}
        @change=${(event: Event) => this.#changed(name, (event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  #changed(name: keyof Settings, value: string): void {
    this.send('setting', { name, value });
    // A value that was turned down is still in the control: show the one in force.
    this.requestUpdate();
  }
}
customElements.define('diffuscope-settings', SettingsPanel);
