/** x̂_0 = p·x + q·y with weights from a table: a model's answer turned into x̂_0, or a Gaussian posterior mean. */
import affine from '../../../shaders/denoise/affine.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Weights } from '../../diffusion/prediction.ts';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformView } from '../../gpu/uniform.ts';
import { type Shape, stateBytes, vectorCount } from '../shape.ts';

const STAGE: Stage = {
  label: 'affine',
  sources: [grid, affine],
  bindings: ['table row', 'write', 'read', 'read'],
  constants: { WORKGROUP_SIZE },
};

export interface AffineBuffers {
  readonly x0Hat: GPUBuffer;
  readonly x: GPUBuffer;
  readonly y: GPUBuffer;
  readonly shape: Shape;
}

export class Affine {
  readonly #table: GPUBuffer;
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    table: readonly Weights[],
    { x0Hat, x, y, shape }: AffineBuffers,
  ) {
    this.#table = tableBuffer(gpu, 'weights', affine, 'weights', table);
    this.#offsets = tableOffsets(gpu, this.#table);
    const states = [x0Hat, x, y].map((buffer) => ({ buffer, size: stateBytes(shape) }));
    const { byteLength } = uniformView(affine, 'weights').arrayBuffer;
    this.#group = bindGroup(gpu, pipeline, [{ buffer: this.#table, size: byteLength }, ...states]);
    this.#grid = gridOf(
      Math.ceil(vectorCount(shape) / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  static async create(gpu: Gpu, table: readonly Weights[], buffers: AffineBuffers): Promise<Affine> {
    return new Affine(gpu, await computePipeline(gpu, STAGE), table, buffers);
  }

  /** With row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group, this.#offsets, p, 1);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.gpu.release(this.#table);
  }
}
