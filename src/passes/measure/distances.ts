/** Squared distances ‖x_b − α y_i‖² between the images of a state and those of a set. */
import aligned from '../../../shaders/measure/aligned.wgsl';
import distances from '../../../shaders/measure/distances.wgsl';
import leaveRows from '../../../shaders/measure/leave_rows.wgsl';
import leaveRowsSubgroups from '../../../shaders/measure/leave_rows_subgroups.wgsl';
import unaligned from '../../../shaders/measure/unaligned.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { groupsFor } from '../../gpu/dispatch.ts';
import { TooLarge } from '../../gpu/errors.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, uniformBuffer } from '../../gpu/uniform.ts';
import type { Wgsl } from '../../gpu/wgsl.ts';
import type { ImageSet } from '../image/image-set.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes } from '../shape.ts';

/**
 * Lanes that share an image's values, and images of the set to a workgroup, by fours. A GPU has its subgroup's lanes, and too
 * few registers for more; a software adapter takes one vector of lanes after another, and adding up what many have costs it.
 */
const tileOf = (gpu: Gpu) => (gpu.software ? { LANES: 4, FOURS: 4 } : { LANES: 32, FOURS: 1 });

/** Images of the state that are taken at once. */
export const QUAD = 4;
/** Quads to a workgroup, at most. */
const MOST_QUADS = 4;
/** Workgroups enough to keep a GPU busy, or the threads of a software adapter. */
export const enoughWorkgroups = (gpu: Gpu): number => (gpu.software ? 16 : 256);
/** Vectors of a lane below which sharing an image out costs more than it brings. */
const LEAST_LOOPS = 4;
/** And beyond which one float32 sum would round too much away. */
const MOST_LOOPS = 64;

/** How a batch is cut into workgroups of whole quads; the last may have some to spare. */
export function quadsOf(batch: number): { readonly quads: number; readonly perWorkgroup: number } {
  const needed = Math.ceil(batch / QUAD);
  const workgroups = Math.ceil(needed / MOST_QUADS);
  const perWorkgroup = Math.ceil(needed / workgroups);
  return { quads: workgroups * perWorkgroup, perWorkgroup };
}

/** How the images of a size are read: vectors where these are whole. */
export const loads = (values: number): { readonly label: string; readonly wgsl: Wgsl } =>
  values % 4 === 0 ? { label: 'aligned', wgsl: aligned } : { label: 'unaligned', wgsl: unaligned };

/** How lanes add up what they have: where one subgroup has all of them it needs no barrier. */
export const leavingRows = ({ subgroupSize }: Gpu, lanes: number): Wgsl =>
  subgroupSize >= lanes ? leaveRowsSubgroups : leaveRows;

function stage(gpu: Gpu, values: number, quads: number): Stage {
  const tile = tileOf(gpu);
  return {
    label: `distances of ${quads} quads, ${Object.values(tile)}, ${loads(values).label}`,
    sources: [loads(values).wgsl, leavingRows(gpu, tile.LANES), distances],
    bindings: ['uniform', 'read', 'read', 'write', 'table row'],
    constants: { ...tile, QUADS: quads },
  };
}

export interface DistancesOptions {
  /** The state, NCHW, its images of the set's size. */
  readonly x: GPUBuffer;
  readonly shape: Shape;
  readonly set: ImageSet;
  /** α of every position that is to be asked for. */
  readonly alphas: readonly number[];
  /** The images of the state that are asked for; all where absent. */
  readonly from?: number;
  readonly batch?: number;
}

/** Vectors of an image's values that a workgroup adds up: as many as leave enough workgroups, and few enough to round well. */
function shareOf(gpu: Gpu, vectors: number, batch: number, images: number): number {
  const { LANES: lanes, FOURS } = tileOf(gpu);
  const { quads, perWorkgroup } = quadsOf(batch);
  const rows = quads / perWorkgroup;
  const loops = Math.ceil(vectors / lanes);
  const busy = Math.ceil(enoughWorkgroups(gpu) / (rows * Math.ceil(images / (4 * FOURS))));
  const wanted = Math.max(Math.min(busy, Math.ceil(loops / LEAST_LOOPS)), Math.ceil(loops / MOST_LOOPS));
  return lanes * Math.ceil(loops / wanted);
}

const vectorsOf = ({ c, h, w }: Shape): number => Math.ceil((c * h * w) / 4);

/** Bytes of the distances between a state's images and so many of a set. */
export function distanceBytes(gpu: Gpu, shape: Shape, images: number, batch = shape.n): number {
  const vectors = vectorsOf(shape);
  const shares = Math.ceil(vectors / shareOf(gpu, vectors, batch, images));
  return shares * images * quadsOf(batch).quads * QUAD * BYTES_PER_VALUE;
}

/** @throws RangeError where the state's images are not of the set's size. */
export function checkSameSize(shape: Shape, set: Shape): void {
  if (shape.c !== set.c || shape.h !== set.h || shape.w !== set.w) {
    throw new RangeError(
      `images of ${shape.c} × ${shape.h} × ${shape.w} are not those of a set of ${set.c} × ${set.h} × ${set.w}`,
    );
  }
}

/**
 * Each set value is read once for up to 16 images of the state. Memory: 4 bytes for every pair, times the shares that long
 * images of small sets are cut into.
 */
export class Distances extends Chain {
  private constructor(
    gpu: Gpu,
    kernels: readonly Kernel[],
    /** By share, image of the set and image of the state; the last are filled up to whole quads of `QUAD`. */
    readonly buffer: GPUBuffer,
    table: GPUBuffer,
    readonly images: number,
    readonly batch: number,
    readonly quads: number,
    /** Partial sums to a distance. */
    readonly shares: number,
  ) {
    super(gpu, kernels, [buffer, table]);
  }

  /**
   * To be encoded with the position of α.
   * @throws RangeError as `checkSameSize`, and TooLarge where the device cannot hold so many distances.
   */
  static async create(gpu: Gpu, options: DistancesOptions): Promise<Distances> {
    const { x, shape, set, alphas, from: begin = 0, batch = shape.n } = options;
    checkSameSize(shape, set.shape);
    const values = shape.c * shape.h * shape.w;
    const vectors = vectorsOf(shape);
    const images = set.shape.n;
    const { quads, perWorkgroup } = quadsOf(batch);
    const rows = quads / perWorkgroup;
    const compiled = await compile(gpu, stage(gpu, values, perWorkgroup));
    const { FOURS } = tileOf(gpu);
    const share = shareOf(gpu, vectors, batch, images);
    const shares = Math.ceil(vectors / share);
    const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
    const bytes = distanceBytes(gpu, shape, images, batch);
    const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    if (bytes > most) {
      throw new TooLarge(`a table of ${batch} × ${images} distances`, bytes, most);
    }
    const buffer = gpu.buffer('distances', bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const levels = alphas.map((alpha) => ({ alpha }));
    const table = tableBuffer(gpu, 'levels of distances', distances, 'level', levels);
    const state = { buffer: x, size: stateBytes(shape) };
    const kernels = set.tiles.map(({ buffer: tile, first, count }) => {
      const of = { values, vectors, share, shares, images, first, count, begin, batch, quads };
      const spec = uniformBuffer(gpu, 'distances of a tile', distances, 'spec', of);
      const grid = [...groupsFor(gpu, Math.ceil(count / (4 * FOURS))), rows * shares] as const;
      return new Kernel(compiled, [spec, state, tile, buffer, table], grid, [spec]);
    });
    return new Distances(gpu, kernels, buffer, table, images, batch, quads, shares);
  }
}
