/** All sets there are, and those loaded lately: who asks for a set twice gets the same object, and so the same memory. */
import { fetchWords, wordsOf } from '../text/language.ts';
import { ALPHABETS, type AlphabetName, mostOf } from './alphabets.ts';
import { emoji, faces } from './emoji.ts';
import type { NamedSet, SetEntry } from './named-set.ts';
import { own } from './own.ts';
import type { Drawn } from './procedural.ts';

/** What the page opens on. */
export const FIRST = 'faces';

const SIDE = 32;

const drawn = (id: string, make: () => Promise<Drawn>) => async (): Promise<NamedSet> => {
  const [{ images, nameOf }] = await Promise.all([make(), fetchWords(['sets'])]);
  return { id, images, nameOf: (i, text) => nameOf(i, wordsOf(text, 'sets').tiles) };
};

const glyphEntry = (id: AlphabetName): SetEntry => ({
  id,
  group: 'glyphs',
  shape: { n: mostOf(ALPHABETS[id]), c: 1, h: SIDE, w: SIDE },
  load: drawn(id, async () => (await import('./glyphs.ts')).glyphs(ALPHABETS[id])),
});

const formulaEntry = (id: 'shapes' | 'stripes' | 'ring', n: number, c: number): SetEntry => ({
  id,
  group: 'shapes',
  shape: { n, c, h: SIDE, w: SIDE },
  load: drawn(id, async () => (await import('./procedural.ts'))[id]()),
});

export const builtIn: readonly SetEntry[] = [
  faces,
  emoji,
  ...(Object.keys(ALPHABETS) as AlphabetName[]).map(glyphEntry),
  formulaEntry('shapes', 288, 3),
  formulaEntry('stripes', 256, 1),
  formulaEntry('ring', 128, 1),
];

/** Of a built-in set, or of an own one once `own.read()` is done. */
export const entryOf = (id: string): SetEntry | undefined =>
  builtIn.find((entry) => entry.id === id) ?? own.entries.find((entry) => entry.id === id);

/** Enough for going back and forth between two. */
const KEPT = 3;
const loaded = new Map<string, Promise<NamedSet>>();

/** @throws Error if there is no such set, or it cannot be loaded; asked again, it tries again. */
export async function loadSet(id: string): Promise<NamedSet> {
  const known = loaded.get(id);
  loaded.delete(id);
  const set = known ?? load(id);
  loaded.set(id, set);
  for (const old of [...loaded.keys()].slice(0, -KEPT)) loaded.delete(old);
  try {
    return await set;
  } catch (error) {
    if (loaded.get(id) === set) loaded.delete(id);
    throw error;
  }
}

async function load(id: string): Promise<NamedSet> {
  if (!builtIn.some((entry) => entry.id === id)) await own.read();
  const entry = entryOf(id);
  if (!entry) throw new Error(`there is no set “${id}”`);
  return entry.load();
}

/** Deletes an own set for good. @throws if storage refuses; then it is still there. */
export async function removeSet(id: string): Promise<void> {
  await own.remove(id);
  loaded.delete(id);
}
