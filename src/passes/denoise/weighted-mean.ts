/** Σ_i w_i y_i over the images of a set, for every image of a state. */
import parts from '../../../shaders/denoise/parts.wgsl';
import weightedMean from '../../../shaders/denoise/weighted_mean.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BLOCK, type ImageSet, imagesPerTile } from '../image/image-set.ts';
import { enoughWorkgroups, loads, quadsOf } from '../measure/distances.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes, valueCount } from '../shape.ts';

/** Vectors to a lane: more take more registers than a GPU has to spare. A software adapter takes one lane after another. */
const tileOf = (gpu: Gpu) =>
  gpu.software ? { WORKGROUP_SIZE: 4, VECTORS: 4 } : { WORKGROUP_SIZE, VECTORS: 1 };

const stage = (values: number, quads: number, tile: ReturnType<typeof tileOf>): Stage => ({
  label: `weighted mean of ${quads} quads, ${Object.values(tile)}, ${loads(values).label}`,
  sources: [loads(values).wgsl, weightedMean],
  bindings: ['uniform', 'read', 'read', 'write'],
  constants: { ...tile, QUADS: quads, BLOCK },
});

const PARTS: Stage = {
  label: 'sum of parts',
  sources: [parts],
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
export class WeightedMean extends Chain {
  static async create(gpu: Gpu, { weights, set, mean, shape }: WeightedMeanBuffers): Promise<WeightedMean> {
    const values = shape.c * shape.h * shape.w;
    const vectors = Math.ceil(values / 4);
    const { quads, perWorkgroup } = quadsOf(shape.n);
    const compiled = await compile(gpu, stage(values, perWorkgroup, tileOf(gpu)));
    const toSum = await compile(gpu, PARTS);
    const { columns, rows } = workgroupsOf(gpu, shape);
    const whole = partsOf(gpu, shape, set.shape.n);
    const target = whole === 1 ? mean : partsBuffer(gpu, whole, shape);
    const means = set.tiles.map(({ buffer, first, count }) => {
      const share = BLOCK * Math.ceil(count / whole / BLOCK);
      const adds = Number(first > 0);
      const of = { values, vectors, batch: shape.n, quads, images: set.shape.n, first, count, share, adds };
      const spec = uniformBuffer(gpu, 'mean of a tile', weightedMean, 'spec', of);
      return new Kernel(compiled, [spec, weights, buffer, target], [columns, rows, whole], [spec]);
    });
    if (whole === 1) return new WeightedMean(gpu, means);
    const all = valueCount(shape);
    const spec = uniformBuffer(gpu, 'parts', parts, 'spec', { values: all, parts: whole });
    const sum = new Kernel(toSum, [spec, target, mean], all, [spec, target]);
    return new WeightedMean(gpu, [...means, sum]);
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
