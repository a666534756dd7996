/** Which image of the set the noise on the stage is becoming: the exact posterior, and how undecided it is along the way. */
import { html, nothing, type PropertyValues, svg } from 'lit';
import { map } from 'lit/directives/map.js';
import { valuesOf } from '../../diffusion/images.ts';
import type { Became } from '../../trajectory/becoming.ts';
import { drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import type { NamedSet } from '../sets/named-set.ts';
import { generateWords } from './words.ts';

const [WIDTH, HEIGHT] = [300, 90];

export class BecomingPanel extends PageElement {
  static override properties = {
    ...PageElement.properties,
    set: { attribute: false },
    became: { attribute: false },
    entropies: { attribute: false },
    last: { type: Number },
  };
  declare set: NamedSet | undefined;
  /** Of the state on the stage; undefined until it is known. */
  declare became: Became | undefined;
  /** In bits, by position, of those that have been on the stage. */
  declare entropies: ReadonlyMap<number, number>;
  declare last: number;

  protected override render() {
    const { text, set, became } = this;
    const words = generateWords(text);
    const n = set?.images.shape.n ?? 1;
    return html`<section class="card">
      <h2>${words.becoming}</h2>
      <ol class="candidates">
        ${map(
          became?.nearest ?? [],
          ({ index, probability }) => html`<li>
            <canvas class="coarse" data-index=${index} width="1" height="1" aria-hidden="true"></canvas>
            <span class="name">${set?.nameOf(index, text)}</span>
            <span class="bar" .style=${`--part: ${probability}`}></span>
            <b>${(100 * probability).toFixed(1)}&nbsp;%</b>
          </li>`,
        )}
      </ol>
      ${
        became
          ? html`<p class="hint">
              ${words.entropy(became.entropy.toFixed(2), Math.log2(n).toFixed(2), n)}
            </p>`
          : nothing
      }
      ${this.#plot(Math.log2(n))}
    </section>`;
  }

  #plot(most: number) {
    const { entropies, last, became } = this;
    const words = generateWords(this.text);
    const x = (p: number) => 4 + ((WIDTH - 8) * p) / Math.max(last, 1);
    const y = (bits: number) => HEIGHT - 4 - ((HEIGHT - 14) * bits) / Math.max(most, 1e-9);
    const points = [...entropies].sort(([p], [q]) => p - q);
    return html`<svg class="decided" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words.entropyPlot}>
        <line class="axis" x1="0" x2=${WIDTH} y1=${y(0)} y2=${y(0)}></line>
        <line class="apart" x1="0" x2=${WIDTH} y1=${y(most)} y2=${y(most)}></line>
        <polyline points=${points.map(([p, bits]) => `${x(p)},${y(bits)}`).join(' ')}></polyline>
        ${became ? svg`<circle cx=${x(became.p)} cy=${y(became.entropy)} r="4"></circle>` : nothing}
      </svg>
      <p class="hint">${words.entropyPlot}</p>`;
  }

  protected override updated(_changed: PropertyValues): void {
    const images = this.set?.images;
    if (!images) return;
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>('.candidates canvas')) {
      drawState(canvas, valuesOf(images, Number(canvas.dataset.index), 1), images.shape);
    }
  }
}
customElements.define('diffuscope-becoming', BecomingPanel);
