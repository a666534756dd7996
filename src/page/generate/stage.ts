/** One sample, large: the state, what the denoiser says of it now, and what it is nearest to in the end. */
import { html, nothing, type PropertyValues } from 'lit';
import { type Images, valuesOf } from '../../diffusion/images.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import { significant } from '../significant.ts';
import type { Nearest } from './novelty.ts';
import type { DenoiserName } from './wanted.ts';
import { generateWords } from './words.ts';

export class Stage extends PageElement {
  static override properties = {
    ...PageElement.properties,
    sample: { type: Number },
    denoiser: {},
    set: { attribute: false },
    nearest: { attribute: false },
    nearestName: {},
    where: {},
    t: { type: Number },
  };
  /** Undefined while there is none: the canvases wait. */
  declare sample: number | undefined;
  declare denoiser: DenoiserName;
  declare set: Images | undefined;
  declare nearest: Nearest | undefined;
  declare nearestName: string;
  /** Step and noise level, in words. */
  declare where: string;
  /** Steps still to go. */
  declare t: number;

  get canvases(): { x: HTMLCanvasElement; x0Hat: HTMLCanvasElement } {
    const canvas = (name: string) =>
      this.querySelector<HTMLCanvasElement>(`canvas.${name}`) as HTMLCanvasElement;
    return { x: canvas('x'), x0Hat: canvas('x0-hat') };
  }

  protected override render() {
    const { text, sample, denoiser, set, nearest, where, t } = this;
    const words = generateWords(text);
    const { h, w } = set?.shape ?? { h: 1, w: 1 };
    const name = words.stage((sample ?? 0) + 1);
    return html`
      <figure class="main" .style=${`--aspect: ${w / h}`}>
        <div class="screen">
          <canvas class="x coarse" role="img" aria-label="${name}, ${where}"></canvas>
          <span class="badge denoiser" title=${words.badgeMeanings[denoiser]}>${words.badges[denoiser]}</span>
        </div>
        <figcaption><b><i>x</i><sub>${t}</sub></b> · ${name} · ${where}</figcaption>
      </figure>
      <div class="beside">
        <figure>
          <canvas class="x0-hat coarse" role="img" aria-label="x̂₀, ${words.predicted}; ${words.badges[denoiser]}"></canvas>
          <figcaption><i>x̂</i><sub>0</sub> ${words.predicted}</figcaption>
        </figure>
        <figure class="nearest">
          <canvas
            class="nearest coarse ${nearest ? '' : 'waiting'}"
            role="img"
            aria-label=${nearest ? words.nearestPicture(nearest.index + 1) : words.nearestLater}
          ></canvas>
          <figcaption>
            ${words.nearest}${this.nearestName && nearest ? html`: ${this.nearestName}` : nothing}<br />
            ${nearest ? html`<b>${words.distance(significant(nearest.distance, 3))}</b>` : words.nearestLater}
          </figcaption>
        </figure>
        <button class="close" @click=${() => this.send('unpick')}>← ${words.close}</button>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    const { set, nearest } = this;
    if (!set || !(changed.has('nearest') || changed.has('set'))) return;
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.nearest') as HTMLCanvasElement;
    canvas.width = set.shape.w;
    canvas.height = set.shape.h;
    if (nearest) drawState(canvas, valuesOf(set, nearest.index, 1), set.shape);
  }
}
customElements.define('diffuscope-generated', Stage);
