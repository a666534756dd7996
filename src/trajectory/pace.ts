/** How fast the GPU steps and paints, and so how many steps fit into a frame and how often a picture is worth it. */

/** Frames submitted and not yet done: one runs while the next is prepared; more would only add delay. */
const MOST_IN_FLIGHT = 2;
/** Weight of the newest measurement in the running means. */
const FRESHNESS = 0.2;
/** Played as fast as can be, pictures may take one part in so many of the time. */
const PICTURE_SHARE = 10;

const mean = (before: number, now: number): number =>
  Number.isNaN(before) ? now : (1 - FRESHNESS) * before + FRESHNESS * now;

export class Pace {
  /** Milliseconds a step, a running mean; NaN until the first is measured. */
  msPerStep = Number.NaN;
  #msPerPicture = Number.NaN;
  #inFlight = 0;
  #lastDone = 0;
  #lastPainted = true;
  #paintedAt = Number.NEGATIVE_INFINITY;

  get ready(): boolean {
    return this.#inFlight < MOST_IN_FLIGHT;
  }

  /** Steps that fit into `ms`; one at least, and one until the pace is known. */
  stepsIn(ms: number): number {
    return Math.max(1, Math.floor(ms / this.msPerStep) || 1);
  }

  /** Steps of a frame when speed is all that counts: half of those between two pictures, but at least those of `ms`. */
  stepsRacing(ms: number): number {
    return this.stepsIn(Math.max(ms, (PICTURE_SHARE * (this.#msPerPicture || 0)) / 2));
  }

  /** Whether to paint at `now` when speed is all that counts; until its cost is known, every other time. */
  pictureDue(now: number): boolean {
    if (Number.isNaN(this.#msPerPicture)) return !this.#lastPainted;
    return now - this.#paintedAt >= PICTURE_SHARE * this.#msPerPicture;
  }

  /** To be told of every submission: its steps, and whether it paints. */
  async submitted(steps: number, paints: boolean, done: Promise<unknown>): Promise<void> {
    const begun = performance.now();
    const alternates = paints && !this.#lastPainted;
    this.#lastPainted = paints;
    if (paints) this.#paintedAt = begun;
    this.#inFlight++;
    try {
      await done;
    } finally {
      this.#inFlight--;
    }
    const now = performance.now();
    const taken = now - Math.max(begun, this.#lastDone);
    this.#lastDone = now;
    // After a frame of steps alone, what a painted one takes beyond its steps is the picture's.
    if (alternates) {
      this.#msPerPicture = mean(this.#msPerPicture, Math.max(0, taken - steps * (this.msPerStep || 0)));
    } else if (steps > 0) {
      const picture = paints ? this.#msPerPicture || 0 : 0;
      this.msPerStep = mean(this.msPerStep, Math.max(0, taken - picture) / steps);
    }
  }
}
