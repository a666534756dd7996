/** The files of a ZIP, one after the other: a large archive is never unpacked as a whole. */
import type { UnzipFile } from 'fflate';

export type ZipFault = 'broken' | 'too-large';

export interface Unzipped {
  readonly path: string;
  /** What was in it, or why it could not be had. */
  readonly content: Uint8Array<ArrayBuffer> | ZipFault;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Collects one file; `done` is called once. */
function collect(file: UnzipFile, mostBytes: number, done: (unzipped: Unzipped) => void): void {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let over = false;
  const end = (content: Unzipped['content']) => {
    if (over) return;
    over = true;
    done({ path: file.name, content });
  };
  file.ondata = (error, chunk, final) => {
    if (over) return;
    if (error) return end('broken');
    length += chunk.length;
    // What the directory says of a size need not be true.
    if (length > mostBytes) return end('too-large');
    chunks.push(chunk);
    if (final) end(joined(chunks, length));
  };
  try {
    file.start();
  } catch {
    end('broken'); // Encrypted, or packed by a method other than deflate.
  }
}

/**
 * @param wanted paths for which it is false are passed over in silence.
 * @param mostBytes a file larger than this, unpacked, is not kept.
 * @throws Error if it is no ZIP at all.
 */
export async function* unzipped(
  zip: Blob,
  wanted: (path: string) => boolean,
  mostBytes: number,
): AsyncGenerator<Unzipped> {
  const { Unzip, UnzipInflate } = await import('fflate');
  const ready: Unzipped[] = [];
  const open = new Set<string>();
  const unzip = new Unzip((file) => {
    if (file.name.endsWith('/') || !wanted(file.name)) return;
    open.add(file.name);
    collect(file, mostBytes, (content) => {
      open.delete(file.name);
      ready.push(content);
    });
  });
  unzip.register(UnzipInflate);
  if (!(await isZip(zip))) throw new Error('not a ZIP');
  const reader = zip.stream().getReader();
  let broken = false;
  for (let ended = false; !ended && !broken; ) {
    const { done, value } = await reader.read();
    ended = done;
    try {
      unzip.push(value ?? new Uint8Array(0), done);
    } catch {
      broken = true; // What came before is good.
    }
    yield* ready.splice(0);
  }
  if (broken) await reader.cancel();
  for (const path of open) yield { path, content: 'broken' };
}

/** The signature of a file's header, or of an empty archive's end. */
async function isZip(blob: Blob): Promise<boolean> {
  const [p, k, a, b] = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}
