/** One run as a strip of frames, each a place to click. Frames are drawn from the checkpoints that the host keeps. */
import { html, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { type Direction, positionAt } from '../diffusion/path.ts';
import { frameTimes } from '../trajectory/checkpoints.ts';
import type { Trajectory } from '../trajectory/trajectory.ts';
import { drawState } from './draw-state.ts';
import { PageElement } from './element.ts';

/** A frame's shorter side in pixels, enough for sharp screens. */
const SIDE = 96;

export class FilmStrip extends PageElement {
  static override properties = {
    ...PageElement.properties,
    run: { attribute: false },
    direction: {},
    charted: { type: Number },
    active: { type: Boolean },
  };
  declare run: Trajectory | undefined;
  declare direction: Direction;
  /** How many checkpoints there are; a change means that there may be more frames to draw. */
  declare charted: number;
  /** Whether this is the run on the stage. */
  declare active: boolean;
  /** Which state each frame's canvas shows. */
  readonly #drawn = new WeakMap<HTMLCanvasElement, Float32Array>();

  protected override render() {
    const { text, run, direction } = this;
    if (!run) return null;
    const name = direction === 'forward' ? text.forward : text.reverse;
    return html`${map(
      frameTimes(run.path.T),
      (t) => html`
        <button
          class="frame"
          data-t=${t}
          aria-label=${text.frameAt(name, t)}
          title="t = ${t}"
          @click=${() => this.send('go', { direction, t })}
        >
          <canvas></canvas>
        </button>
      `,
    )}`;
  }

  protected override updated(_changed: PropertyValues): void {
    const { run, direction } = this;
    if (!run) return;
    for (const frame of this.querySelectorAll<HTMLButtonElement>('.frame')) {
      const canvas = frame.firstElementChild as HTMLCanvasElement;
      const state = run.checkpoints.at(positionAt(run.path, direction, Number(frame.dataset.t)));
      frame.classList.toggle('empty', !state);
      if (!state || this.#drawn.get(canvas) === state) continue;
      drawState(canvas, state, run.options.shape, SIDE);
      this.#drawn.set(canvas, state);
    }
  }
}
customElements.define('diffuscope-film-strip', FilmStrip);
