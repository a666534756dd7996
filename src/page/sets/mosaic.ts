/** A few of a set's images beside each other, each with its name. */
import { html, type PropertyValues } from 'lit';
import type { Images } from '../../diffusion/images.ts';
import { PageElement } from '../element.ts';
import type { NamedSet } from './named-set.ts';
import { setWords } from './words.ts';

const COLUMNS = 8;
const ROWS = 4;
const EXAMPLES = 5;

/** Which of n images are shown: all if they fit, or else some at equal distances, the first among them. */
export const picksOf = (n: number, most: number): readonly number[] =>
  Array.from({ length: Math.min(n, most) }, (_, k) => (n <= most ? k : Math.floor((k * n) / most)));

/** Image i as RGBA; grey has one channel for all three. */
export function tileOf({ shape: { c, h, w }, values }: Images, i: number): ImageData {
  const tile = new ImageData(w, h);
  const plane = h * w;
  const bytes = values instanceof Uint8Array;
  for (let p = 0; p < plane; p++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = values[(i * c + Math.min(channel, c - 1)) * plane + p] as number;
      tile.data[4 * p + channel] = bytes ? value : (value + 1) * 127.5;
    }
    tile.data[4 * p + 3] = 255;
  }
  return tile;
}

export class SetMosaic extends PageElement {
  static override properties = { ...PageElement.properties, set: { attribute: false } };
  declare set: NamedSet;

  get #picks(): readonly number[] {
    return picksOf(this.set.images.shape.n, COLUMNS * ROWS);
  }

  #name(i: number): string {
    return this.set.nameOf(i, this.text);
  }

  protected override render() {
    const picks = this.#picks;
    const examples = [...new Set(picks.map((i) => this.#name(i)))].slice(0, EXAMPLES).join(', ');
    const { n } = this.set.images.shape;
    return html`<canvas
      role="img"
      aria-label=${setWords(this.text).preview(picks.length, n, examples)}
      @pointermove=${this.#nameUnder}
    ></canvas>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('set')) return;
    const canvas = this.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const { images } = this.set;
    const { h, w } = images.shape;
    const gap = Math.round(w / 16);
    const picks = this.#picks;
    canvas.width = COLUMNS * (w + gap) - gap;
    canvas.height = Math.ceil(picks.length / COLUMNS) * (h + gap) - gap;
    for (const [k, i] of picks.entries()) {
      const [column, row] = [k % COLUMNS, Math.floor(k / COLUMNS)];
      context.putImageData(tileOf(images, i), column * (w + gap), row * (h + gap));
    }
  }

  #nameUnder(event: PointerEvent): void {
    const canvas = event.target as HTMLCanvasElement;
    const box = canvas.getBoundingClientRect();
    const rows = Math.ceil(this.#picks.length / COLUMNS);
    const column = Math.floor(((event.clientX - box.left) / box.width) * COLUMNS);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const i = this.#picks[row * COLUMNS + column];
    canvas.title = i === undefined ? '' : this.#name(i);
  }
}
customElements.define('diffuscope-set-mosaic', SetMosaic);
