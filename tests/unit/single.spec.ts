/** One picture and what is asked of it: links, shapes, and pixel art that is never smoothed. */
import { expect, test } from '@playwright/test';
import { bandsPart, hasBands } from '../../src/page/single/bands.ts';
import { enlargementOf, looksLikeArt, picked, type Raster } from '../../src/page/single/pixel-art.ts';
import { aspectOf, columnsOf, shapeNames, shapeOf, sized } from '../../src/page/single/shapes.ts';
import {
  defaults,
  formatLink,
  ofKind,
  parseLink,
  tooMany,
  type Wanted,
} from '../../src/page/single/wanted.ts';
import { viewOf } from '../../src/page/views.ts';

const base = defaults(true);

test('a link brings everything back', () => {
  const wanted: Wanted = {
    ...{ source: 'city', kind: 'texture', w: 77, h: 1024, n: 9, seed: 4294967295, exact: true },
  };
  const link = formatLink(wanted);
  expect(viewOf(link)).toBe('single');
  expect(parseLink(link, base, true)).toEqual({ wanted, nonsense: [] });
});

test('a link that names a picture alone has its kind, and a size for it', () => {
  const { wanted } = parseLink('#view=single&source=dungeon', base, true);
  expect(wanted).toMatchObject({ source: 'dungeon', kind: 'pixels', w: 48, h: 48 });
  expect(parseLink('#view=single&source=brick', base, false).wanted).toMatchObject({
    kind: 'texture',
    w: 128,
  });
  expect(ofKind('landscape', wanted, false)).toEqual({ kind: 'landscape', w: 256, h: 256 });
});

test('parts that mean nothing change nothing, and are named', () => {
  const link = '#view=single&source=nowhere&kind=portrait&w=8&h=2000&n=0&seed=-1&exact=yes&wall=1';
  const { wanted, nonsense } = parseLink(link, base, true);
  expect(wanted).toEqual(base);
  expect(nonsense.join('&')).toBe(link.slice(1).replace('view=single&', ''));
  const huge = parseLink('#view=single&w=1024&h=1024&n=9', base, true);
  expect(huge.nonsense).toEqual(['n=9 of 1024 × 1024']);
  expect(tooMany(huge.wanted)).toBe(false);
});

test('shapes keep the shorter side, and are known again', () => {
  const source = { w: 120, h: 90 };
  for (const shape of shapeNames) {
    const size = sized(96, aspectOf(shape, source));
    expect(Math.min(size.w, size.h)).toBe(96);
    expect(shapeOf(size, source)).toBe(shape);
  }
  expect(sized(96, aspectOf('wide', source))).toEqual({ w: 336, h: 96 });
  expect(shapeOf({ w: 100, h: 101 }, source)).toBeUndefined();
  expect(sized(512, 3.5)).toEqual({ w: 1024, h: 293 });
});

test('panoramas stand under each other, towers side by side, squares in a square', () => {
  expect([1, 4, 9].map((n) => columnsOf(n, { w: 64, h: 64 }))).toEqual([1, 2, 3]);
  expect(columnsOf(4, { w: 350, h: 100 })).toBe(1);
  expect(columnsOf(4, { w: 100, h: 400 })).toBe(4);
});

/** A picture of so many colours, every one of its pixels `side` × `side` large. */
function art(width: number, height: number, side: number, colours: number): Raster {
  const pixels = Uint32Array.from({ length: width * height * side ** 2 }, (_, i) => {
    const [x, y] = [Math.floor((i % (width * side)) / side), Math.floor(i / (width * side) / side)];
    return ((7 * x + 3 * y + x * y) % colours) * 0x10203;
  });
  return { width: width * side, height: height * side, data: new Uint8ClampedArray(pixels.buffer) };
}

test('pixel art that was enlarged is one pixel a square again, or cut in the middle, with no colour changed', () => {
  const small = art(12, 9, 1, 5);
  for (const side of [1, 2, 3, 8]) {
    const large = art(12, 9, side, 5);
    expect(enlargementOf(large)).toBe(side);
    expect(picked(large, side, 64)).toEqual(small);
  }
  const cut = picked(small, 1, 4);
  expect([cut.width, cut.height]).toEqual([4, 4]);
  const words = (picture: Raster) => [...new Uint32Array(picture.data.buffer)];
  expect(words(cut)).toEqual(
    Array.from({ length: 16 }, (_, i) => words(small)[(2 + Math.floor(i / 4)) * 12 + 4 + (i % 4)]),
  );
});

test('small pictures of few colours look like pixel art, others do not', () => {
  expect(looksLikeArt(art(30, 20, 8, 7))).toBe(true);
  expect(looksLikeArt(art(30, 20, 1, 200))).toBe(false);
  expect(looksLikeArt(art(90, 20, 1, 7))).toBe(false);
});

/** 32 × 32 grey pixels of f(x, y). */
const grey = (f: (x: number, y: number) => number): Raster => ({
  width: 32,
  height: 32,
  data: Uint8ClampedArray.from({ length: 4096 }, (_, i) =>
    i % 4 === 3 ? 255 : f((i >> 2) % 32, Math.floor((i >> 2) / 32)),
  ),
});

test('bands explain most of a slope, and nothing of columns', () => {
  // Var of the means 3.5, 11.5, 19.5, 27.5 over that of 0 … 31: 80/85.25.
  expect(bandsPart(grey((_, y) => y))).toBeCloseTo(80 / 85.25, 6);
  expect(bandsPart(grey((x) => 7 * x))).toBe(0);
  expect(hasBands(grey((x, y) => (y < 12 ? 200 : 60) + 50 * Math.sin(x * 9.7 + y)))).toBe(true);
  expect(hasBands(grey((x, y) => (((x >> 2) + (y >> 1)) % 2 ? 200 : 30)))).toBe(false);
  expect(hasBands(grey(() => 9))).toBe(false);
});
