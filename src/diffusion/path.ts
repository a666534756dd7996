/**
 * A run as a table of coefficients. Every process here is one kind of step,
 *
 *     x' = a·x + b·x̂_0 + s·z,    z ~ N(0, I),
 *
 * and a path is the whole journey, one row a state: row p turns state p − 1 into state p.
 *
 *     p = 0              load     x_0
 *     p = t              forward  x_t      ~ q(x_t | x_{t−1}),              t = 1 … T
 *     p = T + 1          turn     x_T, the forward run's or fresh noise
 *     p = T + 1 + (T−t)  reverse  x_t      ~ q(x_t | x_{t+1}, x̂_0),         t = T − 1 … 0
 */
import { posterior, transition } from './posterior.ts';
import { foldIn, key, type Words } from './random.ts';
import type { Schedule } from './schedule.ts';

/** One row of the table: x' = a·x + b·x̂_0 + s·z, where z is drawn with `key`. */
export interface Row {
  readonly a: number;
  readonly b: number;
  readonly s: number;
  readonly key: Words;
}

/** Where the reverse run starts: from the forward run's x_T, or from noise that has never seen the image. */
export type Start = 'forward' | 'fresh';

export type Direction = 'forward' | 'reverse';

export interface Path<AnyRow = Row> {
  readonly T: number;
  /** 2T + 2 rows, indexed by position p. */
  readonly rows: readonly AnyRow[];
}

/** The key of forward noise at t: z is `normal(fold_in(key(seed), t), shape)` in JAX. */
export const forwardKey = (seed: number, t: number): Words => foldIn(key(seed), t);

/**
 * The key of reverse noise at t. Given x_t the reverse draw is independent of the forward ones, so it has a stream of
 * its own: fold_in(fold_in(key(seed), 0), t), 0 being a time that no forward step uses.
 */
export const reverseKey = (seed: number, t: number): Words => foldIn(foldIn(key(seed), 0), t);

/** q(x_t | x_{t−1}) (Ho et al. 2020 eq. 2). */
export function forwardRow(schedule: Schedule, seed: number, t: number): Row {
  const { alphaTS, varTS } = transition(schedule, t - 1, t);
  return { a: alphaTS, b: 0, s: Math.sqrt(varTS), key: forwardKey(seed, t) };
}

/** q(x_t | x_0) at once (Ho et al. 2020 eq. 4), from x̂_0 = x_0. */
export function closedFormRow(schedule: Schedule, seed: number, t: number): Row {
  return { a: 0, b: schedule.alpha[t] as number, s: schedule.sigma[t] as number, key: forwardKey(seed, t) };
}

/** q(x_t | x_{t+1}, x̂_0) (Ho et al. 2020 eqs. 6 and 7). */
export function reverseRow(schedule: Schedule, seed: number, t: number): Row {
  const { a, b, variance } = posterior(schedule, t, t + 1);
  return { a, b, s: Math.sqrt(variance), key: reverseKey(seed, t) };
}

/** The rows of a run, each by the name of what it does, in their order. */
export interface Rows<AnyRow> {
  readonly load: AnyRow;
  readonly forward: (t: number) => AnyRow;
  readonly turn: AnyRow;
  readonly reverse: (t: number) => AnyRow;
}

export function assemble<AnyRow>(T: number, { load, forward, turn, reverse }: Rows<AnyRow>): Path<AnyRow> {
  const there = Array.from({ length: T }, (_, i) => forward(i + 1));
  const back = Array.from({ length: T }, (_, i) => reverse(T - 1 - i));
  return { T, rows: [load, ...there, turn, ...back] };
}

/** The table of a whole run. @throws RangeError for a bad seed. */
export function path(schedule: Schedule, seed: number, start: Start): Path {
  const { T } = schedule;
  return assemble<Row>(T, {
    load: { a: 0, b: 1, s: 0, key: [0, 0] },
    forward: (t) => forwardRow(schedule, seed, t),
    turn:
      start === 'fresh' ? { a: 0, b: 0, s: 1, key: reverseKey(seed, T) } : { a: 1, b: 0, s: 0, key: [0, 0] },
    reverse: (t) => reverseRow(schedule, seed, t),
  });
}

/** The last position of a path of T steps: back at x_0. */
export const lastPosition = (T: number): number => 2 * T + 1;

/** What state p is. */
export const directionAt = (T: number, p: number): Direction => (p <= T ? 'forward' : 'reverse');
export const timeAt = (T: number, p: number): number => (p <= T ? p : 2 * T + 1 - p);

/** The position at which a direction shows x_t. */
export const positionAt = (T: number, direction: Direction, t: number): number =>
  direction === 'forward' ? t : 2 * T + 1 - t;
