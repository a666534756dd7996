import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  type Drawn,
  RING,
  ring,
  SHAPES,
  SIDE,
  STRIPES,
  shapes,
  stripes,
} from '../../src/page/sets/procedural.ts';
import { words as emojiEn } from '../../src/page/text/en/emoji.ts';
import { words as facesEn } from '../../src/page/text/en/faces.ts';
import { words as setsEn } from '../../src/page/text/en/sets.ts';
import { words as emojiZh } from '../../src/page/text/zh/emoji.ts';
import { words as facesZh } from '../../src/page/text/zh/faces.ts';

const { tiles } = setsEn;

const PIXELS = SIDE * SIDE;

/** Image i, planes one after the other. */
const image = ({ images: { shape, values } }: Drawn, i: number) => {
  const length = shape.c * shape.h * shape.w;
  return values.subarray(i * length, (i + 1) * length);
};

const sets = { ring, stripes, shapes };
for (const [name, make] of Object.entries(sets)) {
  test(`${name}: no image blank, no two the same, made again the same`, () => {
    const drawn = make();
    const { n, c, h, w } = drawn.images.shape;
    expect([h, w]).toEqual([SIDE, SIDE]);
    expect(drawn.images.values).toHaveLength(n * c * PIXELS);
    const all = Array.from({ length: n }, (_, i) => image(drawn, i));
    for (const values of all) expect(new Set(values).size).toBeGreaterThan(1);
    expect(new Set(all.map((values) => values.join())).size).toBe(n);
    expect(make().images.values).toEqual(drawn.images.values);
  });
}

/** The middle of what is darker than white in one plane, and how much there is. */
function ink(plane: ArrayLike<number>) {
  let [mass, x, y] = [0, 0, 0];
  for (let i = 0; i < PIXELS; i++) {
    const dark = (255 - (plane[i] as number)) / 255;
    mass += dark;
    x += dark * ((i % SIDE) + 0.5);
    y += dark * (Math.floor(i / SIDE) + 0.5);
  }
  return { mass, x: x / mass, y: y / mass };
}

test('the dots lie on their ring, each at its angle', () => {
  const drawn = ring();
  expect(drawn.images.shape.n).toBe(RING.n);
  for (let i = 0; i < RING.n; i++) {
    const { mass, x, y } = ink(image(drawn, i));
    const angle = (2 * Math.PI * i) / RING.n;
    expect(Math.abs(x - SIDE / 2 - RING.radius * Math.cos(angle))).toBeLessThan(0.05);
    expect(Math.abs(y - SIDE / 2 + RING.radius * Math.sin(angle))).toBeLessThan(0.05);
    expect(Math.abs(mass / (Math.PI * RING.dot ** 2) - 1)).toBeLessThan(0.03);
  }
  expect(drawn.nameOf(RING.n / 4, tiles)).toBe('dot at 90°');
});

test('the stripes have their wavelengths, along x at 0° and along y at 90°', () => {
  const drawn = stripes();
  const { directions, wavelengths, phases } = STRIPES;
  expect(drawn.images.shape.n).toBe(directions * wavelengths.length * phases);
  const at = (d: number, w: number, p: number) => image(drawn, (d * wavelengths.length + w) * phases + p);
  const apart = (u?: number, v?: number) => Math.abs((u as number) - (v as number));
  let [furthest, off] = [0, 0];
  for (const [w, wavelength] of wavelengths.entries()) {
    for (const [d, step] of [
      [0, 1],
      [directions / 2, SIDE],
    ] as const) {
      const values = at(d, w, 1);
      // Halves may round either way.
      for (let i = 0; i < SIDE - wavelength; i++)
        furthest = Math.max(furthest, apart(values[i * step], values[(i + wavelength) * step]));
      // Along the other axis nothing changes.
      const across = step === 1 ? SIDE : 1;
      for (let i = 1; i < SIDE; i++) furthest = Math.max(furthest, apart(values[i * across], values[0]));
    }
    // Half a turn of the phase is the negative.
    const [a, b] = [at(1, w, 0), at(1, w, phases / 2)];
    for (let i = 0; i < PIXELS; i++) off = Math.max(off, Math.abs((a[i] as number) + (b[i] as number) - 255));
  }
  expect(furthest).toBeLessThanOrEqual(1);
  expect(off).toBeLessThan(5);
});

test('the shapes have their areas, stay inside, and are where the seed says', () => {
  const drawn = shapes();
  const { kinds, colours, radii, each } = SHAPES;
  expect(drawn.images.shape.n).toBe(kinds * colours * radii.length * each);
  const areas = [Math.PI, 2, (3 * Math.sqrt(3)) / 4];
  const perKind = colours * radii.length * each;
  for (let i = 0; i < drawn.images.shape.n; i++) {
    const values = image(drawn, i);
    const r = radii[Math.floor(i / each) % radii.length] as number;
    const full = Math.max(
      ...[0, 1, 2].map((c) => 255 - Math.min(...values.subarray(c * PIXELS, (c + 1) * PIXELS))),
    );
    const darkest = [0, 1, 2].find(
      (c) => 255 - Math.min(...values.subarray(c * PIXELS, (c + 1) * PIXELS)) === full,
    ) as number;
    const plane = values.subarray(darkest * PIXELS, (darkest + 1) * PIXELS);
    const { mass } = ink(plane);
    const area = (areas[Math.floor(i / perKind)] as number) * r * r;
    expect(Math.abs((mass * 255) / full / area - 1)).toBeLessThan(0.04);
  }
  expect(drawn.nameOf(0, tiles)).toBe('red disc');
  expect(drawn.nameOf(drawn.images.shape.n - 1, tiles)).toBe('black triangle');
  expect(shapes(1).images.values).not.toEqual(drawn.images.values);
});

const atlases = {
  faces: { columns: 10, size: 64, names: [facesEn, facesZh] },
  emoji: { columns: 32, size: 64, names: [emojiEn, emojiZh] },
};
for (const [id, { columns, size, names }] of Object.entries(atlases)) {
  test(`${id}: every tile has a name in each language, and the file is WebP without loss`, () => {
    const file = readFileSync(`public/sets/${id}.webp`);
    expect(file.subarray(12, 16).toString()).toBe('VP8L');
    // 14 bits of each side less 1, behind a signature.
    const sides = file.readUInt32LE(21);
    const [english, chinese] = names as [string[], string[]];
    expect((sides & 0x3fff) + 1).toBe(columns * size);
    expect(((sides >> 14) & 0x3fff) + 1).toBe(Math.ceil(english.length / columns) * size);
    expect(new Set(english).size).toBe(english.length);
    expect(chinese).toHaveLength(english.length);
    // The Chinese for DNA is DNA.
    for (const name of chinese) expect(name).toMatch(/\p{Script=Han}|DNA/u);
  });
}
