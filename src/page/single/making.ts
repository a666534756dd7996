/** A pyramid that is watched: on its canvases, played and paused, and timed. */
import type { Images } from '../../diffusion/images.ts';
import type { Gpu } from '../../gpu/device.ts';
import { Pyramid, type PyramidCanvases } from '../../trajectory/pyramid.ts';
import type { Wanted } from './wanted.ts';

/** A frame that took longer was not a frame: the page was out of sight. */
const PAUSE_MS = 5_000;

export class Making {
  playing = true;
  /** Milliseconds that it has been played for. */
  spent = 0;
  #last = Number.POSITIVE_INFINITY;
  #hidden: PyramidCanvases | undefined;

  private constructor(readonly pyramid: Pyramid) {}

  /** @throws as `Pyramid.create` does. */
  static async create(gpu: Gpu, source: Images, { kind, w, h, n, seed, exact }: Wanted): Promise<Making> {
    const output = { w, h };
    return new Making(await Pyramid.create(gpu, { source, kind, output, images: n, seed, exact }));
  }

  /** Shows it on these canvases: at once, or only what comes of it in the end. */
  async attach(canvases: PyramidCanvases, atOnce: boolean): Promise<void> {
    if (atOnce) await this.pyramid.attach(canvases);
    else this.#hidden = canvases;
  }

  get done(): boolean {
    return this.pyramid.done;
  }

  /** Before the first step there is nothing to say of it. */
  get begun(): boolean {
    return this.pyramid.progress > 0;
  }

  /** For each animation frame. */
  tick(now: number): void {
    if (!this.done) {
      const since = now - this.#last;
      if (this.playing && since < PAUSE_MS) this.spent += Math.max(0, since);
      this.#last = now;
    }
    if (!this.playing) return;
    this.pyramid.tick();
    if (this.done && this.#hidden) {
      const canvases = this.#hidden;
      this.#hidden = undefined;
      void this.pyramid.attach(canvases);
    }
  }

  release(): void {
    this.pyramid.release();
  }
}
