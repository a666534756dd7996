/** A pyramid that is watched: on its canvases, played and paused, and timed. */
import type { Gpu } from '../../gpu/device.ts';
import { paintedOnce } from '../../player/painted.ts';
import { Pyramid, type PyramidCanvases } from '../../trajectory/pyramid.ts';
import type { OwnPicture } from './own.ts';
import type { Prepared } from './prepare.ts';
import { columnsOf } from './shapes.ts';
import type { Wanted } from './wanted.ts';

/** A frame that took longer was not a frame: the page was out of sight. */
const PAUSE_MS = 5_000;

/** What a making is made from. */
export interface Wish {
  readonly wanted: Wanted;
  /** The visitor's own picture, kept even where it is not the source. */
  readonly own: OwnPicture | undefined;
}

export class Making {
  playing = true;
  /** Milliseconds that it has been played for. */
  spent = 0;
  #last = Number.POSITIVE_INFINITY;
  #hidden: PyramidCanvases | undefined;

  private constructor(
    readonly wish: Wish,
    readonly prepared: Prepared,
    readonly pyramid: Pyramid,
  ) {}

  /** @throws as `Pyramid.create` does. */
  static async create(gpu: Gpu, prepared: Prepared, wish: Wish): Promise<Making> {
    const { kind, w, h, n, seed, exact } = wish.wanted;
    const source = prepared.images;
    const output = { w, h };
    const pyramid = await Pyramid.create(gpu, { source, kind, output, images: n, seed, exact });
    return new Making(wish, prepared, pyramid);
  }

  /**
   * Shows it on these canvases: at once, and resolves with the first picture; or only what comes of it in the end.
   * @throws the signal's reason when it is aborted before, Error with the GPU's words.
   */
  async attach({ x, x0Hat }: PyramidCanvases, atOnce: boolean, signal: AbortSignal): Promise<void> {
    const { wanted } = this.wish;
    const canvases = { x, ...(x0Hat && { x0Hat }), columns: columnsOf(wanted.n, wanted) };
    if (atOnce) {
      await this.pyramid.attach(canvases);
      await paintedOnce(this, signal);
    } else this.#hidden = canvases;
  }

  get painted(): boolean {
    return this.pyramid.painted;
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
