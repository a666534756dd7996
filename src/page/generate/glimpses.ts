/** The wall as it was seen on its way: small pictures for the film strip, taken as they pass, at no cost of a readback. */
import { frameTimes } from '../../trajectory/checkpoints.ts';

/** A glimpse's shorter side in pixels, enough for sharp screens. */
const SIDE = 112;

export class Glimpses {
  /** By position. */
  readonly seen = new Map<number, HTMLCanvasElement>();
  #last = -1;

  clear(): void {
    this.seen.clear();
    this.#last = -1;
  }

  /** Keeps what a canvas shows, if a frame wants it; to be called in the task in which it was painted. */
  take(p: number, last: number, canvas: HTMLCanvasElement): void {
    if (p < 0 || p === this.#last) return;
    this.#last = p;
    if (this.seen.has(p) || !frameTimes(last).includes(p)) return;
    const scale = Math.min(1, SIDE / Math.min(canvas.width, canvas.height));
    const small = document.createElement('canvas');
    small.width = Math.max(1, Math.round(canvas.width * scale));
    small.height = Math.max(1, Math.round(canvas.height * scale));
    small.getContext('2d')?.drawImage(canvas, 0, 0, small.width, small.height);
    this.seen.set(p, small);
  }
}
