/** Every file that an archive's directory promises comes, or is named. */
import { crc32 } from 'node:zlib';
import { expect, test } from '@playwright/test';
import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterAddDataOptions,
} from '@zip.js/zip.js';
import { unzipped } from '../../src/page/sets/zip.ts';

configure({ useWebWorkers: false });

const MOST = 1000;
type File = readonly [path: string, content: Uint8Array, options?: ZipWriterAddDataOptions];

/** Content that says which file it is, of a length that differs from file to file. */
const contentOf = (i: number) => new TextEncoder().encode(`file ${i} ${'.'.repeat(i % 97)}`);
const files = (n: number, options: ZipWriterAddDataOptions = {}): File[] =>
  Array.from({ length: n }, (_, i) => [`p${i}.bin`, contentOf(i), options] as const);

async function archive(all: readonly File[], comment?: string): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, content, options] of all) await writer.add(path, new Uint8ArrayReader(content), options);
  return Uint8Array.from(await writer.close(comment ? new TextEncoder().encode(comment) : undefined));
}

async function all(zip: Blob) {
  const found: [string, string][] = [];
  for await (const { path, content } of unzipped(zip, () => true, MOST)) {
    found.push([path, typeof content === 'string' ? content : new TextDecoder().decode(content)]);
  }
  return found;
}

const told = (list: readonly File[]) =>
  list.map(([path, content]) => [path, new TextDecoder().decode(content)]);

const STORED = { level: 0, dataDescriptor: false } as const;
const kinds: Record<string, ZipWriterAddDataOptions> = {
  stored: STORED,
  deflated: { level: 6, dataDescriptor: false },
  'with data descriptors': { level: 6, dataDescriptor: true },
  'with data descriptors, stored': { level: 0, dataDescriptor: true },
  'in ZIP64': { level: 6, zip64: true },
};

for (const [kind, options] of Object.entries(kinds)) {
  for (const n of [1, 2, 199]) {
    test(`${n} files, ${kind}`, async () => {
      const list = files(n, options);
      expect(await all(new Blob([await archive(list)]))).toEqual(told(list));
    });
  }
}

/** Stored files as the specification has them, written in one go. */
function storedArchive(list: readonly File[]): Blob {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let at = 0;
  let directoryBytes = 0;
  const header = (bytes: number, ...fields: readonly [offset: number, bytes: 2 | 4, value: number][]) => {
    const view = new DataView(new ArrayBuffer(bytes));
    for (const [offset, size, value] of fields) {
      if (size === 2) view.setUint16(offset, value, true);
      else view.setUint32(offset, value, true);
    }
    return view;
  };
  for (const [path, content] of list) {
    const [crc, { length }] = [crc32(content), content];
    const name = new TextEncoder().encode(path);
    const local = header(30, [0, 4, 0x04034b50], [4, 2, 20], [14, 4, crc], [18, 4, length], [22, 4, length]);
    local.setUint16(26, name.length, true);
    parts.push(local, name, Uint8Array.from(content));
    const entry = header(46, [0, 4, 0x02014b50], [4, 2, 20], [6, 2, 20], [16, 4, crc], [20, 4, length]);
    entry.setUint32(24, length, true);
    entry.setUint16(28, name.length, true);
    entry.setUint32(42, at, true);
    directory.push(entry, name);
    at += 30 + name.length + length;
    directoryBytes += 46 + name.length;
  }
  const n = list.length;
  const end = header(22, [0, 4, 0x06054b50], [8, 2, n], [10, 2, n], [12, 4, directoryBytes], [16, 4, at]);
  return new Blob([...parts, ...directory, end]);
}

for (const n of [3000, 10_001]) {
  test(`${n} files, each time the same`, async () => {
    const list = files(n);
    const zip = storedArchive(list);
    expect(await all(zip)).toEqual(told(list));
    if (n === 3000) expect(await all(zip)).toEqual(told(list));
  });
}

test('a comment at the end, something before the front, and parts of any size', async () => {
  const list = [...files(5, STORED), ...files(9).slice(5)];
  const whole = await archive(list, 'PK\u0005\u0006 a comment that looks like an end');
  expect(await all(new Blob([whole]))).toEqual(told(list));
  expect(await all(new Blob(['#!/bin/sh\nexit\n', whole]))).toEqual(told(list));
  for (const size of [1, 2, 3, 29, 30, 31, 64]) {
    const parts = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
      whole.slice(i * size, (i + 1) * size),
    );
    expect(await all(new Blob(parts)), `parts of ${size}`).toEqual(told(list));
  }
});

