/** Σ_i w_i y_i over the images of a set, for every image of a state. */
import parts from '../../../shaders/denoise/parts.wgsl';
import weightedMean from '../../../shaders/denoise/weighted_mean.wgsl';
import grid from '../../../shaders/grid.wgsl';
import quadsWgsl from '../../../shaders/measure/quads.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BLOCK, type ImageSet, imagesPerTile } from '../image/image-set.ts';
import { enoughWorkgroups, loads, quadsOf } from '../measure/distances.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes, valueCount } from '../shape.ts';

/** Vectors to a lane: more take more registers than a GPU has to spare. A software adapter takes one lane after another. */
const tileOf = (gpu: Gpu) =>
  gpu.software ? { WORKGROUP_SIZE: 4, VECTORS: 4 } : { WORKGROUP_SIZE, VECTORS: 1 };

const stage = (values: number, quads: number, tile: ReturnType<typeof tileOf>): Stage => ({
  label: `weighted mean of ${quads} quads, ${Object.values(tile)}, ${loads(values).label}`,
  sources: [grid, quadsWgsl, loads(values).wgsl, weightedMean],
  bindings: ['uniform', 'read', 'read', 'write'],
  constants: { ...tile, QUADS: quads, BLOCK },
});

const PARTS: Stage = {
  label: 'sum of parts',
  sources: [grid, parts],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

/** Images of the set below which a workgroup's own cost counts. */
const LEAST_IMAGES = 4 * BLOCK;

export interface WeightedMeanBuffers {
  /** As those of `PosteriorWeights`. */
  readonly weights: GPUBuffer;
  readonly set: ImageSet;
  readonly mean: GPUBuffer;
  readonly shape: Shape;
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: readonly [number, number, number?];
}

/** Vectors of an image across, quads of the state down. */
function workgroupsOf(gpu: Gpu, { n, c, h, w }: Shape) {
  const { WORKGROUP_SIZE: lanes, VECTORS } = tileOf(gpu);
  const { quads, perWorkgroup } = quadsOf(n);
  return { columns: Math.ceil(Math.ceil((c * h * w) / 4) / lanes / VECTORS), rows: quads / perWorkgroup };
}

/** How many parts the sum is made in, each on its own: as many as keep a GPU busy, and the device can hold. */
function partsOf(gpu: Gpu, shape: Shape, images: number): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
  const { columns, rows } = workgroupsOf(gpu, shape);
  // The first tile is the largest; the others add to its parts.
  const count = Math.min(images, imagesPerTile(gpu, valueCount({ ...shape, n: 1 }) * BYTES_PER_VALUE));
  const most = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / stateBytes(shape));
  const busy = Math.ceil(enoughWorkgroups(gpu) / (columns * rows));
  return Math.max(1, Math.min(busy, Math.floor(count / LEAST_IMAGES), most));
}

/** Memory: the state's, once for every part; there is one where the state alone keeps a GPU busy. */
export class WeightedMean {
  readonly #owned: GPUBuffer[] = [];
  readonly #dispatches: Dispatch[] = [];

  private constructor(
    readonly gpu: Gpu,
    pipeline: GPUComputePipeline,
    sum: GPUComputePipeline,
    { weights, set, mean, shape }: WeightedMeanBuffers,
  ) {
    const { limits } = gpu.device;
    const values = shape.c * shape.h * shape.w;
    const vectors = Math.ceil(values / 4);
    const { quads } = quadsOf(shape.n);
    const { columns, rows } = workgroupsOf(gpu, shape);
    const whole = partsOf(gpu, shape, set.shape.n);
    const target = whole === 1 ? mean : this.#own(partsBuffer(gpu, whole, shape));
    for (const { buffer, first, count } of set.tiles) {
      const share = BLOCK * Math.ceil(count / whole / BLOCK);
      const adds = Number(first > 0);
      const spec = { values, vectors, batch: shape.n, quads, images: set.shape.n, first, count, share, adds };
      const uniforms = this.#own(uniformBuffer(gpu, 'mean of a tile', weightedMean, 'spec', spec));
      const group = bindGroup(
        gpu,
        pipeline,
        [uniforms, weights, buffer, target].map((bound) => ({ buffer: bound })),
      );
      this.#dispatches.push({ pipeline, group, grid: [columns, rows, whole] });
    }
    if (whole === 1) return;
    const spec = { values: valueCount(shape), parts: whole };
    const uniforms = this.#own(uniformBuffer(gpu, 'parts', parts, 'spec', spec));
    this.#dispatches.push({
      pipeline: sum,
      group: bindGroup(
        gpu,
        sum,
        [uniforms, target, mean].map((buffer) => ({ buffer })),
      ),
      grid: gridOf(Math.ceil(valueCount(shape) / WORKGROUP_SIZE), limits.maxComputeWorkgroupsPerDimension),
    });
  }

  static async create(gpu: Gpu, buffers: WeightedMeanBuffers): Promise<WeightedMean> {
    const { n, c, h, w } = buffers.shape;
    const pipeline = await computePipeline(gpu, stage(c * h * w, quadsOf(n).perWorkgroup, tileOf(gpu)));
    return new WeightedMean(gpu, pipeline, await computePipeline(gpu, PARTS), buffers);
  }

  encode(pass: GPUComputePassEncoder): void {
    for (const { pipeline, group, grid } of this.#dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...grid);
    }
  }

  release(): void {
    this.gpu.release(...this.#owned);
  }

  #own(buffer: GPUBuffer): GPUBuffer {
    this.#owned.push(buffer);
    return buffer;
  }
}

const partsBytes = (parts: number, shape: Shape): number => parts * valueCount(shape) * BYTES_PER_VALUE;

const partsBuffer = (gpu: Gpu, parts: number, shape: Shape): GPUBuffer =>
  gpu.buffer('parts', partsBytes(parts, shape), GPUBufferUsage.STORAGE);

/** Bytes of what it takes for a mean over so many images. */
export function meanBytes(gpu: Gpu, shape: Shape, images: number): number {
  const parts = partsOf(gpu, shape, images);
  return parts === 1 ? 0 : partsBytes(parts, shape);
}
