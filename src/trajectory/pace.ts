/** How fast the GPU steps, and so how many steps fit into a frame. */

/** Frames submitted and not yet done: one runs while the next is prepared; more would only add delay. */
const MOST_IN_FLIGHT = 2;
/** A submission's own cost is little beside so many steps, where they take so many times as long as the shortest did. */
const BUSY_STEPS = 8;
const BUSY_TIMES = 4;
/** Weight of the newest measurement in the running mean. */
const FRESHNESS = 0.2;

export class Pace {
  /** Milliseconds a step, a running mean; NaN until the first is measured. */
  msPerStep = Number.NaN;
  /** The least of submissions of many steps and nothing else but a picture; NaN until there was one. */
  busyMsPerStep = Number.NaN;
  readonly #now: () => number;
  #shortest = Number.POSITIVE_INFINITY;
  #inFlight = 0;
  #lastDone = 0;

  /** `now` is a clock in milliseconds, for tests. */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  get ready(): boolean {
    return this.#inFlight < MOST_IN_FLIGHT;
  }

  /** Steps that fit into `ms`; one at least, and one until the pace is known. */
  stepsIn(ms: number): number {
    return Math.max(1, Math.floor(ms / this.msPerStep) || 1);
  }

  /** To be told of every submission; `alone` says that its steps are all that it does. */
  async submitted(steps: number, done: Promise<unknown>, alone = false): Promise<void> {
    const begun = this.#now();
    this.#inFlight++;
    try {
      await done;
    } finally {
      this.#inFlight--;
    }
    const now = this.#now();
    const taken = now - Math.max(begun, this.#lastDone);
    this.#lastDone = now;
    if (steps === 0) return;
    const measured = taken / steps;
    this.msPerStep = Number.isNaN(this.msPerStep)
      ? measured
      : (1 - FRESHNESS) * this.msPerStep + FRESHNESS * measured;
    this.#shortest = Math.min(this.#shortest, taken);
    if (!alone || steps < BUSY_STEPS || taken < BUSY_TIMES * this.#shortest) return;
    this.busyMsPerStep = Math.min(this.busyMsPerStep || Number.POSITIVE_INFINITY, measured);
  }
}
