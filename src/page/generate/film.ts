/** From noise to image: play, a scrubber, and frames to click. Frames of one sample come from its checkpoints. */
import { html, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { frameTimes } from '../../trajectory/checkpoints.ts';
import type { Trajectory } from '../../trajectory/trajectory.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import { transport } from '../transport.ts';
import { generateWords } from './words.ts';

/** A frame's side in pixels, enough for sharp screens. */
const SIDE = 112;

export class Film extends PageElement {
  static override properties = {
    ...PageElement.properties,
    last: { type: Number },
    position: { type: Number },
    playing: { type: Boolean },
    run: { attribute: false },
    charted: { type: Number },
    seen: { attribute: false },
    seenCount: { type: Number },
    where: {},
  };
  declare last: number;
  declare position: number;
  declare playing: boolean;
  /** The sample on the stage; the frames are the wall's where there is none. */
  declare run: Trajectory | undefined;
  /** The part of its checkpoints that is there: a change means that there may be more to draw. */
  declare charted: number;
  /** The wall as it was seen at positions that have a frame. */
  declare seen: ReadonlyMap<number, HTMLCanvasElement>;
  declare seenCount: number;
  declare where: string;
  readonly #drawn = new WeakMap<HTMLCanvasElement, object>();

  protected override render() {
    const { text, last, position, playing } = this;
    const words = generateWords(text);
    const frames = frameTimes(last);
    return html`
      <div class="film" .style=${`--frames: ${frames.length}; --at: ${last > 0 ? position / last : 0}`}>
        ${transport({
          ...{ text, playing },
          step: (n) => this.send('step', n),
          toggle: () => this.send('toggle'),
        })}
        <div class="strip active" role="group" aria-label=${words.strip}>
          ${map(
            frames,
            (p) => html`<button
              class="frame"
              data-p=${p}
              aria-label=${words.frame(p, last)}
              title=${words.frame(p, last)}
              @click=${() => this.send('seek', p)}
            >
              <canvas class="coarse"></canvas>
            </button>`,
          )}
        </div>
        <input
          class="scrubber"
          type="range"
          min="0"
          max=${last}
          step="1"
          .value=${live(String(position))}
          aria-label=${words.scrubber}
          aria-valuetext=${this.where}
          @input=${(event: Event) => this.send('seek', Number((event.target as HTMLInputElement).value))}
        />
        <p class="where">${this.where}</p>
      </div>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    for (const frame of this.querySelectorAll<HTMLElement>('.frame')) {
      const p = Number(frame.dataset.p);
      const canvas = frame.firstElementChild as HTMLCanvasElement;
      const picture = this.run ? this.run.checkpoints.at(p) : this.seen.get(p);
      frame.classList.toggle('empty', !picture);
      if (!picture || this.#drawn.get(canvas) === picture) continue;
      this.#drawn.set(canvas, picture);
      if (picture instanceof Float32Array) {
        drawState(canvas, picture, (this.run as Trajectory).options.shape, SIDE);
      } else {
        canvas.width = picture.width;
        canvas.height = picture.height;
        canvas.getContext('2d')?.drawImage(picture, 0, 0);
      }
    }
  }
}
customElements.define('diffuscope-film', Film);
