/**
 * One thing on the screen at a time, and how another takes its place: wanted → made → attached → shown. The last wish
 * wins; what was there stays until the new one shows, and for good if that cannot be made; whatever is not shown in the
 * end is released, on every path. It knows neither addresses nor words, nor what it exchanges.
 */

export interface Steps<Wish, Thing> {
  /**
   * Makes what is wanted, out of sight. An aborted signal says that nobody waits for it any more; whatever it resolves
   * to then is released.
   */
  make(wish: Wish, signal: AbortSignal): Promise<Thing>;
  /**
   * Puts it on the screen; resolves once its first picture is there. Until then what was there is alive and seen. Where
   * the signal is aborted it should reject soon: only then can the thing be released.
   */
  attach(thing: Thing, signal: AbortSignal): Promise<void>;
  /** Gives back all that it takes; called once for everything that was made. */
  release(thing: Thing): void;
  /** What stays takes the screen again, of which an attempt that failed may have taken a part. */
  restore?(thing: Thing): void;
}

/** Dispatches `shown` when another thing has taken its place on the screen, while the one before is still alive. */
export class Exchange<Wish, Thing> extends EventTarget {
  #steps: Steps<Wish, Thing>;
  #shown: { readonly wish: Wish; readonly thing: Thing } | undefined;
  #newest: { readonly wish: Wish } | undefined;
  #attempt: AbortController | undefined;

  constructor(steps: Steps<Wish, Thing>) {
    super();
    this.#steps = steps;
  }

  /** What is on the screen. */
  get shown(): Thing | undefined {
    return this.#shown?.thing;
  }

  /** What was wanted last: on its way, or shown; one that failed is forgotten where something else is there. */
  get newest(): Wish | undefined {
    return this.#newest?.wish;
  }

  /** Whether something is on its way. */
  get busy(): boolean {
    return this.#attempt !== undefined;
  }

  /**
   * Resolves to whether it shows; false where another wish, another device or `dispose` came first.
   * @throws whatever `make` or `attach` threw; what was there stays.
   */
  async want(wish: Wish): Promise<boolean> {
    this.#attempt?.abort();
    const attempt = new AbortController();
    const { signal } = attempt;
    this.#attempt = attempt;
    this.#newest = { wish };
    const steps = this.#steps;
    let made: { readonly thing: Thing } | undefined;
    try {
      made = { thing: await steps.make(wish, signal) };
      signal.throwIfAborted();
      await steps.attach(made.thing, signal);
      signal.throwIfAborted();
    } catch (error) {
      if (made) steps.release(made.thing);
      if (made && this.#shown && steps === this.#steps) steps.restore?.(this.#shown.thing);
      if (signal.aborted) return false;
      this.#attempt = undefined;
      this.#newest = this.#shown ?? this.#newest;
      throw error;
    }
    const before = this.#shown;
    this.#shown = { wish, thing: made.thing };
    this.#newest = this.#shown;
    this.#attempt = undefined;
    this.dispatchEvent(new Event('shown'));
    if (before) this.#steps.release(before.thing);
    return true;
  }

  /**
   * From now on things are made and shown by other steps, on another device: makes the newest wish again, if there is
   * one, or what is to be made of it. Resolves and throws as `want` does.
   */
  async renew(steps: Steps<Wish, Thing>, again: (newest: Wish) => Wish = (wish) => wish): Promise<boolean> {
    this.#steps = steps;
    return this.#newest ? this.want(again(this.#newest.wish)) : false;
  }

  /** Gives up what is on its way; what is shown stays. */
  giveUp(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.#newest = this.#shown;
  }

  /** Releases what is shown and what is on its way; nothing is wanted any more, until something is again. */
  dispose(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.#newest = undefined;
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown) this.#steps.release(shown.thing);
  }
}
