import { entry } from '../diffusion/patches.ts';
import type { Words } from '../diffusion/random.ts';
import type { Gpu } from '../gpu/device.ts';
import { fieldBuffer } from '../passes/denoise/patch-mean.ts';
import { PatchSearch, searchTable } from '../passes/denoise/patch-search.ts';
import { patchTables } from '../passes/denoise/patch-stage.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { DenoiserInputs } from './denoiser.ts';
import type { InParts, PatchesOptions } from './patches.ts';
import { geometryOf, type Pictures, packed, rowsOf } from './pictures.ts';

export interface PatchMatchOptions extends PatchesOptions {
  /** The key of the random candidates, for every position of the path. */
  readonly keys: readonly Words[];
  /** How far they may be from the nearest patch known, in pixels of the source; likewise. */
  readonly radii: readonly (readonly [number, number, number])[];
}

/** Pixels of one part of a step: what a software adapter does in about a fifth of a second. */
const PART = 2 ** 14;

/** No `Denoiser`: what it answers depends on what it was asked before. */
export interface PatchMatch extends InParts {
  readonly name: 'patch-match';
  /** Where the nearest patches that position 0 begins with belong; their indices must be those of the source's pixels. */
  readonly start: GPUBuffer;
}

/**
 * An approximation of `patches`: the softmax is over at most 17 candidates a pixel, each with its exact distance. They
 * are the two nearest patches known, the neighbours' nearest at 1, 2 and 5 pixels, shifted accordingly, and three at
 * random (PatchMatch, Barnes et al. 2009). What it knows it has from the step before, so positions must be encoded in
 * turn from 0, where it knows what is in `start`: it is for runs that only go forwards.
 * A step costs at most 17·P_out·k²·C; memory: 16 bytes a pixel of output and source, and 16 bytes a pixel of the output.
 * @throws RangeError as `patches` does.
 */
export async function bindPatchMatch(
  gpu: Gpu,
  pictures: Pictures,
  inputs: DenoiserInputs,
  options: PatchMatchOptions,
): Promise<PatchMatch> {
  const { shape, levels } = inputs;
  const { keys, radii } = options;
  const rows = rowsOf(levels, options);
  const geometry = geometryOf(shape, levels.length, options);
  const { packedX, packedSource } = await packed(gpu, pictures, inputs, { ...options, geometry });
  const pixels = shape.n * shape.h * shape.w;
  const parts = Math.ceil(pixels / PART);
  const searches = searchTable(
    gpu,
    rows.flatMap((_, p) =>
      Array.from({ length: parts }, (_, part) => ({
        ...{ key: entry(keys, p), radii: entry(radii, p) },
        ...{ first: part * PART, count: Math.min(PART, pixels - part * PART) },
      })),
    ),
  );
  const tables = patchTables(gpu, geometry, 1, rows);
  const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
  // What the even positions know and find, and the odd ones.
  const [even, odd] = [fieldBuffer(gpu, shape), fieldBuffer(gpu, shape)];
  const search = (known: GPUBuffer, found: GPUBuffer) =>
    PatchSearch.create(gpu, tables, {
      ...{ x: packedX.packed, source: packedSource.packed, searches, pixels: Math.min(PART, pixels) },
      ...{ known, found, x0Hat },
    });
  const passes = [await search(even, odd), await search(odd, even)] as const;
  const encodePart: InParts['encodePart'] = (pass, p, part) => {
    if (part === 0) for (const pack of [packedX, packedSource]) pack.encode(pass, p);
    passes[p % 2]?.encode(pass, p, p * parts + part);
  };
  return {
    ...{ name: 'patch-match', x0Hat, start: even, parts, encodePart },
    fieldAfter: (p) => (p % 2 === 0 ? odd : even),
    release() {
      for (const pack of [packedX, packedSource]) pack.release();
      gpu.release(tables.rows, tables.geometry, searches, x0Hat, even, odd);
    },
  };
}
