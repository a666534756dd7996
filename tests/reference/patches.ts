/** The float64 twin of the shaders over patches, by the definition: every patch with every patch, pixel by pixel. */
import type { Padding } from '../../src/diffusion/patches.ts';
import { patchRow } from '../../src/diffusion/patches.ts';
import { threefry2x32, type Words } from '../../src/diffusion/random.ts';
import type { Level } from '../../src/diffusion/step.ts';

export interface Picture {
  readonly values: ArrayLike<number>;
  readonly c: number;
  readonly h: number;
  readonly w: number;
}

export interface PatchesTwin {
  /** One output image, and the source. */
  readonly x: Picture;
  readonly source: Picture;
  readonly blurred?: Picture;
  readonly gamma?: number;
  readonly level: Level;
  readonly patch: number;
  readonly padding: Padding;
  readonly heightPenalty?: number;
  /** How far from the source's edges the centres of patches must stay. */
  readonly inset?: number;
}

const modulo = (i: number, n: number): number => ((i % n) + n) % n;

/** A value of the plane that a picture lies on. */
function valueAt({ values, h, w }: Picture, padding: Padding, c: number, y: number, x: number): number {
  if (padding === 'circular') return values[(c * h + modulo(y, h)) * w + modulo(x, w)] as number;
  return y < 0 || y >= h || x < 0 || x >= w ? 0 : (values[(c * h + y) * w + x] as number);
}

export const blended = ({ source, blurred = source, gamma = 0 }: PatchesTwin): Picture => ({
  ...source,
  values: Float64Array.from(
    source.values,
    (sharp, i) => gamma * (blurred.values[i] as number) + (1 - gamma) * sharp,
  ),
});

/** The log-weight of the source's patch round (v, u) for the output's round (y, x), but for a constant. */
export function logWeight(twin: PatchesTwin, s: Picture, [y, x]: number[], [v, u]: number[]): number {
  const { level, patch, padding, heightPenalty = 0 } = twin;
  const { alpha, invTwoVariance, radius } = patchRow(level, patch);
  let distance = 0;
  for (let c = 0; c < s.c; c++)
    for (let j = -radius; j <= radius; j++)
      for (let i = -radius; i <= radius; i++) {
        const here = valueAt(twin.x, padding, c, (y as number) + j, (x as number) + i);
        distance += (here - alpha * valueAt(s, padding, c, (v as number) + j, (u as number) + i)) ** 2;
      }
  const heights = ((y as number) + 0.5) / twin.x.h - ((v as number) + 0.5) / s.h;
  return -distance * invTwoVariance - heightPenalty * heights ** 2;
}

/** The mean of the values at these places of the source, weighted by the softmax of their log-weights. */
export function softmaxMean(
  s: Picture,
  places: readonly number[][],
  logWeights: readonly number[],
): number[] {
  const top = Math.max(...logWeights);
  const weights = logWeights.map((l) => Math.exp(l - top));
  const total = weights.reduce((sum, weight) => sum + weight);
  return Array.from({ length: s.c }, (_, c) => {
    const valuesThere = places.map(([v, u]) => valueAt(s, 'zero', c, v as number, u as number));
    return valuesThere.reduce((sum, value, k) => sum + value * (weights[k] as number), 0) / total;
  });
}

export const placesOf = ({ h, w }: Pick<Picture, 'h' | 'w'>): number[][] =>
  Array.from({ length: h * w }, (_, i) => [Math.floor(i / w), i % w]);

const keepsOff = ([v, u]: readonly number[], { h, w }: Picture, inset: number): boolean =>
  Math.min(v as number, h - 1 - (v as number), u as number, w - 1 - (u as number)) >= inset;

/** x̂_0 over every patch of the source, or over the candidates of every pixel, and the nearest patch of each. */
export function patches(
  twin: PatchesTwin,
  candidates?: (pixel: number) => readonly number[][],
): { x0Hat: Float64Array; nearest: number[] } {
  const { x } = twin;
  const s = blended(twin);
  const all = placesOf(s).filter((place) => keepsOff(place, s, twin.inset ?? 0));
  const x0Hat = new Float64Array(x.c * x.h * x.w);
  const nearest = placesOf(x).map((place, i) => {
    const places = candidates?.(i) ?? all;
    const logWeights = places.map((from) => logWeight(twin, s, place, from));
    softmaxMean(s, places, logWeights).forEach((value, c) => {
      x0Hat[c * x.h * x.w + i] = value;
    });
    const [v, u] = places[logWeights.indexOf(Math.max(...logWeights))] as number[];
    return (v as number) * s.w + (u as number);
  });
  return { x0Hat, nearest };
}

/** What a search step is about. */
export interface Search {
  readonly twin: PatchesTwin;
  /** The nearest two patches known of every pixel, by the source's pixel. */
  readonly known: readonly (readonly [number, number])[];
  readonly key: Words;
  readonly radii: readonly [number, number, number];
}

const OFFSETS = [1, 2, 5].flatMap((far) => [
  [0, far],
  [0, -far],
  [far, 0],
  [-far, 0],
]);

/** The places of a pixel's candidates, each once: the twin of what shaders/denoise/patch_match.wgsl tries. */
export function candidatesOf({ twin, known, key, radii }: Search, pixel: number): number[][] {
  const { x, source: s, padding } = twin;
  const own = known[pixel] as readonly [number, number];
  const placeOf = (i: number): [number, number] => [Math.floor(i / s.w), i % s.w];
  const [py, px] = [Math.floor(pixel / x.w), pixel % x.w];
  const inside = ([v, u]: readonly number[]): number[] | undefined => {
    const [a, b] = [v as number, u as number];
    const place = padding === 'circular' ? [modulo(a, s.h), modulo(b, s.w)] : [a, b];
    return keepsOff(place, s, twin.inset ?? 0) ? place : undefined;
  };
  const neighbours = OFFSETS.map(([dy, dx]) => {
    let [y, u] = [py + (dy as number), px + (dx as number)];
    if (padding === 'circular') [y, u] = [modulo(y, x.h), modulo(u, x.w)];
    else if (y < 0 || y >= x.h || u < 0 || u >= x.w) return undefined;
    const [nearest] = known[y * x.w + u] as readonly [number, number];
    const [v, w] = placeOf(nearest);
    return inside([v - (dy as number), w - (dx as number)]);
  });
  const random = radii.map((radius, n) => {
    const [bitsX, bitsY] = threefry2x32(key, [0, 3 * pixel + n]);
    const [v, u] = placeOf(own[0]);
    const far = [v + (bitsY % (2 * radius + 1)) - radius, u + (bitsX % (2 * radius + 1)) - radius];
    const clamped = [
      Math.min(Math.max(far[0] as number, 0), s.h - 1),
      Math.min(Math.max(far[1] as number, 0), s.w - 1),
    ];
    return inside(padding === 'circular' ? far : clamped);
  });
  const all = [...own.map(placeOf), ...neighbours, ...random].filter((place) => place !== undefined);
  return [...new Map(all.map((place) => [place.join(), place])).values()];
}
