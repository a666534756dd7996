import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { fitted, planesOf } from '../../src/page/sets/crop.ts';
import { commonTitle, isHidden } from '../../src/page/sets/dropped.ts';
import { type Unzipped, unzipped } from '../../src/page/sets/zip.ts';

const sides = fc.integer({ min: 1, max: 10_000 });

test('cut to the middle: the largest square inside, over the whole tile', () => {
  expect(fitted({ width: 300, height: 200 }, 32, 'crop')).toEqual({
    from: { x: 50, y: 0, width: 200, height: 200 },
    to: { x: 0, y: 0, width: 32, height: 32 },
  });
  fc.assert(
    fc.property(sides, sides, (width, height) => {
      const { from } = fitted({ width, height }, 64, 'crop');
      expect(from.width).toBe(from.height);
      expect(from.width).toBe(Math.min(width, height));
      expect(2 * from.x + from.width).toBe(width);
      expect(2 * from.y + from.height).toBe(height);
    }),
  );
});

test('white margins: all of the picture, in its shape, in the middle of the tile', () => {
  expect(fitted({ width: 20, height: 80 }, 64, 'pad').to).toEqual({ x: 24, y: 0, width: 16, height: 64 });
  fc.assert(
    fc.property(sides, sides, fc.constantFrom(32, 64), (width, height, side) => {
      const { from, to } = fitted({ width, height }, side, 'pad');
      expect(from).toEqual({ x: 0, y: 0, width, height });
      expect(Math.max(to.width, to.height)).toBeCloseTo(side, 9);
      expect(Math.min(to.width, to.height)).toBeGreaterThanOrEqual(1);
      expect(2 * to.x + to.width).toBeCloseTo(side, 9);
      expect(2 * to.y + to.height).toBeCloseTo(side, 9);
      if (Math.min(to.width, to.height) > 1) expect(to.width / to.height).toBeCloseTo(width / height, 6);
    }),
  );
});

test('pixels become planes', () => {
  expect(Array.from(planesOf([1, 2, 3, 255, 4, 5, 6, 255]))).toEqual([1, 4, 2, 5, 3, 6]);
});

const everything = () => true;
const MOST = 1000;

async function all(bytes: Uint8Array, wanted: (path: string) => boolean = everything): Promise<Unzipped[]> {
  const found: Unzipped[] = [];
  for await (const file of unzipped(new Blob([Uint8Array.from(bytes)]), wanted, MOST)) found.push(file);
  return found;
}

const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31 + (i >> 3)) % 251);

test('a ZIP gives its files as they were, stored or deflated, without its folders', async () => {
  const files: Zippable = {
    'folder/': new Uint8Array(0),
    'folder/deflated.bin': [noise(900), { level: 9 }],
    'stored.bin': [noise(500), { level: 0 }],
    'empty.bin': new Uint8Array(0),
    'ünïcode/图.bin': strToU8('x'),
  };
  const found = await all(zipSync(files));
  expect(found.map(({ path }) => path)).toEqual([
    'folder/deflated.bin',
    'stored.bin',
    'empty.bin',
    'ünïcode/图.bin',
  ]);
  expect(found.map(({ content }) => content)).toEqual([
    noise(900),
    noise(500),
    new Uint8Array(0),
    strToU8('x'),
  ]);
  expect(await all(zipSync(files), (path) => path === 'stored.bin')).toHaveLength(1);
  expect(await all(zipSync({}))).toEqual([]);
});

test('what is too large, damaged or cut off in a ZIP is named, and the rest is there', async () => {
  const large = await all(
    zipSync({ 'a.bin': noise(10), 'bomb.bin': new Uint8Array(100_000), 'b.bin': noise(20) }),
  );
  expect(
    large.map(({ path, content }) => [path, typeof content === 'string' ? content : content.length]),
  ).toEqual([
    ['a.bin', 10],
    ['bomb.bin', 'too-large'],
    ['b.bin', 20],
  ]);
  const whole = zipSync({ 'a.bin': [noise(300), { level: 0 }], 'b.bin': [noise(900), { level: 9 }] });
  const cut = await all(whole.subarray(0, 600));
  expect(cut).toEqual([
    { path: 'a.bin', content: noise(300) },
    { path: 'b.bin', content: 'broken' },
    // The archive itself: what came after is not known.
    { path: '', content: 'cut-off' },
  ]);
  const damaged = whole.slice();
  // A deflate block of the kind that does not exist, at the start of b.bin's content.
  const header = 30 + 'a.bin'.length + 300;
  damaged[header + 30 + 'b.bin'.length] = 0x07;
  const rest = await all(damaged);
  expect(rest[0]).toEqual({ path: 'a.bin', content: noise(300) });
  expect(rest[1]).toEqual({ path: 'b.bin', content: 'broken' });
});

test('what is no ZIP is refused', async () => {
  await expect(all(strToU8('no archive at all'))).rejects.toThrow('not a ZIP');
  await expect(all(new Uint8Array(0))).rejects.toThrow('not a ZIP');
});

test('a set is called after the folder, the ZIP or the only file', () => {
  expect(commonTitle(['birds/a.png', 'birds/inner/b.png'])).toBe('birds');
  expect(commonTitle(['birds.zip/a.png', 'birds.zip/b.png'])).toBe('birds');
  expect(commonTitle(['rose.png'])).toBe('rose');
  expect(commonTitle(['a.png', 'b.png'])).toBeUndefined();
  expect(commonTitle(['x/a.png', 'y/b.png'])).toBeUndefined();
});

test('what systems put beside files is hidden', () => {
  for (const path of ['.DS_Store', '__MACOSX/a/._b.png', 'a/.hidden/b.png', 'a/Thumbs.db'])
    expect(isHidden(path)).toBe(true);
  expect(isHidden('a/b.c/d.png')).toBe(false);
});
