/** The headers that stand before each file of a ZIP, for archives whose directory is missing (APPNOTE.TXT 4.3.7). */

export interface ZipHeader {
  readonly path: string;
  /** The file as it is packed; undefined where it is cut off, encrypted, packed otherwise, or of a size said later only. */
  readonly packed: Blob | undefined;
  /** Whether it is deflated; else it is stored as it is. */
  readonly deflated: boolean;
}

const SIGNATURE = 0x04034b50;
const FIXED_BYTES = 30;
const ENCRYPTED = 1;
const SIZE_COMES_LATER = 8;
const IN_ZIP64 = 0xffffffff;

/** From the front on, up to the first file whose end cannot be told. */
export async function* headersOf(zip: Blob): AsyncGenerator<ZipHeader> {
  for (let at = 0; at + FIXED_BYTES <= zip.size; ) {
    const fixed = new DataView(await zip.slice(at, at + FIXED_BYTES).arrayBuffer());
    const u16 = (offset: number) => fixed.getUint16(offset, true);
    const u32 = (offset: number) => fixed.getUint32(offset, true);
    if (u32(0) !== SIGNATURE) return;
    const [flags, method, size, nameBytes] = [u16(6), u16(8), u32(18), u16(26)];
    const begin = at + FIXED_BYTES + nameBytes + u16(28);
    const path = await zip.slice(at + FIXED_BYTES, at + FIXED_BYTES + nameBytes).text();
    const [deflated, end] = [method === 8, begin + size];
    const told = (flags & SIZE_COMES_LATER) === 0 && size !== IN_ZIP64 && end <= zip.size;
    const readable = told && (flags & ENCRYPTED) === 0 && (deflated || method === 0);
    yield { path, packed: readable ? zip.slice(begin, end) : undefined, deflated };
    if (!told) return;
    at = end;
  }
}
