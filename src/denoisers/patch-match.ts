import { entry } from '../diffusion/patches.ts';
import type { Words } from '../diffusion/random.ts';
import type { Gpu } from '../gpu/device.ts';
import { patchTables } from '../passes/denoise/patch-geometry.ts';
import { fieldBuffer } from '../passes/denoise/patch-mean.ts';
import { PatchSearch, searchTable } from '../passes/denoise/patch-search.ts';
import type { ImageSet } from '../passes/image/image-set.ts';
import type { Pack } from '../passes/image/pack.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs } from './denoiser.ts';
import { type PatchesOptions, prepared } from './patches.ts';

export interface PatchMatchOptions extends PatchesOptions {
  /** The key of the random candidates, for every position of the path. */
  readonly keys: readonly Words[];
  /** How far they may be from the nearest patch known, in pixels of the source; likewise. */
  readonly radii: readonly (readonly [number, number, number])[];
}

/** Pixels of one part of a step: what a software adapter does in about a fifth of a second. */
const PART = 2 ** 14;

/**
 * An approximation of `Patches`: the softmax is over at most 17 candidates a pixel, each with its exact distance. They
 * are the two nearest patches known, the neighbours' nearest at 1, 2 and 5 pixels, shifted accordingly, and three at
 * random (PatchMatch, Barnes et al. 2009). What it knows it has from the step before, so positions must be encoded in
 * turn from 0, where it knows what is in `start`: it is for runs that only go forwards, and no ordinary one.
 * A step costs at most 17·P_out·k²·C; memory: 16 bytes a pixel of output and source, and 16 bytes a pixel of the output.
 */
export class PatchMatch implements Denoiser {
  readonly name = 'patch-match';
  readonly constant = false;

  private constructor(
    readonly gpu: Gpu,
    readonly x0Hat: GPUBuffer,
    /** The two nearest patches of every pixel: what the even positions know and find, and the odd ones. */
    readonly fields: readonly [GPUBuffer, GPUBuffer],
    readonly buffers: readonly GPUBuffer[],
    readonly sources: readonly ImageSet[],
    readonly packs: readonly Pack[],
    readonly searches: readonly [PatchSearch, PatchSearch],
    /** How many parts a step falls into, so that it need not be submitted at once. */
    readonly parts: number,
  ) {}

  /** Where the nearest patches that position 0 begins with belong; their indices must be those of the source's pixels. */
  get start(): GPUBuffer {
    return this.fields[0];
  }

  /** @throws RangeError as `Patches.create` does. */
  static async create(gpu: Gpu, inputs: DenoiserInputs, options: PatchMatchOptions): Promise<PatchMatch> {
    const { shape } = inputs;
    const { keys, radii } = options;
    const { rows, geometry, sources, packedX, packedSource } = await prepared(gpu, inputs, options);
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
    const fields = [fieldBuffer(gpu, shape), fieldBuffer(gpu, shape)] as const;
    const search = (known: GPUBuffer, found: GPUBuffer) =>
      PatchSearch.create(gpu, tables, {
        ...{ x: packedX.packed, source: packedSource.packed, searches, pixels: Math.min(PART, pixels) },
        ...{ known, found, x0Hat },
      });
    return new PatchMatch(
      gpu,
      x0Hat,
      fields,
      [tables.rows, tables.geometry, searches, x0Hat, ...fields],
      sources,
      [packedX, packedSource],
      [await search(fields[0], fields[1]), await search(fields[1], fields[0])],
      parts,
    );
  }

  /** What position `p` finds. */
  fieldAfter(p: number): GPUBuffer {
    return this.fields[(p + 1) % 2] as GPUBuffer;
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    for (let part = 0; part < this.parts; part++) this.encodePart(pass, p, part);
  }

  /** All parts in turn are a step. */
  encodePart(pass: GPUComputePassEncoder, p: number, part: number): void {
    if (part === 0) for (const pack of this.packs) pack.encode(pass, p);
    this.searches[p % 2]?.encode(pass, p, p * this.parts + part);
  }

  release(): void {
    for (const held of [...this.packs, ...this.sources]) held.release();
    this.gpu.release(...this.buffers);
  }
}
