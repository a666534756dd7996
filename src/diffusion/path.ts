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
 *
 * or, on the way back, the steps of any sampler, which may be fewer and may use what they kept before.
 */
import { posterior, transition } from './posterior.ts';
import { foldIn, key, type Words } from './random.ts';
import { type Slots, samplerRows } from './sampler-rows.ts';
import type { Schedule } from './schedule.ts';
import type { Level, Step } from './step.ts';

/** One row of the table: x' = a·x + b·x̂_0 + s·z, where z is drawn with `key`; a sampler's may use slots as well. */
export interface Row extends Partial<Slots> {
  readonly a: number;
  readonly b: number;
  readonly s: number;
  readonly key: Words;
  /** The element of the noise that is this state's first; 0 where absent. */
  readonly first?: number;
}

/** Where the reverse run starts: from the forward run's x_T, or from noise that has never seen the image. */
export type Start = 'forward' | 'fresh';

export type Direction = 'forward' | 'reverse';

/** Which times a run passes; where a sampler looks between times, they are not whole. */
export interface Course {
  /** The last time of the way there; −1 where there is none. */
  readonly T: number;
  /** t of every state on the way there, from 0 to T: all of them, unless it is an inversion. */
  readonly there: readonly number[];
  /** t of every state on the way back, from the turn on. */
  readonly back: readonly number[];
}

