/** One picture, or two blended, as a vector a pixel with margins round it; for shaders that compare patches. */
import packCode from '../../../shaders/image/pack.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, uniformBuffer } from '../../gpu/uniform.ts';
import type { Shape } from '../shape.ts';

const STAGE: Stage = {
  label: 'pack',
  sources: [packCode],
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

export class Pack extends Kernel {
  readonly packed: GPUBuffer;
  readonly #last: number;

  private constructor(
    compiled: Compiled,
    { a, b = a, shape, gammas = [1], extent, period, margin }: PackOptions,
  ) {
    const { gpu } = compiled;
    const pixels = shape.n * extent[0] * extent[1];
    const packed = gpu.buffer('packed picture', packedBytes(shape.n, extent), GPUBufferUsage.STORAGE);
    const rows = gammas.map((gamma) => ({ gamma }));
    const table = tableBuffer(gpu, 'blend', packCode, 'blend', rows);
    const spec = uniformBuffer(gpu, 'pack', packCode, 'pack', {
      ...{ size: [shape.w, shape.h], extent, period, channels: shape.c, images: shape.n },
      lift: period.map((length) => (length - (margin % length)) % length),
    });
    super(compiled, [table, spec, a, b, packed], pixels, [packed, table, spec]);
    this.packed = packed;
    this.#last = gammas.length - 1;
  }

  static async create(gpu: Gpu, options: PackOptions): Promise<Pack> {
    return new Pack(await compile(gpu, STAGE), options);
  }

  /** With γ of row `p`, or of the last. */
  override encode(pass: GPUComputePassEncoder, p: number): void {
    super.encode(pass, Math.min(p, this.#last));
  }
}
