/**
 * x̂_0 = Σ_i w_i x_i at every pixel, w = softmax_i(−(1/2σ²) Σ (x_t − α x_i)²), the sum being over the channels and a window
 * round the pixel (Kamb & Ganguli 2024, the local score machine). Box sums: it takes as long for any window.
 */
import columns from '../../../shaders/denoise/local_columns.wgsl';
import eights from '../../../shaders/denoise/local_eights.wgsl';
import fold from '../../../shaders/denoise/local_fold.wgsl';
import rows from '../../../shaders/denoise/local_rows.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Scales } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { type Binding, bindGroup, computePipeline } from '../../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformBuffer, uniformView } from '../../gpu/uniform.ts';
import type { Wgsl } from '../../gpu/wgsl.ts';
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

/** One dispatch; of those that know the level, by a dynamic offset. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: readonly [number, number];
  readonly levels: number;
}

const STAGES = {
  columns: { sources: [grid, eights, columns], bindings: ['table row', 'uniform', 'read', 'read', 'write'] },
  rows: { sources: [grid, eights, rows], bindings: ['table row', 'uniform', 'read', 'read', 'write'] },
  fold: { sources: [grid, fold], bindings: ['uniform', 'write', 'write'] },
} as const satisfies Record<string, { sources: readonly Wgsl[]; bindings: readonly Binding[] }>;
type StageName = keyof typeof STAGES;
type Pipelines = Readonly<Record<StageName, GPUComputePipeline>>;

async function compile(gpu: Gpu, shape: Shape, inBytes: boolean): Promise<Pipelines> {
  const [CHANNELS, BATCH, BYTES] = [shape.c, batchSize(shape), Number(inBytes)];
  const made = Object.entries(STAGES).map(async ([name, { sources, bindings }]) => {
    const label = `local ${name}, ${CHANNELS} channels, ${BATCH} at once${inBytes ? ', bytes' : ''}`;
    const constants = { WORKGROUP_SIZE, CHANNELS, BATCH, BYTES };
    return [name, await computePipeline(gpu, { label, sources, bindings, constants })] as const;
  });
  return Object.fromEntries(await Promise.all(made)) as Pipelines;
}

/** α times a value of the set, as scale · v − shift; 1/2σ² for exp2; and how far a window of k pixels reaches. */
const tableRow = ({ level: { alpha, sigma }, k }: LocalMeanOptions['rows'][number], inBytes: boolean) => ({
  scale: inBytes ? alpha / 127.5 : alpha,
  shift: inBytes ? alpha : 0,
  sharpness: Math.min(Math.LOG2E / (2 * sigma ** 2), SHARPEST),
  radius: (k - 1) / 2,
});

export class LocalMean {
  /** The kernels for such states and sets; to be asked for as soon as they are known, as compiling takes its time. */
  static readonly compile: (gpu: Gpu, shape: Shape, inBytes: boolean) => Promise<unknown> = compile;
  readonly #buffers: GPUBuffer[] = [];
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #dispatches: readonly Dispatch[];

  private constructor(
    readonly gpu: Gpu,
    readonly pipelines: Pipelines,
    { x, x0Hat, shape, set, n, rows: levels }: LocalMeanOptions,
  ) {
    const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
    const largest = Math.max(...set.tiles.map(({ count }) => count));
    const size = Math.min(partSize(shape, Math.min(maxStorageBufferBindingSize, maxBufferSize)), largest);
    const table = tableBuffer(
      gpu,
      'levels',
      eights,
      'level',
      levels.map((row) => tableRow(row, set.inBytes)),
    );
    this.#offsets = tableOffsets(gpu, table);
    const storage = (label: string, bytes: number) => {
      const buffer = gpu.buffer(label, bytes, GPUBufferUsage.STORAGE);
      this.#buffers.push(buffer);
      return { buffer };
    };
    this.#buffers.push(table);
    const row = { buffer: table, size: uniformView(eights, 'level').arrayBuffer.byteLength };
    const state = { buffer: x, size: stateBytes(shape) };
    const answer = { buffer: x0Hat, size: stateBytes(shape) };
    const sums = storage('sums of columns', columnBytes(shape, size));
    const softmaxes = storage('softmaxes', softmaxBytes(shape, size));
    const { h, w } = shape;
    const [batches, atOnce] = [batchCount(shape), batchSize(shape)];
    const parts = partsOf(set, n, size);
    this.#dispatches = parts.flatMap((part, index) => {
      const own = { buffer: this.#partBuffer(shape, part, index === 0) };
      const images = { buffer: part.tile.buffer };
      return [
        this.#dispatch('columns', w * batches * part.eights, [row, own, images, state, sums]),
        this.#dispatch('rows', h * batches * part.eights, [row, own, images, sums, softmaxes]),
        this.#dispatch('fold', batches * atOnce * h * w, [own, softmaxes, answer]),
      ];
    });
  }

  static async create(gpu: Gpu, options: LocalMeanOptions): Promise<LocalMean> {
    return new LocalMean(gpu, await compile(gpu, options.shape, options.set.inBytes), options);
  }

  /** With row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    for (const { pipeline, group, grid, levels } of this.#dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group, this.#offsets, p, levels);
      pass.dispatchWorkgroups(...grid);
    }
  }

  release(): void {
    this.gpu.release(...this.#buffers);
  }

  #partBuffer({ n, h, w }: Shape, { first, eights, count }: Part, begins: boolean): GPUBuffer {
    const values = { n, height: h, width: w, first, eights, count, begins: Number(begins) };
    const buffer = uniformBuffer(this.gpu, 'part', fold, 'part', values);
    this.#buffers.push(buffer);
    return buffer;
  }

  #dispatch(name: StageName, invocations: number, resources: readonly GPUBindingResource[]): Dispatch {
    const pipeline = this.pipelines[name];
    return {
      pipeline,
      group: bindGroup(this.gpu, pipeline, resources),
      grid: gridOf(
        Math.ceil(invocations / WORKGROUP_SIZE),
        this.gpu.device.limits.maxComputeWorkgroupsPerDimension,
      ),
      levels: STAGES[name].bindings.filter((binding) => binding === 'table row').length,
    };
  }
}
