/** A quantile of |x| for every image of a batch, exact but for float32's rounding between two values. */
import grid from '../../../shaders/grid.wgsl';
import quantile from '../../../shaders/measure/quantile.wgsl';
import quantileCount from '../../../shaders/measure/quantile_count.wgsl';
import quantileSelect from '../../../shaders/measure/quantile_select.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, tableStride, uniformView } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes, TooLarge, valueCount } from '../shape.ts';

/** The digits of a float32 without its sign, first to last, in bits. */
const DIGITS = [8, 8, 8, 7];
const BINS = 2 ** Math.max(...DIGITS);
/** A lane's share: enough that counting outweighs what a workgroup's own bins cost, on software adapters too. */
const VECTORS_PER_INVOCATION = 32;

const COUNT: Stage = {
  label: 'digits of a quantile',
  sources: [grid, quantile, quantileCount],
  bindings: ['table row', 'read', 'write', 'write'],
  constants: { WORKGROUP_SIZE, BINS, VECTORS_PER_INVOCATION },
};

const SELECT: Stage = {
  label: 'quantile',
  sources: [grid, quantile, quantileSelect],
  bindings: ['table row', 'write', 'write', 'write'],
  constants: { WORKGROUP_SIZE, BINS },
};

const BYTES_PER_SELECTION = 3 * BYTES_PER_VALUE;

/** Bytes of what it takes: bins, a selection and a quantile for every image, and a table. */
export const quantileBytes = (gpu: Gpu, { n }: Shape): number =>
  n * (BINS * BYTES_PER_VALUE + BYTES_PER_SELECTION + BYTES_PER_VALUE) + DIGITS.length * tableStride(gpu);

export interface QuantilesOptions {
  readonly x: GPUBuffer;
  readonly shape: Shape;
  /** Which share of an image's values lies below, in [0, 1]; linear between two of them, as torch.quantile. */
  readonly q: number;
}

/** A kernel, what it is given, and its grid. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: [number, number];
}

export class Quantiles {
  /** One float32 an image. */
  readonly quantiles: GPUBuffer;
  readonly #table: GPUBuffer;
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #buffers: readonly GPUBuffer[];
  readonly #count: Dispatch;
  readonly #select: Dispatch;

  private constructor(
    readonly gpu: Gpu,
    pipelines: readonly [count: GPUComputePipeline, select: GPUComputePipeline],
    { x, shape, q }: QuantilesOptions,
  ) {
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const { n } = shape;
    const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension } =
      gpu.device.limits;
    const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    const bytes = n * BINS * BYTES_PER_VALUE;
    if (bytes > most) {
      throw new TooLarge(`a quantile of ${n} images`, bytes, most);
    }
    const values = valueCount(shape) / n;
    // Vectors of four, of which the first and the last may be shared with a neighbour.
    const shares = Math.ceil((Math.ceil(values / 4) + 1) / (WORKGROUP_SIZE * VECTORS_PER_INVOCATION));
    const position = q * (values - 1);
    const rank = Math.floor(position);
    const rows = DIGITS.map((bits, i) => {
      const shift = DIGITS.slice(i + 1).reduce((total, below) => total + below, 0);
      const settled = 2 ** 31 - 2 ** (shift + bits);
      return { shift, settled, values, shares, rank, fraction: position - rank };
    });
    this.#table = tableBuffer(gpu, 'digits', quantile, 'digit', rows);
    this.#offsets = tableOffsets(gpu, this.#table);
    // All of them begin as 0, and every use leaves the bins so.
    const bins = gpu.buffer('digits counted', bytes, STORAGE);
    const selections = gpu.buffer('selections', n * BYTES_PER_SELECTION, STORAGE);
    this.quantiles = gpu.buffer('quantiles', n * BYTES_PER_VALUE, STORAGE | COPY_SRC);
    this.#buffers = [this.#table, bins, selections, this.quantiles];

    const row = { buffer: this.#table, size: uniformView(quantile, 'digit').arrayBuffer.byteLength };
    const dispatch = (
      pipeline: GPUComputePipeline,
      workgroups: number,
      ...resources: GPUBufferBinding[]
    ): Dispatch => ({
      pipeline,
      group: bindGroup(gpu, pipeline, [row, ...resources]),
      grid: gridOf(workgroups, maxComputeWorkgroupsPerDimension),
    });
    const [count, select] = pipelines;
    const state = { buffer: x, size: stateBytes(shape) };
    const [counted, selected] = [{ buffer: bins }, { buffer: selections }];
    this.#count = dispatch(count, n * shares, state, counted, selected);
    this.#select = dispatch(select, n, counted, selected, { buffer: this.quantiles });
  }

  /** @throws TooLarge for a batch too large for the device to count. */
  static async create(gpu: Gpu, options: QuantilesOptions): Promise<Quantiles> {
    const pipelines = await Promise.all([computePipeline(gpu, COUNT), computePipeline(gpu, SELECT)]);
    return new Quantiles(gpu, pipelines, options);
  }

  encode(pass: GPUComputePassEncoder): void {
    for (const digit of DIGITS.keys()) {
      for (const { pipeline, group, grid } of [this.#count, this.#select]) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group, this.#offsets, digit, 1);
        pass.dispatchWorkgroups(...grid);
      }
    }
  }

  release(): void {
    this.gpu.release(...this.#buffers);
  }
}
