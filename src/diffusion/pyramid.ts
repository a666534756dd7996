/**
 * From one picture to new ones, coarse to fine: what every level of a pyramid is to do. The coarsest begins with noise
 * alone; each finer one with the result so far, enlarged, and a little noise, and sharpens it.
 */
import { PATCH_SIZES, type Padding } from './patches.ts';
import { foldIn, key, type Words } from './random.ts';
import type { Size } from './resample.ts';
import type { Level } from './step.ts';

/** What the source is a picture of. */
export const PICTURE_KINDS = ['landscape', 'texture', 'pixels'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** A level's steps, geometric in σ̃ = σ/α. */
export interface Descent {
  readonly steps: number;
  readonly from: number;
  readonly to: number;
  /** Patch sizes of the steps in turn; where fewer than steps the first goes on until the others end it. */
  readonly patches: readonly number[];
}

/** The recipe for a kind of picture. */
export interface Recipe {
  readonly padding: Padding;
  readonly heightPenalty: number;
  /** How often the coarsest level is halved. */
  readonly halvings: number;
  readonly coarsest: Descent;
  /** Of all levels but the coarsest. */
  readonly finer: Descent;
  /** Whether the result is to have the source's colours only. */
  readonly palette: boolean;
}

const coarsest = { steps: 20, from: 20, to: 0.05 };
const finer = { steps: 8, from: 0.4, to: 0.04 };

export const recipes: Readonly<Record<PictureKind, Recipe>> = {
  // With patches of 7, photographs' blades of grass fray, and ground floats in the sky.
  landscape: {
    ...{ padding: 'zero', heightPenalty: 60, halvings: 3, palette: false },
    coarsest: { ...coarsest, patches: [9, 7, 5, 3] },
    finer: { ...finer, patches: [9, 7, 5, 3] },
  },
  // With smaller patches, bricks and fruit run into each other; with less noise, strokes are averaged away.
  texture: {
    ...{ padding: 'circular', heightPenalty: 0, halvings: 2, palette: false },
    coarsest: { ...coarsest, patches: [13, 9, 7, 5, 3] },
    finer: { ...finer, from: 0.8, patches: [11, 9, 7, 5, 3] },
  },
  pixels: {
    ...{ padding: 'circular', heightPenalty: 0, halvings: 0, palette: true },
    coarsest: {
      ...{ steps: 22, from: 10, to: 0.03 },
      patches: [15, 15, 15, 15, 15, 15, 15, 15, 13, 13, 13, 13, 11, 11, 11, 11, 9, 9, 9, 7, 5, 3],
    },
    finer: { ...finer, patches: [9, 7, 5, 3] },
  },
};

/** `count` values from `from` to `to`, each the same part of the one before. */
export const geometric = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (count === 1 ? 0 : i / (count - 1)));

/** The variance-preserving level of σ̃ = σ/α. */
export const vpLevel = (ratio: number): Level => ({
  alpha: 1 / Math.hypot(1, ratio),
  sigma: ratio / Math.hypot(1, ratio),
  t: ratio,
});

/** Patch sizes for so many steps: the first until the rest, in turn, are the last ones. */
export const patchesFor = (
  steps: number,
  [first = PATCH_SIZES.least, ...rest]: readonly number[],
): number[] => Array.from({ length: steps }, (_, i) => rest[i - (steps - rest.length)] ?? first);

/** The part of a level's steps after which its source is sharp. */
const SHARP_AFTER = 0.75;

/** γ, the blurred twin's share, in every step of a finer level: from 1 to 0 over the first 75 %. */
export const gammasFor = (steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => Math.max(0, 1 - i / (SHARP_AFTER * steps)));

/** How far random candidates may be in every step: a half, an eighth, a 32nd of the source, halved from step to step. */
export const radiiFor = (steps: number, { w, h }: Size): [number, number, number][] =>
  Array.from({ length: steps }, (_, i) => {
    const [a, b, c] = [2, 8, 32].map((part) => Math.max(1, Math.round(Math.max(w, h) / part / 2 ** i)));
    return [a as number, b as number, c as number];
  });

export interface PyramidPlan {
  readonly source: Size;
  readonly output: Size;
  /** Pictures at once. */
  readonly images: number;
  /** Whether every level compares all patches. */
  readonly exact: boolean;
}

export interface PyramidLevel {
  readonly size: Size;
  readonly source: Size;
  /** σ falls from level to level, to 0: one more than there are steps. */
  readonly levels: readonly Level[];
  readonly patches: readonly number[];
  readonly gammas: readonly number[];
  readonly radii: readonly (readonly [number, number, number])[];
  /** Whether all patches are compared, or candidates only. */
  readonly exact: boolean;
}

/** Pairs of patches that are compared one with every other even where candidates may stand for them. */
const FEW_PAIRS = 2 ** 23;

const halved = ({ w, h }: Size, times: number): Size => ({
  w: Math.max(1, Math.round(w / 2 ** times)),
  h: Math.max(1, Math.round(h / 2 ** times)),
});

/** The least side that halving may leave a source with, in patches: of smaller ones the result is a shifted copy. */
const LEAST_PATCHES = 1.6;

/** The levels, coarsest first. @throws RangeError for a size without pixels. */
export function pyramidLevels(
  recipe: Recipe,
  { source, output, images, exact }: PyramidPlan,
): PyramidLevel[] {
  for (const side of [output.w, output.h]) {
    if (!(Number.isInteger(side) && side > 0))
      throw new RangeError(`a picture cannot have a side of ${side}`);
  }
  const least = LEAST_PATCHES * Math.max(...recipe.coarsest.patches);
  const possible = Math.floor(Math.log2(Math.min(source.w, source.h) / least));
  const halvings = Math.max(0, Math.min(recipe.halvings, possible));
  return Array.from({ length: halvings + 1 }, (_, i) => {
    const { steps, from, to, patches } = i === 0 ? recipe.coarsest : recipe.finer;
    const [size, its] = [halved(output, halvings - i), halved(source, halvings - i)];
    const pairs = images * size.w * size.h * its.w * its.h;
    return {
      ...{ size, source: its },
      levels: [...geometric(steps, from, to), 0].map(vpLevel),
      patches: patchesFor(steps, patches),
      gammas: i === 0 ? [0] : gammasFor(steps),
      radii: radiiFor(steps, its),
      exact: exact || i === 0 || (pairs <= FEW_PAIRS && i < halvings),
    };
  });
}

/** The key of the noise that a level begins with, the coarsest being level 0; a stream that no round trip uses. */
export const levelKey = (seed: number, level: number): Words =>
  foldIn(foldIn(foldIn(key(seed), 0), 0), level);

/** The key of a step's random candidates. */
export const searchKey = (seed: number, level: number, step: number): Words =>
  foldIn(foldIn(levelKey(seed, level), 1), step);