export interface Path<AnyRow = Row> extends Course {
  /** One for every time, there and back, indexed by position p. */
  readonly rows: readonly AnyRow[];
  /** The noise level of every state; absent where channels differ in theirs. */
  readonly levels?: readonly Level[];
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

/** The course of the exact chain: every time, there and back. */
export function chain(T: number): Course {
  const there = Array.from({ length: T + 1 }, (_, t) => t);
  return { T, there, back: there.toReversed() };
}

/** α_t and σ_t of a schedule. */
export const levelAt = ({ alpha, sigma }: Schedule, t: number): Level => ({
  alpha: alpha[t] as number,
  sigma: sigma[t] as number,
  t,
});

export function assemble<AnyRow>(T: number, { load, forward, turn, reverse }: Rows<AnyRow>): Path<AnyRow> {
  const there = Array.from({ length: T }, (_, i) => forward(i + 1));
  const back = Array.from({ length: T }, (_, i) => reverse(T - 1 - i));
  return { ...chain(T), rows: [load, ...there, turn, ...back] };
}

/** @throws RangeError where the forward run has no state at t = T. */
export function checkTurn(T: number, most: number): void {
  if (Number.isInteger(T) && T >= 1 && T <= most) return;
  throw new RangeError(`the forward run has no state at t = ${T}, only at 1 … ${most}`);
}

const LOAD: Row = { a: 0, b: 1, s: 0, key: [0, 0] };

const turnRow = (seed: number, T: number, start: Start): Row =>
  start === 'fresh' ? { a: 0, b: 0, s: 1, key: reverseKey(seed, T) } : { a: 1, b: 0, s: 0, key: [0, 0] };

/**
 * The table of the exact chain, there and back.
 * @param T where it turns, a whole time of the schedule. @throws RangeError for a bad seed, and for any other time.
 */
export function path(schedule: Schedule, seed: number, start: Start, T = schedule.T): Path {
  checkTurn(T, schedule.T);
  const run = assemble<Row>(T, {
    load: LOAD,
    forward: (t) => forwardRow(schedule, seed, t),
    turn: turnRow(seed, T, start),
    reverse: (t) => reverseRow(schedule, seed, t),
  });
  return { ...run, levels: run.rows.map((_, p) => levelAt(schedule, timeAt(run, p))) };
}

/**
 * The table of a run whose way back is a sampler's. From the forward run, the way there ends at the time t of its first level,
 * which is the path's T: below the schedule's it begins part-way (SDEdit). Fresh noise is taken for a state at that level,
 * wherever it is, as samplers do. The noise of its steps is that of the exact chain's last ones, so that as many steps draw
 * the same.
 * @throws RangeError for a bad seed, where the forward run has no state at the first level, and as `samplerRows`.
 */
export function sampledPath(schedule: Schedule, seed: number, start: Start, steps: readonly Step[]): Path {
  const first = steps[0]?.at ?? levelAt(schedule, schedule.T);
  const T = start === 'forward' ? first.t : schedule.T;
  checkTurn(T, schedule.T);
  const there = Array.from({ length: T }, (_, i) => forwardRow(schedule, seed, i + 1));
  const back = samplerRows(steps).map((row, i, { length }) => ({
    ...row,
    key: reverseKey(seed, length - 1 - i),
  }));
  return {
    ...course(
      Array.from({ length: T + 1 }, (_, t) => levelAt(schedule, t)),
      [first, ...steps.map(({ to }) => to)],
    ),
    rows: [LOAD, ...there, turnRow(seed, T, start), ...back],
  };
}

/** The times and levels of a way there and one back. */
function course(there: readonly Level[], back: readonly Level[]): Omit<Path, 'rows'> {
  const [timesThere, timesBack] = [there, back].map((levels) => levels.map(({ t }) => t)) as [
    number[],
    number[],
  ];
  return { T: timesThere.at(-1) ?? -1, there: timesThere, back: timesBack, levels: [...there, ...back] };
}

/**
 * The table of a run that leads a picture to its own noise, and from there back. No row of it draws.
 * @param there from clean data to the level at which the way back begins (`inversion` of part-way.ts).
 * @throws RangeError without steps, where the ways do not meet, where one of them draws noise, and as `samplerRows`.
 */
export function invertedPath(there: readonly Step[], back: readonly Step[]): Path {
  const [data, end, turn] = [there[0]?.at, there.at(-1)?.to, back[0]?.at];
  if (!data || !end || !turn) throw new RangeError('an inversion needs steps there and back');
  if (data.sigma !== 0 || end.alpha !== turn.alpha || end.sigma !== turn.sigma) {
    throw new RangeError('an inversion leads from clean data to the level at which the way back begins');
  }
  if ([...there, ...back].some(({ s = 0 }) => s !== 0)) {
    throw new RangeError('a run that draws noise is no inversion');
  }
  const rows = (steps: readonly Step[]) => samplerRows(steps).map((row): Row => ({ ...row, key: [0, 0] }));
  return {
    ...course([data, ...there.map(({ to }) => to)], [turn, ...back.map(({ to }) => to)]),
    rows: [LOAD, ...rows(there), { a: 1, b: 0, s: 0, key: [0, 0] }, ...rows(back)],
  };
}

/** What a run begins with that only comes back. */
export interface Beginning {
  /** Of all images of the batch; 0 … 2³² − 1. */
  readonly seed: number;
  /** The element of the batch's noise that is this state's first: an image of a batch can so be made again alone. */
  readonly first?: number;
  /** Whether it is pure noise, or a state that is given. */
  readonly start: 'fresh' | 'given';
}

/**
 * The table of a run that only comes back: a sampler's steps from noise, or from a given state, at their first level.
 * Position 0 is that state; there is no way there, and T is −1. Fresh noise has the variance of a state whose x_0 has
 * variance 1. Its noise is that of `sampledPath`.
 * @throws RangeError for a bad seed, without steps, and as `samplerRows`.
 */
export function generationPath({ seed, first = 0, start }: Beginning, steps: readonly Step[]): Path {
  const at = steps[0]?.at;
  if (!at) throw new RangeError('a run that generates needs steps');
  const { length } = steps;
  const fresh: Row = { a: 0, b: 0, s: Math.hypot(at.alpha, at.sigma), key: reverseKey(seed, length), first };
  const back = samplerRows(steps).map((row, i) => ({ ...row, key: reverseKey(seed, length - 1 - i), first }));
  return {
    ...course([], [at, ...steps.map(({ to }) => to)]),
    rows: [start === 'fresh' ? fresh : { a: 1, b: 0, s: 0, key: [0, 0] }, ...back],
  };
}

/** The last position of a path: back at x_0. */
export const lastPosition = ({ there, back }: Course): number => there.length + back.length - 1;

/** What state p is. */
export const directionAt = ({ there }: Course, p: number): Direction =>
  p < there.length ? 'forward' : 'reverse';
export const timeAt = ({ there, back }: Course, p: number): number =>
  (p < there.length ? there[p] : back[p - there.length]) as number;

/**
 * The position at which a direction shows x_t, or the state nearest to it; of several states at one time the last. −1 in a way
 * there that is none.
 */
export function positionAt({ there, back }: Course, direction: Direction, t: number): number {
  const times = direction === 'forward' ? there : back;
  const distance = (i: number) => Math.abs((times[i] as number) - t);
  let nearest = times.length === 0 ? -1 : 0;
  for (let i = 1; i < times.length; i++) if (distance(i) <= distance(nearest)) nearest = i;
  return direction === 'forward' ? nearest : there.length + nearest;
}
