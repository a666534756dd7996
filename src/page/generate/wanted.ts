/** What a link to this view says, checked on the way in. */
import type { SamplerName } from '../../diffusion/samplers/list.ts';
import { type Given, oneOf, type Parsers, readGiven, whole } from '../given.ts';
import { SEED_MOST } from '../new-seed.ts';
import { type SamplerChoice, samplerNames } from '../samplers/names.ts';

/** Those that know a set of images and nothing else. */
export const denoiserNames = ['local', 'ideal', 'wiener'] as const;
export type DenoiserName = (typeof denoiserNames)[number];

/** The local denoiser's widest window, odd; twice the picture less one sees all of it from everywhere. */
export const K_MIN = 5;
export const K_MOST = 127;
export const N_MOST = 64;
export const STEPS_LEAST = 2;
export const STEPS_MOST = 200;

export interface Wanted {
  /** The set of images, by its name. */
  readonly set: string;
  /** Which image of the set, from 0, gives its spectrum to the Wiener denoiser. */
  readonly source: number;
  readonly denoiser: DenoiserName;
  /** k_max of the local denoiser, in pixels of the picture. */
  readonly k: number;
  /** How many at once. */
  readonly n: number;
  readonly seed: number;
  readonly sampler: SamplerName;
  /** Steps from noise to picture. */
  readonly steps: number;
  /** DDIM's: 0 is its ODE, 1 the ancestral chain. */
  readonly eta: number;
}

/** Which sample is on the stage, if any, and how far all are. */
export interface Position {
  readonly sample: number | undefined;
  /** Steps still to go: 0 is the picture; undefined plays from the beginning. */
  readonly t: number | undefined;
}

export const defaults = (software: boolean): Wanted => ({
  set: 'faces',
  source: 0,
  denoiser: 'local',
  k: 51,
  // A software adapter is slow: fewer at once.
  n: software ? 9 : 16,
  seed: 2024,
  sampler: 'ddim',
  steps: 30,
  eta: 0,
});

const odd = (least: number, most: number) => (text: string) => {
  const value = whole(least, most)(text);
  return value !== undefined && value % 2 === 1 ? value : undefined;
};
const fraction = (text: string) => (/^(0|1|0?\.\d+|1\.0+|0\.\d+)$/.test(text) ? Number(text) : undefined);
const listed = samplerNames.filter((name: SamplerChoice): name is SamplerName => name !== 'posterior');

const parsers: Parsers<Wanted> = {
  set: (text) => (/^[\w-]{1,80}$/.test(text) ? text : undefined),
  source: whole(0, 99_999),
  denoiser: oneOf(denoiserNames),
  k: odd(K_MIN, K_MOST),
  n: whole(1, N_MOST),
  seed: whole(0, SEED_MOST),
  sampler: oneOf(listed),
  steps: whole(STEPS_LEAST, STEPS_MOST),
  eta: fraction,
};
const names = Object.keys(parsers) as (keyof Wanted)[];

/** The value that a text means; undefined when it means none. */
export const parseWanted = <Name extends keyof Wanted>(name: Name, text: string): Wanted[Name] | undefined =>
  parsers[name](text) as Wanted[Name] | undefined;

export interface Link extends Position, Given<Wanted> {}

/** Reads a link; what it does not say is as in `base`. */
export function parseLink(hash: string, base: Wanted): Link {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const { wanted, nonsense: unread } = readGiven(hash, parsers, base, ['view', 'sample', 't']);
  const nonsense = [...unread];
  const number = (name: string, most: number) => {
    const text = given.get(name);
    const value = text === null ? undefined : whole(0, most)(text);
    if (text !== null && value === undefined) nonsense.push(`${name}=${text}`);
    return value;
  };
  const sample = number('sample', wanted.n - 1);
  // A method of two stages takes two rows a step.
  const t = number('t', 4 * wanted.steps);
  return { wanted, sample, t, nonsense };
}

/** The link that reopens this. */
export function formatLink(wanted: Wanted, { sample, t }: Position): string {
  const pairs = names.map((name) => [name, String(wanted[name])]);
  if (sample !== undefined) pairs.push(['sample', String(sample)]);
  if (t !== undefined) pairs.push(['t', String(t)]);
  return `#${new URLSearchParams([['view', 'generate'], ...pairs])}`;
}
