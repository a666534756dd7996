/**
 * x̂_0 = Σ_i w_i x_i at every pixel, w = softmax_i(−(1/2σ²) Σ (x_t − α x_i)²), the sum being over the channels and a window
 * round the pixel (Kamb & Ganguli 2024, the local score machine). Box sums: it takes as long for any window.
 */
import columns from '../../shaders/denoise/local_columns.wgsl';
import fold from '../../shaders/denoise/local_fold.wgsl';
import rows from '../../shaders/denoise/local_rows.wgsl';
import grid from '../../shaders/grid.wgsl';
import type { Level } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformBuffer, uniformView } from '../gpu/uniform.ts';
import type { Wgsl } from '../gpu/wgsl.ts';
import type { ImageSet } from './image-set.ts';
import { CHUNK, columnBytes, type Part, partSize, partsOf, softmaxBytes } from './local-parts.ts';
import { type Shape, stateBytes } from './shape.ts';

/** Images of the set whose columns an invocation of the first pass sums. */
const SUMMED = 4;
/** Of x/σ² more than this float32 could not hold; that is σ = 0, where the nearest image takes all. */
const SHARPEST = 1e7;

export interface LocalMeanOptions {
  readonly x: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
  readonly set: ImageSet;
  /** A row of the table each: the noise, and the window's side. */
  readonly rows: readonly { readonly level: Level; readonly k: number }[];
}

/** Images of a batch that an invocation takes. */
const batchOf = ({ n }: Shape): number => (n < 4 ? 1 : 4);

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: readonly [number, number];
}

function stage(
  name: string,
  wgsl: Wgsl,
  bindings: Stage['bindings'],
  constants: Record<string, number>,
): Stage {
  const label = [`local ${name}`, ...Object.values(constants)].join(' ');
  return { label, sources: [grid, wgsl], bindings, constants: { WORKGROUP_SIZE, ...constants } };
}

function pipelines(gpu: Gpu, shape: Shape): Promise<GPUComputePipeline[]> {
  const [CHANNELS, BATCH] = [shape.c, batchOf(shape)];
  return Promise.all([
    computePipeline(
      gpu,
      stage('columns', columns, ['table row', 'uniform', 'read', 'read', 'write'], { CHANNELS, BATCH }),
    ),
    computePipeline(
      gpu,
      stage('rows', rows, ['table row', 'uniform', 'read', 'read', 'write'], { CHANNELS, BATCH }),
    ),
    computePipeline(gpu, stage('fold', fold, ['table row', 'uniform', 'write', 'write'], { CHANNELS })),
  ]);
}

export class LocalMean {
  readonly #buffers: GPUBuffer[];
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #dispatches: readonly Dispatch[];

  private constructor(
    readonly gpu: Gpu,
    [ofColumns, ofRows, ofFold]: readonly GPUComputePipeline[],
    { x, x0Hat, shape, set, rows: levels }: LocalMeanOptions,
  ) {
    const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension } =
      gpu.device.limits;
    const size = Math.min(
      partSize(shape, Math.min(maxStorageBufferBindingSize, maxBufferSize)),
      Math.max(...set.tiles.map(({ count }) => count)),
    );
    const { STORAGE } = GPUBufferUsage;
    const columnSums = gpu.buffer('sums of columns', columnBytes(shape, size), STORAGE);
    const softmaxes = gpu.buffer('softmaxes', softmaxBytes(shape, size), STORAGE);
    const table = tableBuffer(
      gpu,
      'levels',
      columns,
      'level',
      levels.map(({ level: { alpha, sigma }, k }) => ({
        alpha,
        sharpness: Math.min(Math.LOG2E / (2 * sigma ** 2), SHARPEST),
        radius: (k - 1) / 2,
      })),
    );
    this.#buffers = [columnSums, softmaxes, table];
    this.#offsets = tableOffsets(gpu, table);
    const row = { buffer: table, size: uniformView(columns, 'level').arrayBuffer.byteLength };
    const [state, answer] = [x, x0Hat].map((buffer) => ({ buffer, size: stateBytes(shape) })) as [
      GPUBufferBinding,
      GPUBufferBinding,
    ];
    const { n, h, w } = shape;
    const batches = Math.ceil(n / batchOf(shape));
    const dispatch = (
      pipeline: GPUComputePipeline | undefined,
      invocations: number,
      resources: readonly GPUBindingResource[],
    ): Dispatch => ({
      pipeline: pipeline as GPUComputePipeline,
      group: bindGroup(gpu, pipeline as GPUComputePipeline, resources),
      grid: gridOf(Math.ceil(invocations / WORKGROUP_SIZE), maxComputeWorkgroupsPerDimension),
    });
    this.#dispatches = partsOf(set.tiles, size).flatMap(({ tile, first, count }: Part, index) => {
      const values = { n, height: h, width: w, first, count, begins: Number(index === 0) };
      const part = uniformBuffer(gpu, 'part', fold, 'part', values);
      this.#buffers.push(part);
      const of = [row, ...[part].map((buffer) => ({ buffer }))];
      const [images, sums, maxima] = [tile.buffer, columnSums, softmaxes].map((buffer) => ({ buffer })) as [
        GPUBufferBinding,
        GPUBufferBinding,
        GPUBufferBinding,
      ];
      return [
        dispatch(ofColumns, w * batches * Math.ceil(count / SUMMED), [...of, state, images, sums]),
        dispatch(ofRows, h * batches * Math.ceil(count / CHUNK), [...of, sums, images, maxima]),
        dispatch(ofFold, n * h * w, [...of, maxima, answer]),
      ];
    });
  }

  static async create(gpu: Gpu, options: LocalMeanOptions): Promise<LocalMean> {
    return new LocalMean(gpu, await pipelines(gpu, options.shape), options);
  }

  /** With row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    for (const { pipeline, group, grid } of this.#dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group, this.#offsets, p, 1);
      pass.dispatchWorkgroups(...grid);
    }
  }

  release(): void {
    this.gpu.release(...this.#buffers);
  }
}
