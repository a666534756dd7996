/** One picture, or two blended, as a vector a pixel with margins round it; for shaders that compare patches. */
import grid from '../../../shaders/grid.wgsl';
import packCode from '../../../shaders/image/pack.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformBuffer, uniformView } from '../../gpu/uniform.ts';
import type { Shape } from '../shape.ts';

const STAGE: Stage = {
  label: 'pack',
  sources: [grid, packCode],
  bindings: ['table row', 'uniform', 'read', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

type Size = readonly [width: number, height: number];

export const BYTES_PER_PIXEL = 16;

/** Bytes of what so many pictures are packed into. */
export const packedBytes = (images: number, [width, height]: Size): number =>
  images * width * height * BYTES_PER_PIXEL;

export interface PackOptions {
  /** NCHW, of this shape. */
  readonly a: GPUBuffer;
  /** Blended with it, γ·a + (1 − γ)·b. */
  readonly b?: GPUBuffer;
  readonly shape: Shape;
  /** γ for every row; 1 throughout where absent. */
  readonly gammas?: readonly number[];
  /** Width and height of what is written, and after how many pixels the plane repeats. */
  readonly extent: Size;
  readonly period: Size;
  /** How far before its origin it begins. */
  readonly margin: number;
}

export class Pack {
  readonly packed: GPUBuffer;
  readonly #table: GPUBuffer;
  readonly #spec: GPUBuffer;
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    { a, b = a, shape, gammas = [1], extent, period, margin }: PackOptions,
  ) {
    const pixels = shape.n * extent[0] * extent[1];
    this.packed = gpu.buffer('packed picture', packedBytes(shape.n, extent), GPUBufferUsage.STORAGE);
    this.#table = tableBuffer(
      gpu,
      'blend',
      packCode,
      'blend',
      gammas.map((gamma) => ({ gamma })),
    );
    this.#spec = uniformBuffer(gpu, 'pack', packCode, 'pack', {
      ...{ size: [shape.w, shape.h], extent, period, channels: shape.c, images: shape.n },
      lift: period.map((length) => (length - (margin % length)) % length),
    });
    this.#offsets = tableOffsets(gpu, this.#table);
    const { byteLength } = uniformView(packCode, 'blend').arrayBuffer;
    const rest = [this.#spec, a, b, this.packed].map((buffer) => ({ buffer }));
    this.#group = bindGroup(gpu, pipeline, [{ buffer: this.#table, size: byteLength }, ...rest]);
    this.#grid = gridOf(
      Math.ceil(pixels / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  static async create(gpu: Gpu, options: PackOptions): Promise<Pack> {
    return new Pack(gpu, await computePipeline(gpu, STAGE), options);
  }

  /** With γ of row `p`, or of the last. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group, this.#offsets, Math.min(p, this.#offsets.length - 1), 1);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.gpu.release(this.packed, this.#table, this.#spec);
  }
}
