/** x' = a·x + b·x̂_0 + s·z on every pixel: the one step that every process is made of. */
import grid from '../../shaders/grid.wgsl?raw';
import linearGaussian from '../../shaders/process/linear_gaussian.wgsl?raw';
import normal from '../../shaders/random/normal.wgsl?raw';
import threefry from '../../shaders/random/threefry.wgsl?raw';
import type { Row } from '../diffusion/path.ts';
import type { Gpu } from '../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformView } from '../gpu/uniform.ts';
import { type Shape, vectorCount } from './shape.ts';

const STAGE: Stage = {
  label: 'linear-Gaussian step',
  sources: [grid, threefry, normal, linearGaussian],
  bindings: ['table row', 'write', 'read'],
  constants: { WORKGROUP_SIZE },
};

/** The table of coefficients on the GPU; release it when done. */
export const rowTable = (gpu: Gpu, rows: readonly Row[]): GPUBuffer =>
  tableBuffer(gpu, 'table of coefficients', linearGaussian, 'row', rows);

export interface LinearGaussianBuffers {
  /** From `rowTable`. */
  readonly table: GPUBuffer;
  /** The state, changed in place. */
  readonly x: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
}

export class LinearGaussian {
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];
  /** Every row's offset, made once: while playing nothing is allocated. */
  readonly #offsets: Uint32Array<ArrayBuffer>;

  private constructor(
    gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    { table, x, x0Hat, shape }: LinearGaussianBuffers,
  ) {
    const size = uniformView(linearGaussian, 'row').arrayBuffer.byteLength;
    this.#group = bindGroup(gpu, pipeline, [{ buffer: table, size }, { buffer: x }, { buffer: x0Hat }]);
    this.#grid = gridOf(
      Math.ceil(vectorCount(shape) / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
    this.#offsets = tableOffsets(gpu, table);
  }

  static async create(gpu: Gpu, buffers: LinearGaussianBuffers): Promise<LinearGaussian> {
    return new LinearGaussian(gpu, await computePipeline(gpu, STAGE), buffers);
  }

  /** One step with row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group, this.#offsets, p, 1);
    pass.dispatchWorkgroups(...this.#grid);
  }
}
