/** Puts the shares of a softmax over patches together. */
import code from '../../../shaders/denoise/patch_mean.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import type { Shape } from '../shape.ts';
import type { PatchTables } from './patch-geometry.ts';

const STAGE: Stage = {
  label: 'patch mean',
  sources: [code],
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

export class PatchMean extends Kernel {
  static async create(
    gpu: Gpu,
    { rows, geometry }: PatchTables,
    { partials, x0Hat, field, shape: { n, h, w } }: PatchMeanBuffers,
  ): Promise<PatchMean> {
    return new PatchMean(await compile(gpu, STAGE), [rows, geometry, partials, x0Hat, field], n * h * w);
  }
}
