/** In which colours the noise lives: independent channels, presets, or a covariance of the visitor's own. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { PageElement } from './element.ts';
import { noiseNames, type Settings } from './settings.ts';

const CHANNELS = ['R', 'G', 'B'];
/** Where the six numbers of a symmetric matrix stand, row by row. */
const PLACES = [
  [0, 1, 2],
  [1, 3, 4],
  [2, 4, 5],
];

export class NoisePanel extends PageElement {
  static override properties = { ...PageElement.properties, settings: { attribute: false } };
  declare settings: Settings;

  protected override render() {
    const { text, settings } = this;
    return html`
      <label>
        <span>${text.noiseIn}</span>
        <select
          ?disabled=${settings.colour === 'grey'}
          @change=${(event: Event) => this.#send('noise', (event.target as HTMLSelectElement).value)}
        >
          ${map(
            noiseNames,
            (name) =>
              html`<option value=${name} .selected=${live(name === settings.noise)}>${text.noises[name]}</option>`,
          )}
        </select>
      </label>
      ${settings.noise === 'custom' && settings.colour === 'rgb' ? this.#matrix() : null}
    `;
  }

  #matrix() {
    const sigma = this.settings.sigma.split(',');
    return html`
      <table class="matrix" aria-label=${this.text.covariance}>
        <tbody>
          ${map(
            PLACES,
            (row, i) => html`<tr>
              ${map(
                row,
                (place, j) => html`<td>
                  <input
                    type="number"
                    step="any"
                    aria-label="Σ ${CHANNELS[i]}${CHANNELS[j]}"
                    ?disabled=${j < i}
                    .value=${live(sigma[place] ?? '')}
                    @change=${(event: Event) =>
                      this.#send(
                        'sigma',
                        sigma.with(place, (event.target as HTMLInputElement).value).join(','),
                      )}
                  />
                </td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  #send(name: keyof Settings, value: string): void {
    this.send('setting', { name, value });
    this.requestUpdate();
  }
}
customElements.define('diffuscope-noise', NoisePanel);
