/** What is on each contact sheet. Another denoiser's sheet is one more entry. */
import type { DenoiserOptions } from '../../src/denoisers/list.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { periodicPart } from '../../src/diffusion/periodic-part.ts';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { dpmpp2m } from '../../src/diffusion/samplers/dpmpp-2m.ts';
import type { Step } from '../../src/diffusion/step.ts';
import { tilesOf } from '../../src/page/sets/atlas.ts';
import { faces } from '../../src/page/sets/emoji.ts';
import { bothWays, type PictureRow, picturesFrom, sourcePixels } from './pictures.ts';

/** Samples of a denoiser, made together, and how. */
export interface SetRow {
  readonly label: string;
  /** What is generated: n images of c × h × w. */
  readonly shape: Images['shape'];
  readonly seed: number;
  readonly denoiser: DenoiserOptions;
  readonly steps: readonly Step[];
  /** What the samples are compared with; absent where there is no set. */
  readonly set?: Images;
}

export type Row = SetRow | PictureRow;

export interface Sheet {
  /** Of the picture in docs/sheets. */
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  /** Across one pixel of the samples; 1 where absent. */
  readonly scale?: number;
  readonly rows: () => Promise<readonly Row[]>;
}

const STEPS = 30;

interface LocalRow {
  readonly n: number;
  readonly seed: number;
  readonly kMax: number;
  readonly eta?: number;
}

async function localFaces(rows: readonly LocalRow[]): Promise<SetRow[]> {
  const { images: set } = await faces.load();
  return rows.map(({ n, seed, kMax, eta = 0 }) => ({
    label: `k_max ${kMax}${eta > 0 ? `, η ${eta}` : ''}`,
    shape: { ...set.shape, n },
    seed,
    denoiser: { name: 'local', set, kMax },
    steps: ddim({ eta })(recipeLevels(STEPS)),
    set,
  }));
}

async function idealFaces(): Promise<SetRow[]> {
  const { images: set } = await faces.load();
  const steps = ddim()(recipeLevels(STEPS));
  return [
    { label: '', shape: { ...set.shape, n: 64 }, seed: 2, denoiser: { name: 'ideal', set }, steps, set },
  ];
}

const TEXTURES = ['strokes', 'pebbles', 'hills', 'fruit'];
const SIDE = 64;

/** The upper left of a source picture. */
async function textureOf(name: string): Promise<Images> {
  const { data, width } = await sourcePixels(`${name}.webp`);
  return tilesOf(data, { size: SIDE, columns: width / SIDE, n: 1 });
}

/** 16 samples of each. */
async function spectra(): Promise<SetRow[]> {
  const sources = await Promise.all(TEXTURES.map(textureOf));
  return sources.map((set, i) => ({
    label: TEXTURES[i] as string,
    shape: { ...set.shape, n: 16 },
    seed: 1,
    denoiser: { name: 'wiener', source: periodicPart(set) },
    steps: dpmpp2m()(recipeLevels(STEPS)),
    set,
  }));
}

const windows = [127, 71, 51, 35].map((kMax) => ({ n: 12, seed: 1, kMax }));
const noisy = { n: 12, kMax: 51, eta: 0.5 };

export const sheets: readonly Sheet[] = [
  {
    name: 'ideal',
    title: 'Ideal denoiser, 89 emoji faces, from the same noise as `local`: it remembers',
    columns: 8,
    rows: idealFaces,
  },
  {
    name: 'local',
    title: 'Local denoiser, 89 emoji faces, 64 × 64, DDIM with η = 0, 30 steps',
    columns: 8,
    rows: () => localFaces([{ n: 64, seed: 2, kMax: 51 }]),
  },
  {
    name: 'local-windows',
    title:
      'Local denoiser, 89 emoji faces: from the same noise with k_max 127, 71, 51, 35; then 51 with η = 0.5',
    columns: 12,
    rows: () => localFaces([...windows, { ...noisy, seed: 1 }, { ...noisy, seed: 2 }]),
  },
  {
    name: 'wiener',
    title: 'Wiener denoiser, 64 × 64, from the spectra of four pictures, DPM-Solver++(2M), 30 steps',
    columns: 16,
    rows: spectra,
  },
  {
    name: 'landscape',
    title: 'One picture, 192 × 192 (first), and eight new ones from its patches',
    columns: 3,
    rows: async () => [await picturesFrom('hills.webp', { kind: 'landscape', lots: 8 })],
  },
  {
    name: 'landscapes',
    title: 'The same picture at 96 × 96 (first), and 64 new ones',
    columns: 13,
    rows: async () => [await picturesFrom('hills.webp', { kind: 'landscape', side: 96, lots: 64 })],
  },
  {
    name: 'panorama',
    title: 'One picture (first), and new ones that are 3.5 times as wide',
    columns: 1,
    rows: async () => [
      await picturesFrom('hills.webp', { kind: 'landscape', output: { w: 672, h: 192 }, lots: 2 }),
    ],
  },
  {
    name: 'texture',
    title:
      'Four textures, 128 × 128 and 144 × 144 (first of each row), and 16 new ones from the patches of each',
    columns: 17,
    rows: () =>
      Promise.all(
        ['brick', 'pebbles', 'strokes', 'fruit'].map((name) =>
          picturesFrom(`${name}.webp`, { kind: 'texture', lots: 16 }),
        ),
      ),
  },
  {
    name: 'pixels',
    title: 'Three pictures of pixel art (first of each row), and 22 new ones of 32 × 32 pixels from each',
    columns: 23,
    scale: 2,
    rows: () =>
      Promise.all(
        ['city', 'dungeon', 'garden'].map((name) =>
          picturesFrom(`${name}.png`, { kind: 'pixels', output: { w: 32, h: 32 }, images: 22 }),
        ),
      ),
  },
  {
    name: 'exact',
    title:
      '64 × 64 each: a source and what candidates only make of it; again, and what all patches do with the same seed',
    columns: 4,
    scale: 2,
    rows: async () =>
      (
        await Promise.all([
          bothWays('hills.webp', 'landscape'),
          bothWays('strokes.webp', 'texture'),
          bothWays('fruit.webp', 'texture'),
        ])
      ).flat(),
  },
];
