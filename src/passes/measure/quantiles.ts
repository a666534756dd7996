/** A quantile of |x| for every image of a batch, exact but for float32's rounding between two values. */
import quantile from '../../../shaders/measure/quantile.wgsl';
import quantileCount from '../../../shaders/measure/quantile_count.wgsl';
import quantileSelect from '../../../shaders/measure/quantile_select.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { groupsFor, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { TooLarge } from '../../gpu/errors.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableStride } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes, valueCount } from '../shape.ts';

/** The digits of a float32 without its sign, first to last, in bits. */
const DIGITS = [8, 8, 8, 7];
const BINS = 2 ** Math.max(...DIGITS);
/** A lane's share: enough that counting outweighs what a workgroup's own bins cost, on software adapters too. */
const VECTORS_PER_INVOCATION = 32;

const COUNT: Stage = {
  label: 'digits of a quantile',
  sources: [quantileCount],
  bindings: ['table row', 'read', 'write', 'write'],
  constants: { WORKGROUP_SIZE, BINS, VECTORS_PER_INVOCATION },
};

const SELECT: Stage = {
  label: 'quantile',
  sources: [quantileSelect],
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

/** Counts a digit and selects it, for every digit. */
export class Quantiles extends Chain {
  private constructor(
    gpu: Gpu,
    kernels: readonly Kernel[],
    /** One float32 an image. */
    readonly quantiles: GPUBuffer,
    more: readonly GPUBuffer[],
  ) {
    super(gpu, kernels, [quantiles, ...more]);
  }

  /** @throws TooLarge for a batch too large for the device to count. */
  static async create(gpu: Gpu, { x, shape, q }: QuantilesOptions): Promise<Quantiles> {
    const [toCount, toSelect] = await Promise.all([compile(gpu, COUNT), compile(gpu, SELECT)]);
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const { n } = shape;
    const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
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
    const table = tableBuffer(gpu, 'digits', quantile, 'digit', rows);
    // All of them begin as 0, and every use leaves the bins so.
    const bins = gpu.buffer('digits counted', bytes, STORAGE);
    const selections = gpu.buffer('selections', n * BYTES_PER_SELECTION, STORAGE);
    const quantiles = gpu.buffer('quantiles', n * BYTES_PER_VALUE, STORAGE | COPY_SRC);
    const state = { buffer: x, size: stateBytes(shape) };
    const kernels = [
      new Kernel(toCount, [table, state, bins, selections], groupsFor(gpu, n * shares)),
      new Kernel(toSelect, [table, bins, selections, quantiles], groupsFor(gpu, n)),
    ];
    return new Quantiles(gpu, kernels, quantiles, [table, bins, selections]);
  }

  override encode(pass: GPUComputePassEncoder): void {
    for (const digit of DIGITS.keys()) super.encode(pass, digit);
  }
}
