/** The visitor's own picture: the last one is kept in this browser's IndexedDB, and nowhere else. */
import { decodePicture, type PictureNote } from '../source/picture.ts';
import { SOURCE_LEAST } from './prepare.ts';

export interface OwnPicture {
  readonly name: string;
  readonly bitmap: ImageBitmap;
  readonly notes: readonly PictureNote[];
}

export class TooSmall extends Error {
  constructor(readonly fileName: string) {
    super(`${fileName} is too small`);
    this.name = 'TooSmall';
  }
}

/** The longest side at which a photograph is worked on. */
const DECODED_MOST = 4096;
const KEY = 'picture';

/** Fetched when it is needed first. */
async function opened() {
  const idb = await import('idb-keyval');
  return { idb, store: idb.createStore('diffuscope-single', 'single') };
}

/** @throws PictureError, TooSmall */
export async function openPicture(file: File): Promise<OwnPicture> {
  const { bitmap, notes } = await decodePicture(file, DECODED_MOST);
  if (Math.min(bitmap.width, bitmap.height) < SOURCE_LEAST) throw new TooSmall(file.name);
  return { name: file.name, bitmap, notes };
}

/** Where storage is closed or full, the picture lasts as long as the page. */
export async function keepPicture(file: File): Promise<void> {
  try {
    const { idb, store } = await opened();
    await idb.set(KEY, file, store);
  } catch {}
}

/** That of an earlier visit; undefined where there is none that can be read. */
export async function keptPicture(): Promise<OwnPicture | undefined> {
  try {
    const { idb, store } = await opened();
    const file = await idb.get<File>(KEY, store);
    return file && (await openPicture(file));
  } catch {
    return undefined;
  }
}
