/** A compute shader at work: compiled, bound to its resources, dispatched over its grid. */
import type { Gpu } from './device.ts';
import { gridFor } from './dispatch.ts';
import { bindGroup, type Compiled, type Resource } from './pipeline.ts';
import { tableStride } from './uniform.ts';

/** Workgroups along x, y and z. */
export type Grid = readonly [x: number, y?: number, z?: number];

/** What can be encoded, at a position of a table where it has one, and then released. */
export interface Encodable {
  encode(pass: GPUComputePassEncoder, p: number): void;
  release(): void;
}

export class Kernel implements Encodable {
  readonly #group: GPUBindGroup;
  readonly #grid: Grid;
  readonly #stride: number;
  /** A dynamic offset for every table, written over and over: while playing nothing is allocated. */
  readonly #offsets: Uint32Array<ArrayBuffer>;

  /**
   * `resources` in the order of the stage's bindings; `over` so many invocations, an element each, or a grid; `owned` is
   * released with the kernel.
   */
  constructor(
    readonly compiled: Compiled,
    resources: readonly Resource[],
    over: number | Grid,
    readonly owned: readonly (GPUBuffer | GPUTexture)[] = [],
  ) {
    const { gpu, stage } = compiled;
    this.#group = bindGroup(compiled, resources);
    this.#grid = typeof over === 'number' ? gridFor(gpu, over) : over;
    this.#stride = tableStride(gpu);
    this.#offsets = new Uint32Array(stage.bindings.filter((binding) => binding === 'table row').length);
  }

  /** With row `p` of its table, and row `second` of another. */
  encode(pass: GPUComputePassEncoder, p = 0, second = 0): void {
    const offsets = this.#offsets;
    // Of an array without a place for it nothing is kept.
    offsets[0] = p * this.#stride;
    offsets[1] = second * this.#stride;
    pass.setPipeline(this.compiled.pipeline);
    pass.setBindGroup(0, this.#group, offsets, 0, offsets.length);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.compiled.gpu.release(...this.owned);
  }
}

/** Kernels that always follow each other, and what is theirs together. */
export class Chain implements Encodable {
  constructor(
    readonly gpu: Gpu,
    readonly kernels: readonly Encodable[],
    readonly owned: readonly (GPUBuffer | GPUTexture)[] = [],
  ) {}

  /** Each with row `p` of its table. */
  encode(pass: GPUComputePassEncoder, p = 0): void {
    for (const kernel of this.kernels) kernel.encode(pass, p);
  }

  release(): void {
    for (const kernel of this.kernels) kernel.release();
    this.gpu.release(...this.owned);
  }
}
