/** The canvases: x_t large, x_0 and x̂_0 beside it, and on top the badge that names the denoiser. */
import { html } from 'lit';
import type { Direction } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Shape } from '../trajectory/trajectory.ts';
import { coarseness } from './draw-state.ts';
import { PageElement } from './element.ts';
import { snrText, timeText } from './format.ts';
import type { Settings } from './settings.ts';

/** Column and row, from the upper left. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** How many pixels Shift and an arrow key skip. */
const FAR = 10;

export class Stage extends PageElement {
  static override properties = {
    ...PageElement.properties,
    direction: {},
    t: { type: Number },
    schedule: { attribute: false },
    live: { type: Boolean },
    seeking: { type: Boolean },
    shape: { attribute: false },
    pixel: { attribute: false },
    denoiser: {},
    coloured: { type: Boolean },
  };
  declare direction: Direction;
  declare t: number;
  declare schedule: Schedule;
  declare live: boolean;
  declare seeking: boolean;
  declare shape: Pick<Shape, 'h' | 'w'>;
  /** The probed pixel. */
  declare pixel: Pixel;
  declare denoiser: Settings['denoiser'];
  /** Whether the channels’ noise is correlated: then channels differ in their signal-to-noise ratios. */
  declare coloured: boolean;

  get canvases(): { x: HTMLCanvasElement; x0: HTMLCanvasElement; x0Hat: HTMLCanvasElement } {
    const canvas = (name: string) =>
      this.querySelector<HTMLCanvasElement>(`canvas.${name}`) as HTMLCanvasElement;
    return { x: canvas('x'), x0: canvas('x0'), x0Hat: canvas('x0-hat') };
  }

  protected override render() {
    const { text, t, direction, schedule, live } = this;
    const { h, w } = this.shape;
    const run = direction === 'forward' ? text.forward : text.reverse;
    const coarse = coarseness(this.shape);
    return html`
      <figure class="side source">
        <canvas class="x0 ${coarse}" role="img" aria-label="x₀, ${text.x0}"></canvas>
        <figcaption><i>x</i><sub>0</sub> ${text.x0}</figcaption>
      </figure>
      <figure class="main">
        <div class="screen">
          <canvas class="x ${coarse}" .style=${`--aspect: ${w / h}`} role="img" aria-label="${text.stage}: t = ${timeText(t)}" @click=${this.#point}></canvas>
          <button
            class="crosshair"
            .style=${`--x: ${(this.pixel.x + 0.5) / w}; --y: ${(this.pixel.y + 0.5) / h}`}
            aria-label=${text.probe(this.pixel.x, this.pixel.y)}
            title=${text.probeHint}
            @keydown=${this.#move}
          ></button>
          <span class="badge denoiser" title=${text.denoiserMeanings[this.denoiser]}>${text.badges[this.denoiser]}</span>
          <span class="badge run ${direction}">${live ? text.live : run}</span>
          ${this.seeking ? html`<span class="badge seeking">${text.seeking}</span>` : null}
        </div>
        <figcaption>
          <b><i>x</i><sub>${timeText(t)}</sub></b> · <i>t</i> = ${timeText(t)} ${text.of} ${schedule.T} ${this.coloured ? null : html`· ${text.snr} ${snrText(schedule, t, text)}`}
        </figcaption>
      </figure>
      <figure class="side prediction">
        <canvas class="x0-hat ${coarse}" role="img" aria-label="x̂₀, ${text.x0Hat}; ${text.badges[this.denoiser]}"></canvas>
        <figcaption><i>x̂</i><sub>0</sub> ${text.x0Hat}</figcaption>
      </figure>
    `;
  }

  #point(event: PointerEvent): void {
    const { width, height } = (event.target as HTMLElement).getBoundingClientRect();
    this.#choose((event.offsetX / width) * this.shape.w, (event.offsetY / height) * this.shape.h);
  }

  #move(event: KeyboardEvent): void {
    const by = event.shiftKey ? FAR : 1;
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-by, 0],
      ArrowRight: [by, 0],
      ArrowUp: [0, -by],
      ArrowDown: [0, by],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    this.#choose(this.pixel.x + step[0], this.pixel.y + step[1]);
  }

  #choose(x: number, y: number): void {
    const inside = (value: number, size: number) => Math.min(Math.max(Math.floor(value), 0), size - 1);
    this.send<Pixel>('pixel', { x: inside(x, this.shape.w), y: inside(y, this.shape.h) });
  }
}
customElements.define('diffuscope-stage', Stage);
