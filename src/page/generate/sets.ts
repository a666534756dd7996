/** The sets that a link may name. */
import { emoji, faces } from '../sets/emoji.ts';
import type { NamedSet, SetEntry } from '../sets/named-set.ts';

const ring: SetEntry = {
  id: 'ring',
  group: 'shapes',
  shape: { n: 128, c: 1, h: 32, w: 32 },
  load: async () => {
    const { images, names } = await (await import('../sets/procedural.ts')).ring();
    return { id: 'ring', images, nameOf: (i, language) => names[language][i] ?? '' };
  },
};
const entries: readonly SetEntry[] = [faces, emoji, ring];
const loading = new Map<string, Promise<NamedSet>>();

/** A set by its name, loaded once. @throws Error for a name that is none. */
export function loadSet(name: string): Promise<NamedSet> {
  const known = loading.get(name);
  if (known) return known;
  const entry = entries.find(({ id }) => id === name);
  if (!entry) return Promise.reject(new Error(`there is no set “${name}”`));
  const set = entry.load();
  loading.set(name, set);
  // What failed once may work another time.
  set.catch(() => loading.delete(name));
  return set;
}
