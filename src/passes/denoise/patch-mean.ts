/** Puts the shares of a softmax over patches together. */
import code from '../../../shaders/denoise/patch_mean.wgsl';
import patches from '../../../shaders/denoise/patches.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { computePipeline, type Stage } from '../../gpu/pipeline.ts';
import type { Shape } from '../shape.ts';
import { PatchStage, type PatchTables } from './patch-stage.ts';

const STAGE: Stage = {
  label: 'patch mean',
  sources: [grid, patches, code],
  bindings: ['table row', 'uniform', 'read', 'write', 'write'],
  constants: { WORKGROUP_SIZE },
};

const BYTES_PER_PAIR = 8;

export const fieldBytes = ({ n, h, w }: Shape): number => n * h * w * BYTES_PER_PAIR;

/** For every pixel of the outputs the two nearest patches of the source that are known, by the index of their centres. */
export const fieldBuffer = (gpu: Gpu, shape: Shape): GPUBuffer =>
  gpu.buffer(
    'nearest patches',
    fieldBytes(shape),
    GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  );

export interface PatchMeanBuffers {
  readonly partials: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly field: GPUBuffer;
  readonly shape: Shape;
}

export class PatchMean extends PatchStage {
  static async create(
    gpu: Gpu,
    tables: PatchTables,
    { partials, x0Hat, field, shape: { n, h, w } }: PatchMeanBuffers,
  ): Promise<PatchMean> {
    const pipeline = await computePipeline(gpu, STAGE);
    return new PatchMean(gpu, pipeline, tables, n * h * w, [partials, x0Hat, field]);
  }
}
