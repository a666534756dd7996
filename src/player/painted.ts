/** The first picture of something that is painted frame by frame. */

export interface Painted {
  /** Whether what it has to show is on its canvases. */
  readonly painted: boolean;
  /** One frame of work. */
  tick(now: number): void;
}

/** The time of the next animation frame. @throws the signal's reason, where it is aborted before. */
const nextFrame = (signal: AbortSignal): Promise<number> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      cancelAnimationFrame(frame);
      reject(signal.reason);
    };
    const frame = requestAnimationFrame((now) => {
      signal.removeEventListener('abort', abort);
      resolve(now);
    });
    signal.addEventListener('abort', abort, { once: true });
  });

/** Works until the first picture is there. @throws the signal's reason once it is aborted, and what `tick` throws. */
export async function paintedOnce(thing: Painted, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  while (!thing.painted) thing.tick(await nextFrame(signal));
}
