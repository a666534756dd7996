/** The visitor's own sets: kept in this browser's IndexedDB, and nowhere else. */
import type { UseStore } from 'idb-keyval';
import type { Images } from '../../diffusion/images.ts';
import type { NamedSet, SetEntry } from './named-set.ts';

interface Info {
  readonly id: string;
  readonly title: string;
  readonly shape: Images['shape'];
  /** Milliseconds since 1970. */
  readonly added: number;
}

interface Content {
  readonly values: Uint8Array<ArrayBuffer>;
  readonly names: readonly string[];
}

/** Why a set could not be kept; it stays for as long as the page does. */
export type KeepFault = 'full' | 'closed';

const PREFIX = 'own-';

const infoKey = (id: string) => `info:${id}`;
const contentKey = (id: string) => `content:${id}`;

let storage: Promise<{ idb: typeof import('idb-keyval'); store: UseStore }> | undefined;

/** Opened when it is needed first: a page that nobody has given a set need not fetch what this takes. */
function opened() {
  storage ??= import('idb-keyval')
    .then((idb) => ({ idb, store: idb.createStore('diffuscope-sets', 'sets') }))
    .catch((error) => {
      storage = undefined; // What could not be fetched now may be later.
      throw error;
    });
  return storage;
}

export class OwnSets extends EventTarget {
  readonly #infos = new Map<string, Info>();
  /** What could not be kept, in memory. */
  readonly #unkept = new Map<string, Content>();
  #read: Promise<void> | undefined;

  /** Those known so far, the oldest first; `read` finds those of earlier visits. */
  get entries(): readonly SetEntry[] {
    return [...this.#infos.values()]
      .sort((a, b) => a.added - b.added)
      .map(({ id, title, shape }) => ({ id, group: 'own', title, shape, load: () => this.#load(id) }));
  }

  /** Whether a set is only in memory. */
  isUnkept(id: string): boolean {
    return this.#unkept.has(id);
  }

  /** Finds the sets of earlier visits. Where storage is closed, there are none. */
  read(): Promise<void> {
    this.#read ??= this.#list().catch(() => {});
    return this.#read;
  }

  async #list(): Promise<void> {
    const { idb, store } = await opened();
    const keys = (await idb.keys<string>(store)).filter((key) => key.startsWith('info:'));
    for (const info of await idb.getMany<Info>(keys, store)) if (info) this.#infos.set(info.id, info);
    this.#changed();
  }

  /** @returns the new set's id and, if it is only in memory, why. */
  async add(
    title: string,
    { shape, values }: Images,
    names: readonly string[],
  ): Promise<{ id: string; fault: KeepFault | undefined }> {
    if (!(values instanceof Uint8Array)) throw new TypeError('own sets are bytes');
    const id = `${PREFIX}${crypto.randomUUID().slice(0, 8)}`;
    const info: Info = { id, title, shape, added: Date.now() };
    const content: Content = { values, names };
    const fault = await keep(info, content);
    if (fault) this.#unkept.set(id, content);
    this.#infos.set(id, info);
    this.#changed();
    return { id, fault };
  }

  /** Deletes it for good. @throws if storage refuses; then it is still there. */
  async remove(id: string): Promise<void> {
    if (!this.#unkept.delete(id)) {
      const { idb, store } = await opened();
      await idb.delMany([infoKey(id), contentKey(id)], store);
    }
    this.#infos.delete(id);
    this.#changed();
  }

  async #load(id: string): Promise<NamedSet> {
    const info = this.#infos.get(id);
    const content = this.#unkept.get(id) ?? (await stored(id));
    if (!info || !content) throw new Error('this set is no longer in this browser’s storage');
    const { names, values } = content;
    return { id, images: { shape: info.shape, values }, nameOf: (i) => names[i] ?? '' };
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

async function stored(id: string): Promise<Content | undefined> {
  const { idb, store } = await opened();
  return idb.get<Content>(contentKey(id), store);
}

/** Both parts or none. */
async function keep(info: Info, content: Content): Promise<KeepFault | undefined> {
  try {
    const { idb, store } = await opened();
    await idb.setMany(
      [
        [infoKey(info.id), info],
        [contentKey(info.id), content],
      ],
      store,
    );
    // Without this a browser short of space may clear it; a refusal changes nothing.
    void navigator.storage?.persist?.().catch(() => false);
    return undefined;
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'closed';
  }
}

/** The one store of this page. */
export const own = new OwnSets();
