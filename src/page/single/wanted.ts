/** What a link to this view says, checked on the way in. */
import { PICTURE_KINDS, type PictureKind } from '../../diffusion/pyramid.ts';
import type { Size } from '../../diffusion/resample.ts';
import { type Given, oneOf, type Parsers, readGiven, whole } from '../given.ts';
import { SEED_MOST } from '../new-seed.ts';
import { type ExampleName, exampleKinds, exampleNames } from './example-kinds.ts';

/** Pixels of a side of a new picture. */
export const SIDE_LEAST = 16;
export const SIDE_MOST = 1024;
/** Pixels of all new pictures: more take minutes, and hundreds of megabytes. */
export const PIXELS_MOST = 2 ** 21;
export const COUNT_MOST = 9;

export interface Wanted {
  readonly source: ExampleName | 'own';
  readonly kind: PictureKind;
  /** Of every new picture, in pixels. */
  readonly w: number;
  readonly h: number;
  /** How many at once. */
  readonly n: number;
  readonly seed: number;
  /** Whether all patches are compared at every level. */
  readonly exact: boolean;
}

/** Sides of a square picture to begin with. */
export const firstSide = (kind: PictureKind, software: boolean): number =>
  kind === 'pixels' ? 48 : software ? 128 : 256;

export function defaults(software: boolean): Wanted {
  const kind = exampleKinds.hills;
  const side = firstSide(kind, software);
  return { source: 'hills', kind, w: side, h: side, n: 1, seed: 7, exact: false };
}

const parsers: Parsers<Wanted> = {
  source: oneOf([...exampleNames, 'own']),
  kind: oneOf(PICTURE_KINDS),
  w: whole(SIDE_LEAST, SIDE_MOST),
  h: whole(SIDE_LEAST, SIDE_MOST),
  n: whole(1, COUNT_MOST),
  seed: whole(0, SEED_MOST),
  exact: (text) => ({ 1: true, 0: false })[text],
};
const names = Object.keys(parsers) as (keyof Wanted)[];

/** The value that a text means; undefined when it means none. */
export const parseWanted = <Name extends keyof Wanted>(name: Name, text: string): Wanted[Name] | undefined =>
  parsers[name](text) as Wanted[Name] | undefined;

export const tooMany = ({ n, w, h }: Size & { readonly n: number }): boolean => n * w * h > PIXELS_MOST;

/** Reads a link; what it does not say is as its example has it, or else as in `base`. */
export function parseLink(hash: string, base: Wanted, software: boolean): Given<Wanted> {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const source = parsers.source(given.get('source') ?? '');
  const read = readGiven(hash, parsers, source ? { ...base, ...suiting(source, base, software) } : base, [
    'view',
  ]);
  if (!tooMany(read.wanted)) return read;
  const { n, w, h } = read.wanted;
  return { wanted: { ...read.wanted, n: 1 }, nonsense: [...read.nonsense, `n=${n} of ${w} × ${h}`] };
}

/** What else changes with the source: its kind and, with another kind, the size. */
export function suiting(
  source: Wanted['source'],
  now: Wanted,
  software: boolean,
): Pick<Wanted, 'source' | 'kind' | 'w' | 'h'> {
  const kind = source === 'own' ? now.kind : exampleKinds[source];
  return { source, ...ofKind(kind, now, software) };
}

export function ofKind(kind: PictureKind, now: Wanted, software: boolean): Pick<Wanted, 'kind' | 'w' | 'h'> {
  if ((kind === 'pixels') === (now.kind === 'pixels')) return { kind, w: now.w, h: now.h };
  const side = firstSide(kind, software);
  return { kind, w: side, h: side };
}

/** The link that reopens this. */
export function formatLink(wanted: Wanted): string {
  const text = (value: Wanted[keyof Wanted]) =>
    typeof value === 'boolean' ? String(Number(value)) : String(value);
  return `#${new URLSearchParams([['view', 'single'], ...names.map((name) => [name, text(wanted[name])])])}`;
}
