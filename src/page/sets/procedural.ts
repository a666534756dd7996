/** Sets made by formulas, 32×32, black and bright on white: the same bytes everywhere, and manifolds that are known. */
import type { Images } from '../../diffusion/images.ts';
import { bits, key } from '../../diffusion/random.ts';
import type { SetsText } from '../text/areas.ts';

export const SIDE = 32;

/** Images, and what each is called in the words given. */
export interface Drawn {
  readonly images: Images;
  nameOf(i: number, words: SetsText['tiles']): string;
}

type Inside = (x: number, y: number) => boolean;

/** Samples a pixel and axis. */
const SAMPLES = 4;

/** How much of pixel (x, y) lies inside: 0, 1/16 … 1. */
function coverage(inside: Inside, x: number, y: number): number {
  let count = 0;
  for (let j = 0; j < SAMPLES; j++) {
    for (let i = 0; i < SAMPLES; i++) {
      if (inside(x + (i + 0.5) / SAMPLES, y + (j + 0.5) / SAMPLES)) count++;
    }
  }
  return count / SAMPLES ** 2;
}

function fromPixels(
  n: number,
  c: number,
  value: (i: number, c: number, x: number, y: number) => number,
): Images {
  const values = new Uint8Array(n * c * SIDE * SIDE);
  let at = 0;
  for (let i = 0; i < n; i++)
    for (let channel = 0; channel < c; channel++)
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++) values[at++] = Math.round(value(i, channel, x, y));
  return { shape: { n, c, h: SIDE, w: SIDE }, values };
}

const WHITE = 255;

/** From white to the colour, by how much is covered. */
const over = (colour: number, covered: number) => WHITE + covered * (colour - WHITE);

export const RING = { n: 128, radius: 9.5, dot: 4 };

/** One dot somewhere on a ring: n points of a closed curve in the space of images. Grey. */
export function ring(): Drawn {
  const { n, radius, dot } = RING;
  const angles = Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / n);
  const images = fromPixels(n, 1, (i, _, x, y) => {
    const angle = angles[i] as number;
    const [cx, cy] = [SIDE / 2 + radius * Math.cos(angle), SIDE / 2 - radius * Math.sin(angle)];
    return over(
      0,
      coverage((u, v) => Math.hypot(u - cx, v - cy) < dot, x, y),
    );
  });
  return { images, nameOf: (i, words) => words.ring(String(Number(((360 * i) / n).toFixed(1)))) };
}

/** 8 directions, 4 wavelengths in pixels, 8 phases. Grey. */
export const STRIPES = { directions: 8, wavelengths: [4, 6, 9, 14], phases: 8 };

/** Sinusoidal gratings; direction 0 runs along x. */
export function stripes(): Drawn {
  const { directions, wavelengths, phases } = STRIPES;
  const all = Array.from({ length: directions }, (_, d) =>
    wavelengths.flatMap((wavelength) =>
      Array.from({ length: phases }, (_, p) => ({ d, wavelength, p, angle: (Math.PI * d) / directions })),
    ),
  ).flat();
  const images = fromPixels(all.length, 1, (i, _, x, y) => {
    const { angle, wavelength, p } = all[i] as (typeof all)[number];
    const along = (x + 0.5) * Math.cos(angle) - (y + 0.5) * Math.sin(angle);
    return 127.5 * (1 + Math.cos(2 * Math.PI * (along / wavelength + p / phases)));
  });
  const nameOf = (i: number, words: SetsText['tiles']) => {
    const { d, wavelength, p } = all[i] as (typeof all)[number];
    return words.stripes((180 * d) / directions, wavelength, (360 * p) / phases);
  };
  return { images, nameOf };
}

const KINDS = ['disc', 'square', 'triangle'] as const;
const COLOURS = [
  { name: 'red', rgb: [214, 40, 57] },
  { name: 'orange', rgb: [244, 140, 6] },
  { name: 'green', rgb: [42, 157, 82] },
  { name: 'blue', rgb: [33, 104, 214] },
  { name: 'purple', rgb: [123, 64, 190] },
  { name: 'black', rgb: [24, 24, 28] },
] as const;

/** Radii of the circles round the shapes, and how many of each kind, colour and radius. */
export const SHAPES = { kinds: 3, colours: 6, radii: [6, 8, 10, 12], each: 4 };

/** Whether a point, relative to the middle, is in the shape of circumradius r. */
const INSIDE = [
  (x: number, y: number, r: number) => Math.hypot(x, y) < r,
  (x: number, y: number, r: number) => Math.max(Math.abs(x), Math.abs(y)) < r * Math.SQRT1_2,
  // A regular triangle with a corner up: three half planes at distance r/2 from its middle.
  (x: number, y: number, r: number) => y < r / 2 && y > -r + Math.sqrt(3) * Math.abs(x),
] as const;

/** One shape an image, anywhere it fits: discs, squares and triangles of several sizes and colours. */
export function shapes(seed = 0): Drawn {
  const { radii, each } = SHAPES;
  const random = key(seed);
  const all = INSIDE.flatMap((inside, kind) =>
    COLOURS.flatMap((colour) =>
      radii.flatMap((r) => Array.from({ length: each }, () => ({ inside, kind, colour, r }))),
    ),
  );
  const middle = (counter: number, r: number) => r + ((SIDE - 2 * r) * bits(random, counter)) / 2 ** 32;
  const images = fromPixels(all.length, 3, (i, c, x, y) => {
    const { inside, colour, r } = all[i] as (typeof all)[number];
    const [cx, cy] = [middle(2 * i, r), middle(2 * i + 1, r)];
    return over(
      colour.rgb[c] as number,
      coverage((u, v) => inside(u - cx, v - cy, r), x, y),
    );
  });
  const nameOf = (i: number, words: SetsText['tiles']) => {
    const { kind, colour } = all[i] as (typeof all)[number];
    return words.shape(words.colours[colour.name], words.kinds[KINDS[kind] as (typeof KINDS)[number]]);
  };
  return { images, nameOf };
}
