/**
 * x̂_0 = Σ_i w_i x_i at every pixel, w = softmax_i(−(1/2σ²) Σ (x_t − α x_i)²), the sum being over the channels and a window
 * round the pixel (Kamb & Ganguli 2024, the local score machine). Box sums: it takes as long for any window.
 */
import columns from '../../../shaders/denoise/local_columns.wgsl';
import fold from '../../../shaders/denoise/local_fold.wgsl';
import rows from '../../../shaders/denoise/local_rows.wgsl';
import type { Scales } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, uniformBuffer } from '../../gpu/uniform.ts';
import type { ImageSet } from '../image/image-set.ts';
import { type Shape, stateBytes } from '../shape.ts';
import {
  batchCount,
  batchSize,
  columnBytes,
  type Part,
  partSize,
  partsOf,
  softmaxBytes,
} from './local-parts.ts';

/** More than this for 1/σ² would be more than float32 holds times a distance; σ = 0 has it. */
const SHARPEST = 1e7;

export interface LocalMeanOptions {
  readonly x: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
  /** In eights, as it is, and how many images they are of. */
  readonly set: ImageSet;
  readonly n: number;
  /** A row of the table each: the noise, and the window's side. */
  readonly rows: readonly { readonly level: Scales; readonly k: number }[];
}

const STAGES = {
  columns: { sources: [columns], bindings: ['table row', 'uniform', 'read', 'read', 'write'] },
  rows: { sources: [rows], bindings: ['table row', 'uniform', 'read', 'read', 'write'] },
  fold: { sources: [fold], bindings: ['uniform', 'write', 'write'] },
} as const satisfies Record<string, Pick<Stage, 'sources' | 'bindings'>>;

async function compiled(gpu: Gpu, shape: Shape, inBytes: boolean) {
  const [CHANNELS, BATCH, BYTES] = [shape.c, batchSize(shape), Number(inBytes)];
  const constants = { WORKGROUP_SIZE, CHANNELS, BATCH, BYTES };
  const made = (['columns', 'rows', 'fold'] as const).map((name) => {
    const label = `local ${name}, ${CHANNELS} channels, ${BATCH} at once${inBytes ? ', bytes' : ''}`;
    return compile(gpu, { label, constants, ...STAGES[name] });
  });
  return Promise.all(made) as Promise<[toColumns: Compiled, toRows: Compiled, toFold: Compiled]>;
}

/** α times a value of the set, as scale · v − shift; 1/2σ² for exp2; and how far a window of k pixels reaches. */
const tableRow = ({ level: { alpha, sigma }, k }: LocalMeanOptions['rows'][number], inBytes: boolean) => ({
  scale: inBytes ? alpha / 127.5 : alpha,
  shift: inBytes ? alpha : 0,
  sharpness: Math.min(Math.LOG2E / (2 * sigma ** 2), SHARPEST),
  radius: (k - 1) / 2,
});

/** Three passes over every part of the set, of which there is one where the sums of all fit in memory. */
export class LocalMean extends Chain {
  /** The kernels for such states and sets; to be asked for as soon as they are known, as compiling takes its time. */
  static readonly compile: (gpu: Gpu, shape: Shape, inBytes: boolean) => Promise<unknown> = compiled;

  /** To be encoded with the row of the table. */
  static async create(gpu: Gpu, options: LocalMeanOptions): Promise<LocalMean> {
    const { x, x0Hat, shape, set, n, rows: levels } = options;
    const [toColumns, toRows, toFold] = await compiled(gpu, shape, set.inBytes);
    const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
    const largest = Math.max(...set.tiles.map(({ count }) => count));
    const size = Math.min(partSize(shape, Math.min(maxStorageBufferBindingSize, maxBufferSize)), largest);
    const packed = levels.map((row) => tableRow(row, set.inBytes));
    const table = tableBuffer(gpu, 'levels', columns, 'level', packed);
    const sums = gpu.buffer('sums of columns', columnBytes(shape, size), GPUBufferUsage.STORAGE);
    const softmaxes = gpu.buffer('softmaxes', softmaxBytes(shape, size), GPUBufferUsage.STORAGE);
    const state = { buffer: x, size: stateBytes(shape) };
    const answer = { buffer: x0Hat, size: stateBytes(shape) };
    const { h, w } = shape;
    const [batches, atOnce] = [batchCount(shape), batchSize(shape)];
    const kernels = partsOf(set, n, size).flatMap((part, index) => {
      const own = partBuffer(gpu, shape, part, index === 0);
      const images = part.tile.buffer;
      return [
        new Kernel(toColumns, [table, own, images, state, sums], w * batches * part.eights, [own]),
        new Kernel(toRows, [table, own, images, sums, softmaxes], h * batches * part.eights),
        new Kernel(toFold, [own, softmaxes, answer], batches * atOnce * h * w),
      ];
    });
    return new LocalMean(gpu, kernels, [table, sums, softmaxes]);
  }
}

function partBuffer(
  gpu: Gpu,
  { n, h, w }: Shape,
  { first, eights, count }: Part,
  begins: boolean,
): GPUBuffer {
  const values = { n, height: h, width: w, first, eights, count, begins: Number(begins) };
  return uniformBuffer(gpu, 'part', fold, 'part', values);
}
