/**
 * States of a path kept in host memory, with the slots that its sampler remembers. From the nearest one any state is a few steps away, and since the noise is a
 * function, recomputing gives the same bits. Kept on the host, they cost no GPU memory and outlive a lost device.
 */
import { type Course, lastPosition, positionAt } from '../diffusion/path.ts';

/** No state is further than this many steps from a checkpoint, as long as the budget lasts. */
const SPACING = 32;
/** Bytes of host memory that checkpoints may take; larger states are kept further apart. */
const BUDGET = 288 * 2 ** 20;
/** How many frames a film strip shows. */
export const FRAMES = 14;

/** The times of a film strip's frames: from 0 to T, evenly spread, at most one of each. */
export const frameTimes = (T: number): number[] => [
  ...new Set(Array.from({ length: FRAMES }, (_, i) => Math.round((i * T) / (FRAMES - 1)))),
];

/** Steps between checkpoints of a path whose states take `bytes`. */
export const spacing = (course: Course, bytes: number): number =>
  Math.max(
    SPACING,
    Math.ceil((lastPosition(course) * bytes) / Math.max(BUDGET - 2 * FRAMES * bytes, BUDGET / 2)),
  );

/** Where a path keeps its states: at regular distances, and wherever a film strip shows one. */
export function checkpointPositions(course: Course, bytes: number): number[] {
  const every = spacing(course, bytes);
  const regular = Array.from({ length: Math.ceil((lastPosition(course) + 1) / every) }, (_, i) => i * every);
  const frames = frameTimes(course.T).flatMap((t) => [
    positionAt(course, 'forward', t),
    positionAt(course, 'reverse', t),
  ]);
  // A run that only comes back has no state of the way there.
  return [...new Set([...regular, ...frames])].filter((p) => p >= 0).sort((p, q) => p - q);
}

export class Checkpoints {
  readonly #states = new Map<number, Float32Array<ArrayBuffer>>();

  constructor(
    /** Positions worth keeping, rising. */
    readonly wanted: readonly number[],
  ) {}

  save(p: number, state: Float32Array<ArrayBuffer>): void {
    this.#states.set(p, state);
  }

  at(p: number): Float32Array<ArrayBuffer> | undefined {
    return this.#states.get(p);
  }

  /** The last kept position at or before `p`, or −1. */
  nearest(p: number): number {
    return this.wanted.findLast((q) => q <= p && this.#states.has(q)) ?? -1;
  }

  /** The first position still to be kept, if any. */
  get missing(): number | undefined {
    return this.wanted.find((p) => !this.#states.has(p));
  }

  /** The part that is kept, 0 … 1. */
  get progress(): number {
    return this.#states.size / this.wanted.length;
  }
}
