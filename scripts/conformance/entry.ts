/** What a reference file says, entry by entry, beside what the library says. */
import type { Page } from 'playwright';

export type Nested = number | readonly Nested[];

/** A published figure, or a table of them, and ours. */
export interface Figure {
  readonly name: string;
  readonly ours: number | ArrayLike<number>;
  /** Undefined where the file does not have it: then nothing is compared. */
  readonly theirs: Nested | undefined;
  /** The largest |ours − theirs| / max(|theirs|, floor) that agrees. */
  readonly within: number;
  /** 1 unless given; 0 makes the deviation relative. */
  readonly floor?: number;
  /** Whether these are the values of a state that a run is in. */
  readonly state?: boolean;
}

export interface Entry {
  readonly name: string;
  /** What of another project it is about, where the share that agrees is counted by that: a scheduler. */
  readonly subject?: string;
  /** What float64 gives on the host. */
  readonly figures?: () => Figure[] | Promise<Figure[]>;
  /** What the shaders give, on the page of the GPU tests. */
  readonly onGpu?: (page: Page) => Promise<Figure[]>;
  /** Why the library cannot run it. */
  readonly cannot?: string;
}

/** A kind of group that reference files have, known by its keys. */
export interface Kind {
  readonly matches: (value: unknown, key: string) => boolean;
  /** `root` is the whole file, where what several groups share is at its top. */
  readonly entries: (value: never, parent: never, key: string, root: never) => Entry[];
}

export const has = (value: unknown, ...keys: string[]): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && keys.every((key) => key in value);

/** Whether this is a list whose members have these keys. */
export const isListOf = (value: unknown, ...keys: string[]): boolean =>
  Array.isArray(value) && value.length > 0 && has(value[0], ...keys);

/** Whether this is a table with rows under columns, the first of them so called. */
export const isTable = (value: unknown, column: string): boolean =>
  has(value, 'columns', 'rows') && Array.isArray(value.columns) && value.columns[0] === column;

/** The members of a group without what is said about it. */
export const membersOf = (group: unknown): (readonly [name: string, member: Nested])[] =>
  has(group) && !Array.isArray(group)
    ? Object.entries(group as Record<string, Nested>).filter(([name]) => name !== 'source' && name !== 'note')
    : [];

/** What to call the members of a group that nothing here can run. */
export const namesIn = (group: object): string[] =>
  Object.keys(group)
    .filter((name) => name !== 'source' && name !== 'note')
    .map((name) => (Array.isArray(group) ? `row ${name}` : name));

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

export const flat = (values: Nested): number[] =>
  typeof values === 'number' ? [values] : values.flatMap(flat);

/** The largest deviation; infinite where there are more figures on one side, or one is not a number. */
export function deviation({ ours, theirs, floor = 1 }: Figure): number {
  const actual = typeof ours === 'number' ? [ours] : Array.from(ours);
  const expected = flat(theirs ?? []);
  if (actual.length !== expected.length) return Infinity;
  return expected.reduce((largest, value, i) => {
    const own = actual[i] as number;
    const error = own === value ? 0 : Math.abs(own - value) / Math.max(Math.abs(value), floor);
    return Math.max(largest, Number.isNaN(error) ? Infinity : error);
  }, 0);
}

export const sum = (values: Iterable<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** ‖a − b‖² */
export const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((value, i) => (value - (b[i] as number)) ** 2));

/** a·x + b·y, element by element. */
export const combine = (a: number, x: readonly number[], b: number, y: readonly number[]): number[] =>
  x.map((value, i) => a * value + b * (y[i] as number));
