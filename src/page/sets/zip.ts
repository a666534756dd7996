/** The files of a ZIP, by the directory at its end, one after the other: a large archive is never unpacked as a whole. */
import type { Entry } from '@zip.js/zip.js';
import { headersOf } from './zip-headers.ts';

export type ZipFault = 'broken' | 'too-large' | 'encrypted' | 'cut-off';

export interface Unzipped {
  /** Empty for the archive itself, where its directory is missing. */
  readonly path: string;
  /** What was in it, or why it could not be had. */
  readonly content: Uint8Array<ArrayBuffer> | ZipFault;
}

/** All that a stream holds, or nothing where that is more than `mostBytes`. */
async function whole(
  stream: ReadableStream<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer> | 'too-large'> {
  const chunks: BlobPart[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > mostBytes) return 'too-large';
    chunks.push(Uint8Array.from(chunk));
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** What the directory says of a size need not be true, so what comes is counted as well. */
async function contentOf(entry: Entry, mostBytes: number): Promise<Unzipped['content']> {
  if (entry.encrypted) return 'encrypted';
  if (entry.uncompressedSize > mostBytes) return 'too-large';
  if (entry.directory) return 'broken';
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  try {
    const reading = whole(readable, mostBytes);
    // Where it is too large, reading ends first and the writing fails: that is not to be an error of its own.
    const writing = entry.getData(writable, { checkSignature: true });
    writing.catch(() => {});
    const content = await Promise.race([reading, writing.then(() => reading)]);
    if (content === 'too-large') return content;
    await writing;
    return content.length === entry.uncompressedSize ? content : 'broken';
  } catch {
    return 'broken'; // Damaged, cut off, or packed by a method other than deflate.
  }
}

/** A name that is valid UTF-8 is UTF-8, whether or not the archive says so; zip.js reads others as code page 437. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
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
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js');
  // Workers would need an address of their own, which the page's policy forbids.
  const reader = new ZipReader(new BlobReader(zip), { useWebWorkers: false, decodeText });
  let entries: Entry[];
  try {
    entries = await reader.getEntries();
  } catch {
    yield* salvaged(zip, wanted, mostBytes);
    return;
  }
  for (const entry of entries) {
    const { filename: path } = entry;
    if (!entry.directory && wanted(path)) yield { path, content: await contentOf(entry, mostBytes) };
  }
}

/** Without a directory: what the files' own headers tell from the front on, and that the rest is unknown. */
async function* salvaged(
  zip: Blob,
  wanted: (path: string) => boolean,
  mostBytes: number,
): AsyncGenerator<Unzipped> {
  let headers = 0;
  for await (const { path, packed, deflated } of headersOf(zip)) {
    headers++;
    if (path.endsWith('/') || !wanted(path)) continue;
    if (!packed) {
      yield { path, content: 'broken' };
      continue;
    }
    const stream = packed.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
    const unpacked = deflated ? stream.pipeThrough(new DecompressionStream('deflate-raw')) : stream;
    yield { path, content: await whole(unpacked, mostBytes).catch(() => 'broken' as const) };
  }
  if (headers === 0) throw new Error('not a ZIP');
  yield { path: '', content: 'cut-off' };
}
