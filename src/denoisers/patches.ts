import type { Images } from '../diffusion/images.ts';
import type { Padding } from '../diffusion/patches.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import {
  chunksOf,
  chunkTable,
  columnsBuffer,
  PatchColumns,
  patchColumnBytes,
} from '../passes/denoise/patch-columns.ts';
import { fieldBuffer, fieldBytes, PatchMean } from '../passes/denoise/patch-mean.ts';
import {
  PatchSoftmax,
  partialBytes,
  partialsBuffer,
  softmaxInvocations,
} from '../passes/denoise/patch-softmax.ts';
import { type PatchGeometry, patchTables } from '../passes/denoise/patch-stage.ts';
import { type Shape, stateBuffer, stateBytes } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs, DenoiserKind } from './denoiser.ts';
import { geometryOf, Pictures, packBytes, packed, pictureBytes, rowsOf } from './pictures.ts';

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

const of = { name: 'patches', constant: false } as const;

/** How the displacements are cut up: in chunks one after the other, each in shares at once. */
function cutUp(geometry: PatchGeometry, shape: Shape) {
  const chunks = chunksOf(geometry, CHUNK);
  const shares = Math.min(MOST_SHARES, chunks[0]?.count ?? 1, Math.ceil(BUSY / softmaxInvocations(shape)));
  return { chunks, shares };
}

/** What answers over patches, in parts that need not be submitted at once. */
export interface InParts {
  readonly x0Hat: GPUBuffer;
  readonly parts: number;
  /** All parts in turn are a step. */
  encodePart(pass: GPUComputePassEncoder, p: number, part: number): void;
  /** Where the two nearest patches of every pixel are once position `p` has been encoded. */
  fieldAfter(p: number): GPUBuffer;
  release(): void;
}

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
export const patches = {
  ...of,
  needs: { levels: true },
  given: ({ source, blurred = source }) => [source, blurred],

  bytes(gpu, options, { shape, states }) {
    const geometry = geometryOf(shape, states, options);
    const { chunks, shares } = cutUp(geometry, shape);
    return {
      knowledge: pictureBytes(options),
      binding:
        stateBytes(shape) +
        fieldBytes(shape) +
        (states + chunks.length) * tableStride(gpu) +
        patchColumnBytes(geometry, chunks) +
        partialBytes(shape, shares) +
        packBytes(gpu, geometry, states),
    };
  },

  /** @throws RangeError as `Pictures.upload`. */
  prepare: (gpu, options, shape) => Pictures.upload(gpu, options, shape),

  /** @throws RangeError for patches of a size that is none, and a penalty below 0. */
  async bind(
    gpu: Gpu,
    pictures: Pictures,
    inputs: DenoiserInputs,
    options: PatchesOptions,
  ): Promise<Denoiser & InParts> {
    const { shape, levels } = inputs;
    const rows = rowsOf(levels, options);
    const geometry = geometryOf(shape, levels.length, options);
    const { chunks: list, shares } = cutUp(geometry, shape);
    const { packedX, packedSource } = await packed(gpu, pictures, inputs, { ...options, geometry });
    const tables = patchTables(gpu, geometry, shares, rows);
    const chunks = chunkTable(gpu, list);
    const columns = columnsBuffer(gpu, geometry, list);
    const partials = partialsBuffer(gpu, shape, shares);
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const field = fieldBuffer(gpu, shape);
    const buffers = { x: packedX.packed, source: packedSource.packed, chunks, columns };
    const columnPass = await PatchColumns.create(gpu, tables, { ...buffers, geometry });
    const softmax = await PatchSoftmax.create(gpu, tables, { ...buffers, partials });
    const mean = await PatchMean.create(gpu, tables, { partials, x0Hat, field, shape });
    const parts = list.length;
    const encodePart: InParts['encodePart'] = (pass, p, part) => {
      if (part === 0) for (const pack of [packedX, packedSource]) pack.encode(pass, p);
      columnPass.encode(pass, p, part);
      softmax.encode(pass, p, part);
      if (part === parts - 1) mean.encode(pass, p);
    };
    return {
      ...{ ...of, x0Hat, parts, encodePart },
      fieldAfter: () => field,
      encode(pass, p) {
        for (let part = 0; part < parts; part++) encodePart(pass, p, part);
      },
      release() {
        for (const pack of [packedX, packedSource]) pack.release();
        gpu.release(tables.rows, tables.geometry, chunks, columns, partials, x0Hat, field);
      },
    };
  },
} satisfies DenoiserKind<PatchesOptions, Pictures>;
