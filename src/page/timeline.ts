/** Two film strips over one scrubber, and what moves along them. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import type { Direction } from '../diffusion/path.ts';
import { frameTimes } from '../trajectory/checkpoints.ts';
import type { Trajectory } from '../trajectory/trajectory.ts';
import { PageElement } from './element.ts';
import './film-strip.ts';
import { mebibytes, scientific, timeText } from './format.ts';
import { rates } from './settings.ts';
import { transport } from './transport.ts';

export class Timeline extends PageElement {
  static override properties = {
    ...PageElement.properties,
    run: { attribute: false },
    timesteps: { type: Number },
    t: { type: Number },
    direction: {},
    playing: { type: Boolean },
    camera: { type: Boolean },
    rate: { type: Number },
    charted: { type: Number },
    bytes: { type: Number },
    missed: { type: Number },
  };
  declare run: Trajectory | undefined;
  declare timesteps: number;
  declare t: number;
  declare direction: Direction;
  declare playing: boolean;
  /** Whether live frames are shown, which have a time and no run. */
  declare camera: boolean;
  declare rate: number;
  /** The part of the run whose checkpoints are there, 0 … 1. */
  declare charted: number;
  /** GPU memory taken by buffers and textures; canvases have their own. */
  declare bytes: number;
  /** How far from the picture the run ends (`roundTripError`), once it is charted. */
  declare missed: number | undefined;

  protected override render() {
    const { text, timesteps: T, t, playing, charted } = this;
    const frames = frameTimes(T).length;
    const percent = Math.floor(100 * charted);
    return html`
      <div class="strips" .style=${`--frames: ${frames}; --at: ${t / T}`}>
        ${this.#strip('forward', text.forward, text.forwardMeaning)}
        ${this.#strip('reverse', text.reverse, text.reverseMeaning)}
        <div class="charting">
          ${
            charted < 1 && !this.camera
              ? html`<label><progress max="1" .value=${charted}></progress> ${text.charting(percent)}</label>`
              : html`${this.#missed()} ${this.bytes > 0 ? html`<span>${text.gpuMemory(mebibytes(this.bytes))}</span>` : null}`
          }
        </div>
        ${transport({
          ...{ text, playing, disabled: this.camera },
          step: (n) => this.send('step', n),
          toggle: () => this.send('toggle'),
        })}
        <input
          class="scrubber"
          type="range"
          min="0"
          max=${T}
          step="1"
          .value=${live(String(t))}
          aria-label=${text.time}
          aria-valuetext="t = ${timeText(t)}"
          @input=${(event: Event) =>
            this.send('go', {
              direction: this.direction,
              t: Number((event.target as HTMLInputElement).value),
            })}
        />
        <label class="rate">
          <span>${text.rate}</span>
          <select @change=${(event: Event) =>
            this.send('setting', { name: 'rate', value: (event.target as HTMLSelectElement).value })}>
            ${map(
              rates,
              (rate) => html`<option value=${rate} .selected=${live(rate === this.rate)}>
                ${Number.isFinite(rate) ? `${rate} ${text.perSecond}` : text.fastest}
              </option>`,
            )}
          </select>
        </label>
      </div>
    `;
  }

  #missed() {
    const { text, missed, camera } = this;
    if (missed === undefined || camera) return null;
    return html`<span class="missed" title=${text.missedMeaning}>${text.missed(scientific(missed))}</span>`;
  }

  #strip(direction: Direction, name: string, meaning: string) {
    const active = this.direction === direction && !this.camera;
    return html`
      <button
        class="run-name ${active ? 'active' : ''}"
        aria-pressed=${active}
        @click=${() => this.send('go', { direction, t: this.t })}
      >
        <b>${name}</b> <span>${meaning}</span>
      </button>
      <diffuscope-film-strip
        class="strip ${direction} ${active ? 'active' : ''}"
        .text=${this.text}
        .run=${this.run}
        .direction=${direction}
        .charted=${this.charted}
        .active=${active}
      ></diffuscope-film-strip>
    `;
  }
}
customElements.define('diffuscope-timeline', Timeline);
