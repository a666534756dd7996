/** All files of a drop, folders opened. */

export interface Found {
  /** With the folders that it lies in. */
  readonly path: string;
  readonly file: File;
}

/** A file or folder that the system would not hand over. */
export interface Unreadable {
  readonly path: string;
  readonly fault: 'unreadable';
}

export type Files = AsyncIterable<Found | Unreadable>;

/** Files that systems put beside those of people. */
export const isHidden = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db');

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A browser hands a folder over in parts, the last of them empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}

async function* walk(entry: FileSystemEntry): AsyncGenerator<Found | Unreadable> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (entry.isFile) yield { path, file: await fileOf(entry as FileSystemFileEntry) };
    else for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) yield* walk(inner);
  } catch {
    yield { path, fault: 'unreadable' };
  }
}

/** Call it before anything is awaited: a drop's data is gone when its event is over. */
export function droppedFiles(data: DataTransfer): Files {
  const entries = Array.from(data.items, (item) => item.webkitGetAsEntry?.()).filter((entry) => !!entry);
  const plain = chosenFiles(data.files);
  // Files made by a script, rather than dragged from a folder, have no entries.
  if (entries.length === 0) return plain;
  return (async function* () {
    for (const entry of entries) yield* walk(entry);
  })();
}

/** Of an input: with their folders, where a folder was chosen. */
export function chosenFiles(files: FileList): Files {
  const all = Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
  return (async function* () {
    yield* all;
  })();
}

/** The folder or ZIP that all of them come from, or the only file's name. */
export function commonTitle(paths: readonly string[]): string | undefined {
  const [first = ''] = paths;
  const top = first.split('/')[0] as string;
  const shared =
    paths.length === 1 || (first.includes('/') && paths.every((path) => path.startsWith(`${top}/`)));
  return shared ? top.replace(/\.[a-z]{3,4}$/i, '') : undefined;
}
