/** A softmax over the patches of a source, chunk after chunk of displacements. */
import code from '../../../shaders/denoise/patch_softmax.wgsl';
import patches from '../../../shaders/denoise/patches.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { computePipeline, type Stage } from '../../gpu/pipeline.ts';
import type { Shape } from '../shape.ts';
import { PatchStage, type PatchTables } from './patch-stage.ts';

const STAGE: Stage = {
  label: 'patch softmax',
  sources: [grid, patches, code],
  bindings: ['table row', 'uniform', 'table row', 'read', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

/** Of the struct Partial, for four pixels. */
const BYTES_PER_PARTIAL = 112;

/** Invocations for one share of the displacements. */
export const softmaxInvocations = ({ n, h, w }: Shape): number => n * h * Math.ceil(w / 4);

export const partialBytes = (shape: Shape, shares: number): number =>
  shares * softmaxInvocations(shape) * BYTES_PER_PARTIAL;

export const partialsBuffer = (gpu: Gpu, shape: Shape, shares: number): GPUBuffer =>
  gpu.buffer('partial softmax', partialBytes(shape, shares), GPUBufferUsage.STORAGE);

export interface PatchSoftmaxBuffers {
  readonly columns: GPUBuffer;
  /** Packed. */
  readonly source: GPUBuffer;
  readonly chunks: GPUBuffer;
  readonly partials: GPUBuffer;
}

export class PatchSoftmax extends PatchStage {
  static async create(
    gpu: Gpu,
    tables: PatchTables,
    { columns, source, chunks, partials }: PatchSoftmaxBuffers,
  ): Promise<PatchSoftmax> {
    const pipeline = await computePipeline(gpu, STAGE);
    const invocations = partials.size / BYTES_PER_PARTIAL;
    const second = { table: chunks, wgsl: code, name: 'chunk' };
    return new PatchSoftmax(gpu, pipeline, tables, invocations, [columns, source, partials], second);
  }
}
