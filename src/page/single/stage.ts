/** The new pictures, on one canvas; and which denoiser is at work on them. */
import { html, nothing } from 'lit';
import { map } from 'lit/directives/map.js';
import { range } from 'lit/directives/range.js';
import type { PyramidCanvases, PyramidPlace } from '../../trajectory/pyramid.ts';
import { coarseness } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import { columnsOf } from './shapes.ts';
import type { Wanted } from './wanted.ts';
import { singleWords } from './words.ts';

export class SingleStage extends PageElement {
  static override properties = {
    ...PageElement.properties,
    wanted: { attribute: false },
    denoiser: {},
    predicted: { type: Boolean },
  };
  declare wanted: Wanted;
  /** Undefined until one is at work. */
  declare denoiser: PyramidPlace['denoiser'] | undefined;
  /** Whether x̂_0 is shown instead of x_t. */
  declare predicted: boolean;

  get canvases(): Required<Pick<PyramidCanvases, 'x' | 'x0Hat'>> {
    const canvas = (name: string) =>
      this.querySelector<HTMLCanvasElement>(`canvas.${name}`) as HTMLCanvasElement;
    return { x: canvas('x'), x0Hat: canvas('x0-hat') };
  }

  /** The one that is seen. */
  get shown(): HTMLCanvasElement {
    const { x, x0Hat } = this.canvases;
    return this.predicted ? x0Hat : x;
  }

  protected override render() {
    const { wanted, predicted } = this;
    const { n, w, h, kind } = wanted;
    const words = singleWords(this.text);
    const columns = columnsOf(n, wanted);
    const rows = n / columns;
    const coarse = kind === 'pixels' ? 'coarse' : coarseness(wanted);
    const canvas = (name: string, hidden: boolean) =>
      html`<canvas class="${name} ${coarse}" role="img" aria-label=${words.pictures(n)} ?hidden=${hidden}></canvas>`;
    return html`
      <div class="made" .style=${`--columns: ${columns}; --rows: ${rows}; --aspect: ${(columns * w) / (rows * h)}`}>
        ${canvas('x', predicted)} ${canvas('x0-hat', !predicted)}
        ${n > 1 ? html`<div class="cells">${map(range(n), () => html`<span></span>`)}</div>` : nothing}
        ${this.#badge()}
      </div>
    `;
  }

  #badge() {
    const words = singleWords(this.text);
    const { denoiser } = this;
    if (denoiser !== 'patches' && denoiser !== 'patch-match') return nothing;
    return html`<span class="badge denoiser" title=${words.badgeMeanings[denoiser]}>${words.badges[denoiser]}</span>`;
  }
}
customElements.define('diffuscope-single-stage', SingleStage);
