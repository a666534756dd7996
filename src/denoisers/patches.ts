import type { Images } from '../diffusion/images.ts';
import { entry, insetOf, type Padding, patchRow } from '../diffusion/patches.ts';
import type { Gpu } from '../gpu/device.ts';
import { chunksOf, chunkTable, columnsBuffer, PatchColumns } from '../passes/denoise/patch-columns.ts';
import { packings, patchGeometry, patchTables } from '../passes/denoise/patch-geometry.ts';
import { fieldBuffer, PatchMean } from '../passes/denoise/patch-mean.ts';
import { PatchSoftmax, partialsBuffer, softmaxInvocations } from '../passes/denoise/patch-softmax.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import { Pack } from '../passes/image/pack.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs } from './denoiser.ts';

export interface PatchesOptions {
  /** One image, with as many channels as the state; of any size. */
  readonly source: Images;
  /** Its twin, blurred, of the same shape: compared and predicted is γ·blurred + (1 − γ)·source. */
  readonly blurred?: Images;
  /** γ for every position of the path, the last for all that follow. */
  readonly gammas?: readonly number[];
  /** Pixels across a patch, odd, 3 … 31; for every position of the path or, as a list, in turn. 7 where absent. */
  readonly patch?: number | readonly number[];
  /** 'zero' where absent. */
  readonly padding?: Padding;
  /** The log-weight that a patch loses from another relative height, y/H, times the square of the difference. 0 where absent. */
  readonly heightPenalty?: number;
  /**
   * Whether only patches count that are wholly within the source, or for a quarter of its shorter side: for pictures
   * that do not go on at their other end though the output does. Not where absent.
   */
  readonly whole?: boolean;
}

/** Values of one chunk's column sums: large enough to keep a GPU busy, small enough for its caches and for one frame. */
const CHUNK = 2 ** 20;
/** Invocations that keep a GPU busy; pixels' displacements are shared out until there are as many. */
const BUSY = 2 ** 13;
const MOST_SHARES = 16;

/**
 * The exact posterior mean where every patch of the output is a patch of one picture, equally likely to be any of
 * them, wherever it is (Kamb & Ganguli 2024, the equivariant local score machine): at every pixel
 *
 *     x̂_0 = Σ_q w_q s(q),   w = softmax_q(−‖x_t − α s‖²/(2σ²) over the k × k pixels round both − penalty(Δy/H))
 *
 * Every displacement's squared differences are box-filtered, so a step costs P_out·P_source·C for any k, and a part of
 * it (k + 2)/4 times. It makes new pictures with the source's patches. Memory: 16 bytes a pixel of output and source,
 * 28 bytes a pixel of the output for each of up to 16 shares, and 4 MiB for a chunk of displacements, or one displacement.
 */
export class Patches implements Denoiser {
  readonly name = 'patches';
  readonly constant = false;
  /** How many parts a step falls into, so that it need not be submitted at once. */
  readonly parts: number;

  private constructor(
    readonly gpu: Gpu,
    readonly x0Hat: GPUBuffer,
    /** The nearest patch of every pixel, twice; of the position encoded last. */
    readonly field: GPUBuffer,
    readonly buffers: readonly GPUBuffer[],
    readonly sources: readonly ImageSet[],
    readonly packs: readonly Pack[],
    readonly chunks: number,
    readonly columns: PatchColumns,
    readonly softmax: PatchSoftmax,
    readonly mean: PatchMean,
  ) {
    this.parts = chunks;
  }

