/** What a link can say: the run's settings and the place in it. Everything is checked on the way in. */
import type { Direction, Start } from '../diffusion/path.ts';
import { cosine, linearRescaled, type Schedule, T_MAX } from '../diffusion/schedule.ts';
import { type SampleName, samples } from './source/samples.ts';
import { type View, views } from './views.ts';

export const schedules: Record<'cosine' | 'linear', (T: number) => Schedule> = {
  cosine,
  linear: linearRescaled,
};
export type ScheduleName = keyof typeof schedules;

/** The longest side in pixels; `original` keeps the picture's own, up to 2048. */
export const sizes = ['64', '128', '256', '512', '1024', '2048', 'original'] as const;
export const SIZE_MAX = 2048;
export const rates = [1, 5, 15, 30, 60, 120, 240, 1000, Number.POSITIVE_INFINITY] as const;

export interface Settings {
  image: SampleName | 'own';
  size: (typeof sizes)[number];
  frame: 'square' | 'whole';
  colour: 'rgb' | 'grey';
  schedule: ScheduleName;
  T: number;
  seed: number;
  start: Start;
  /** Steps a second. */
  rate: number;
}

export interface Place {
  direction: Direction;
  t: number;
}

export const SEED_MAX = 0xffffffff;

export const defaults = (software: boolean): Settings => ({
  image: 'lake',
  // A software adapter takes about a hundredth of a second for a step of 256 × 256: fewer pixels and fewer steps.
  size: software ? '256' : '512',
  frame: 'square',
  colour: 'rgb',
  schedule: 'cosine',
  T: software ? 250 : 1000,
  seed: 20240,
  start: 'forward',
  rate: 120,
});

const whole = (min: number, max: number) => (text: string) => {
  const n = Number(text);
  return /^\d+$/.test(text) && n >= min && n <= max ? n : undefined;
};
const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (text: string) =>
    values.find((value) => value === text);
const rate = (text: string) => rates.find((r) => String(r) === text);

const parsers: { [Name in keyof Settings]: (text: string) => Settings[Name] | undefined } = {
  image: oneOf([...(Object.keys(samples) as SampleName[]), 'own']),
  size: oneOf(sizes),
  frame: oneOf(['square', 'whole']),
  colour: oneOf(['rgb', 'grey']),
  schedule: oneOf(Object.keys(schedules) as ScheduleName[]),
  T: whole(1, T_MAX),
  seed: whole(0, SEED_MAX),
  start: oneOf(['forward', 'fresh']),
  rate,
};
const names = Object.keys(parsers) as (keyof Settings)[];

/** The value that `text` means for this setting; undefined when it means none. */
export const parseSetting = <Name extends keyof Settings>(name: Name, text: string) =>
  parsers[name](text) as Settings[Name] | undefined;

export interface Link {
  settings: Settings;
  /** Where to be; undefined when the link does not say. */
  place: Place | undefined;
  view: View;
  /** Parts of the link that mean nothing here, as written. */
  nonsense: string[];
}

export function parseHash(hash: string, base: Settings): Link {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const nonsense: string[] = [];
  const settings: Settings = { ...base };
  const set = <Name extends keyof Settings>(name: Name, text: string) => {
    const value = parseSetting(name, text);
    if (value === undefined) nonsense.push(`${name}=${text}`);
    else settings[name] = value;
  };
  for (const [name, text] of given) {
    if (name in parsers) set(name as keyof Settings, text);
    else if (!['view', 'run', 't'].includes(name)) nonsense.push(`${name}=${text}`);
  }
  const place = parsePlace(given, settings.T, nonsense);
  const view = oneOf(views)(given.get('view') ?? 'run');
  if (view === undefined) nonsense.push(`view=${given.get('view')}`);
  return { settings, place, view: view ?? 'run', nonsense };
}

function parsePlace(given: URLSearchParams, T: number, nonsense: string[]): Place | undefined {
  const run = given.get('run') ?? 'forward';
  const time = given.get('t');
  if (time === null) return undefined;
  const direction = oneOf<Direction>(['forward', 'reverse'])(run);
  const t = whole(0, T)(time);
  if (direction === undefined) nonsense.push(`run=${run}`);
  if (t === undefined) nonsense.push(`t=${time}`);
  return direction === undefined || t === undefined ? undefined : { direction, t };
}

/** The link that reopens this view of this run at this place. */
export function formatHash(settings: Settings, { direction, t }: Place, view: View = 'run'): string {
  const pairs = names.map((name) => [name, String(settings[name])]);
  if (view !== 'run') pairs.push(['view', view]);
  return `#${new URLSearchParams([...pairs, ['run', direction], ['t', String(t)]])}`;
}

/** Whether two runs have one link. */
export function sameSettings(a: Settings, b: Settings): boolean {
  const place: Place = { direction: 'forward', t: 0 };
  return formatHash(a, place) === formatHash(b, place);
}
