/** One scrubber for all runs of a comparison. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Level } from '../../diffusion/step.ts';
import { PageElement } from '../element.ts';
import { decimal } from '../format.ts';
import { significant } from '../significant.ts';
import { transport } from '../transport.ts';
import { compareWords } from './words.ts';

export class CompareTransport extends PageElement {
  static override properties = {
    ...PageElement.properties,
    level: { attribute: false },
    stop: { type: Number },
    last: { type: Number },
    playing: { type: Boolean },
  };
  /** The noise level of the stop. */
  declare level: Level;
  /** Where the runs are, 0 … `last`. */
  declare stop: number;
  declare last: number;
  declare playing: boolean;

  protected override render() {
    const { text, level, stop, last, playing } = this;
    const words = compareWords(text);
    const { alpha, sigma, t } = level;
    const snr = sigma === 0 ? words.clean : `${decimal(20 * Math.log10(alpha / sigma), 1)} dB`;
    const where = words.where(stop, last, significant(t), snr);
    return html`
      ${transport({
        ...{ text, playing },
        step: (n) => this.send('stop', stop + n),
        toggle: () => this.send('toggle'),
      })}
      <input
        class="scrubber"
        type="range"
        min="0"
        max=${last}
        step="1"
        .value=${live(String(stop))}
        aria-label=${words.scrubber}
        aria-valuetext=${where}
        @input=${(event: Event) => this.send('stop', Number((event.target as HTMLInputElement).value))}
      />
      <output>${where}</output>
    `;
  }
}
customElements.define('diffuscope-compare-transport', CompareTransport);
