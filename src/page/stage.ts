/** The canvases: x_t large, x_0 and x̂_0 beside it, and on top the badge that names the denoiser. */
import { html } from 'lit';
import type { Direction } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Shape } from '../trajectory/trajectory.ts';
import { PageElement } from './element.ts';
import { snrText } from './format.ts';

/** Below this many pixels a side, pixels are shown as squares. */
const COARSE = 200;

export class Stage extends PageElement {
  static override properties = {
    ...PageElement.properties,
    direction: {},
    t: { type: Number },
    schedule: { attribute: false },
    live: { type: Boolean },
    seeking: { type: Boolean },
    shape: { attribute: false },
  };
  declare direction: Direction;
  declare t: number;
  declare schedule: Schedule;
  declare live: boolean;
  declare seeking: boolean;
  declare shape: Pick<Shape, 'h' | 'w'>;

  get canvases(): { x: HTMLCanvasElement; x0: HTMLCanvasElement; x0Hat: HTMLCanvasElement } {
    const canvas = (name: string) =>
      this.querySelector<HTMLCanvasElement>(`canvas.${name}`) as HTMLCanvasElement;
    return { x: canvas('x'), x0: canvas('x0'), x0Hat: canvas('x0-hat') };
  }

  protected override render() {
    const { text, t, direction, schedule, live } = this;
    const { h, w } = this.shape;
    const run = direction === 'forward' ? text.forward : text.reverse;
    const coarse = Math.max(h, w) < COARSE ? 'coarse' : '';
    return html`
      <figure class="side source">
        <canvas class="x0 ${coarse}" role="img" aria-label="x₀, ${text.x0}"></canvas>
        <figcaption><i>x</i><sub>0</sub> ${text.x0}</figcaption>
      </figure>
      <figure class="main">
        <div class="screen">
          <canvas class="x ${coarse}" .style=${`--aspect: ${w / h}`} role="img" aria-label="${text.stage}: t = ${t}"></canvas>
          <span class="badge denoiser" title=${text.denoiserMeaning}>${text.denoiser}</span>
          <span class="badge run ${direction}">${live ? text.live : run}</span>
          ${this.seeking ? html`<span class="badge seeking">${text.seeking}</span>` : null}
        </div>
        <figcaption>
          <b><i>x</i><sub>${t}</sub></b> · <i>t</i> = ${t} ${text.of} ${schedule.T} · ${text.snr}
          ${snrText(schedule, t, text)}
        </figcaption>
      </figure>
      <figure class="side prediction">
        <canvas class="x0-hat ${coarse}" role="img" aria-label="x̂₀, ${text.x0Hat}; ${text.denoiser}"></canvas>
        <figcaption><i>x̂</i><sub>0</sub> ${text.x0Hat}</figcaption>
      </figure>
    `;
  }
}
customElements.define('diffuscope-stage', Stage);
