/** x' = a·x + b·x̂_0 + s·z on every pixel: the one step that every process is made of. */
import grid from '../../shaders/grid.wgsl?raw';
import linearGaussian from '../../shaders/process/linear_gaussian.wgsl?raw';
import normal from '../../shaders/random/normal.wgsl?raw';
import threefry from '../../shaders/random/threefry.wgsl?raw';
import type { Row } from '../diffusion/path.ts';
import type { Gpu } from '../gpu/device.ts';
import { WORKGROUP_SIZE } from '../gpu/dispatch.ts';
import { computePipeline, type Stage } from '../gpu/pipeline.ts';
import { tableBuffer } from '../gpu/uniform.ts';
import { vectorCount } from './shape.ts';
import { type StepBuffers, TableStep } from './table-step.ts';

const STAGE: Stage = {
  label: 'linear-Gaussian step',
  sources: [grid, threefry, normal, linearGaussian],
  bindings: ['table row', 'write', 'read'],
  constants: { WORKGROUP_SIZE },
};

/** The table of coefficients on the GPU; release it when done. */
export const rowTable = (gpu: Gpu, rows: readonly Row[]): GPUBuffer =>
  tableBuffer(gpu, 'table of coefficients', linearGaussian, 'row', rows);

export class LinearGaussian extends TableStep {
  /** `buffers.table` from `rowTable`. */
  static async create(gpu: Gpu, buffers: StepBuffers): Promise<LinearGaussian> {
    const pipeline = await computePipeline(gpu, STAGE);
    return new LinearGaussian(gpu, pipeline, linearGaussian, vectorCount(buffers.shape), buffers);
  }
}