  /**
   * @throws RangeError for patches of a size that is none, a source that is not one image of the state's channels, a
   * twin of another shape, and channels that differ in their noise.
   */
  static async create(gpu: Gpu, inputs: DenoiserInputs, options: PatchesOptions): Promise<Patches> {
    const { shape } = inputs;
    const { rows, geometry, sources, packedX, packedSource } = await prepared(gpu, inputs, options);
    const list = chunksOf(geometry, CHUNK);
    const shares = Math.min(MOST_SHARES, list[0]?.count ?? 1, Math.ceil(BUSY / softmaxInvocations(shape)));
    const tables = patchTables(gpu, geometry, shares, rows);
    const chunks = chunkTable(gpu, list);
    const columns = columnsBuffer(gpu, geometry, list);
    const partials = partialsBuffer(gpu, shape, shares);
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const field = fieldBuffer(gpu, shape);
    const packed = { x: packedX.packed, source: packedSource.packed, chunks, columns };
    return new Patches(
      gpu,
      x0Hat,
      field,
      [tables.rows, tables.geometry, chunks, columns, partials, x0Hat, field],
      sources,
      [packedX, packedSource],
      list.length,
      await PatchColumns.create(gpu, tables, { ...packed, geometry }),
      await PatchSoftmax.create(gpu, tables, { ...packed, partials }),
      await PatchMean.create(gpu, tables, { partials, x0Hat, field, shape }),
    );
  }

  /** Where the nearest patches of position `p` are once it has been encoded. */
  fieldAfter(_p: number): GPUBuffer {
    return this.field;
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    for (let part = 0; part < this.parts; part++) this.encodePart(pass, p, part);
  }

  /** All parts in turn are a step. */
  encodePart(pass: GPUComputePassEncoder, p: number, part: number): void {
    if (part === 0) for (const pack of this.packs) pack.encode(pass, p);
    this.columns.encode(pass, p, part);
    this.softmax.encode(pass, p, part);
    if (part === this.parts - 1) this.mean.encode(pass, p);
  }

  release(): void {
    for (const held of [...this.packs, ...this.sources]) held.release();
    this.gpu.release(...this.buffers);
  }
}

/** What is to be compared with what, and the table's rows. @throws RangeError as `Patches.create` does. */
function patchProblem({ shape, levels }: DenoiserInputs, options: PatchesOptions) {
  const { source, blurred = source, patch = 7, padding = 'zero', heightPenalty = 0, whole = false } = options;
  const { n, c, h, w } = source.shape;
  if (!levels) throw new RangeError('patches need noise that is alike in all channels');
  if (n !== 1 || c !== shape.c) {
    throw new RangeError(`patches need one image of ${shape.c} channels, not ${n} of ${c}`);
  }
  if (blurred.shape.h !== h || blurred.shape.w !== w || blurred.shape.c !== c) {
    throw new RangeError('a blurred twin must have the shape of its source');
  }
  if (!(heightPenalty >= 0)) {
    throw new RangeError(`a penalty must not be negative, as ${heightPenalty} is`);
  }
  const sizes = typeof patch === 'number' ? [patch] : patch;
  const rows = levels.map((level, p) => patchRow(level, entry(sizes, p)));
  const margin = Math.max(...rows.map(({ radius }) => radius));
  const inset = whole ? insetOf(margin, { h, w }) : 0;
  return { problem: { shape, source: { h, w }, padding, margin, heightPenalty, inset }, rows };
}

/** The table's rows, and state and source packed as the kernels take them; release `sources` and both packs when done. */
export async function prepared(gpu: Gpu, inputs: DenoiserInputs, options: PatchesOptions) {
  const { source, blurred = source, gammas } = options;
  const { problem, rows } = patchProblem(inputs, options);
  const geometry = patchGeometry(problem);
  const sources = [ImageSet.of(gpu, source), ImageSet.of(gpu, blurred)];
  const [sharp, twin] = sources.map(({ tiles }) => tiles[0]?.buffer as GPUBuffer);
  const packing = packings(geometry);
  const packedX = await Pack.create(gpu, { a: inputs.x, shape: inputs.shape, ...packing.output });
  const packedSource = await Pack.create(gpu, {
    ...{ a: twin as GPUBuffer, b: sharp as GPUBuffer, shape: source.shape, ...packing.source },
    gammas: rows.map((_, p) => (gammas ? entry(gammas, p) : 0)),
  });
  return { rows, geometry, sources, packedX, packedSource };
}
