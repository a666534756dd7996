/** One sample, large: the state, what the denoiser says of it now, and what it is nearest to in the end. */
import { html, nothing, type PropertyValues } from 'lit';
import { type Images, valuesOf } from '../../diffusion/images.ts';
import type { Nearest } from '../../trajectory/nearest.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import { significant } from '../significant.ts';
import type { GenerateText } from '../text/areas.ts';
import type { DenoiserName } from './wanted.ts';
import { generateWords } from './words.ts';

export class Stage extends PageElement {
  static override properties = {
    ...PageElement.properties,
    sample: { type: Number },
    denoiser: {},
    set: { attribute: false },
    nearest: { attribute: false },
    source: { type: Number },
    besideName: {},
    where: {},
    t: { type: Number },
  };
  /** Undefined while there is none: the canvases wait. */
  declare sample: number | undefined;
  declare denoiser: DenoiserName;
  declare set: Images | undefined;
  declare nearest: Nearest | undefined;
  /** The image whose spectrum the denoiser knows, where that is all it knows. */
  declare source: number | undefined;
  /** What the image beside it is called. */
  declare besideName: string;
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
    const { text, sample, denoiser, set, where, t } = this;
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
        ${this.#beside(words)}
        <button class="close" @click=${() => this.send('unpick')}>← ${words.close}</button>
      </div>
    `;
  }

  /** What it is nearest to; or the picture that it has its spectrum from, which it is not to be near. */
  #beside(words: GenerateText) {
    const { nearest, source, besideName } = this;
    const colon = besideName ? html`: ${besideName}` : nothing;
    const known = source === undefined ? nearest : undefined;
    const label =
      source !== undefined
        ? `${words.spectrumOf} ${besideName}`
        : known
          ? words.nearestPicture(known.index + 1)
          : words.nearestLater;
    return html`<figure class="nearest">
      <canvas class="nearest coarse ${known || source !== undefined ? '' : 'waiting'}" role="img" aria-label=${label}></canvas>
      <figcaption>
        ${source === undefined ? words.nearest : words.spectrumOf}${colon}
        ${
          source !== undefined
            ? nothing
            : html`<br />${known ? html`<b>${words.distance(significant(known.rms, 3))}</b>` : words.nearestLater}`
        }
      </figcaption>
    </figure>`;
  }

  protected override updated(changed: PropertyValues): void {
    const { set, nearest, source } = this;
    if (!set || !['nearest', 'set', 'source'].some((name) => changed.has(name))) return;
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.nearest') as HTMLCanvasElement;
    canvas.width = set.shape.w;
    canvas.height = set.shape.h;
    const index = source ?? nearest?.index;
    if (index !== undefined) drawState(canvas, valuesOf(set, index, 1), set.shape);
  }
}
customElements.define('diffuscope-generated', Stage);