/** Other bytes in the place of a text of the same length, wherever it stands. */
function replaced(
  bytes: Uint8Array<ArrayBuffer>,
  from: string,
  to: readonly number[],
): Uint8Array<ArrayBuffer> {
  const old = new TextEncoder().encode(from);
  expect(old.length).toBe(to.length);
  const copy = bytes.slice();
  for (let at = 0; at + old.length <= copy.length; at++) {
    if (old.every((byte, i) => copy[at + i] === byte)) copy.set(to, at);
  }
  return copy;
}

test('names in other encodings, and the same name twice', async () => {
  const bytes = await archive([
    ['AAAA.png', contentOf(1), { ...STORED, useUnicodeFileNames: false }],
    ['CCCC.png', contentOf(2), { ...STORED, useUnicodeFileNames: false }],
    ['图.png', contentOf(3), STORED],
  ]);
  // 0x83 0x65 … is Shift-JIS, and no UTF-8; 0xe5 0x9b 0xbe is UTF-8 that does not say so.
  const named = replaced(replaced(bytes, 'AAAA', [0x83, 0x65, 0x83, 0x58]), 'CCCC', [0xe5, 0x9b, 0xbe, 0x32]);
  const found = await all(new Blob([named]));
  expect(found.map(([, content]) => content)).toEqual(
    [1, 2, 3].map((i) => new TextDecoder().decode(contentOf(i))),
  );
  expect(found.map(([path]) => path.slice(-4))).toEqual(['.png', '.png', '.png']);
  expect(found.slice(1).map(([path]) => path)).toEqual(['图2.png', '图.png']);
  const twice = replaced(
    await archive([
      ['b0.bin', contentOf(1)],
      ['b1.bin', contentOf(2)],
    ]),
    'b1.bin',
    [...new TextEncoder().encode('b0.bin')],
  );
  expect(await all(new Blob([twice]))).toEqual([
    ['b0.bin', new TextDecoder().decode(contentOf(1))],
    ['b0.bin', new TextDecoder().decode(contentOf(2))],
  ]);
});

test('what is encrypted, too large or larger than it says is named, and the rest comes', async () => {
  const list: File[] = [
    ['a.bin', contentOf(1)],
    ['secret.bin', contentOf(2), { password: 'x' }],
    ['bomb.bin', new Uint8Array(100_000)],
    ['b.bin', contentOf(3)],
  ];
  const bytes = await archive(list);
  const [a, , , b] = told(list);
  const expected = [a, ['secret.bin', 'encrypted'], ['bomb.bin', 'too-large'], b];
  expect(await all(new Blob([bytes]))).toEqual(expected);
  // The directory's word for the bomb's size: 1 byte.
  const liar = bytes.slice();
  const view = new DataView(liar.buffer);
  for (let at = 0; at + 46 < liar.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 100_000)
      view.setUint32(at + 24, 1, true);
  }
  const lied = await all(new Blob([liar]));
  expect(lied.map(([path]) => path)).toEqual(['a.bin', 'secret.bin', 'bomb.bin', 'b.bin']);
  expect(['too-large', 'broken']).toContain(lied[2]?.[1]);
  expect(lied[3]).toEqual(b);
});

test('cut off anywhere, it gives what is whole, and says that something is missing', async () => {
  const list = files(6, STORED);
  const whole = await archive(list);
  for (let length = 4; length < whole.length; length += 7) {
    const found = await all(new Blob([whole.slice(0, length)])).catch(() => undefined);
    // Before the first header is complete it might be anything.
    if (!found) {
      expect(length).toBeLessThan(30);
      continue;
    }
    expect(found.at(-1)).toEqual(['', 'cut-off']);
    for (const [path, content] of found.slice(0, -1)) {
      if (content !== 'broken') expect(told(list)).toContainEqual([path, content]);
    }
    const complete = found.filter(([, content]) => content.startsWith('file')).length;
    const named = found.slice(0, -1).length;
    expect(named - complete).toBeLessThanOrEqual(1);
  }
  // Cut within its directory it has all files.
  const found = await all(new Blob([whole.slice(0, whole.length - 30)]));
  expect(found).toEqual([...told(list), ['', 'cut-off']]);
});
