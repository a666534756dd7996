/** The nearest patches that a coarser level found, for a finer one. */
import code from '../../../shaders/denoise/patch_field.wgsl';
import type { Size } from '../../diffusion/resample.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';

const STAGE: Stage = {
  label: 'field of patches',
  sources: [code],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

export interface PatchFieldOptions {
  readonly coarse: GPUBuffer;
  readonly fine: GPUBuffer;
  readonly images: number;
  /** Of an output, fine and coarse, and of the source. */
  readonly size: Size;
  readonly coarseSize: Size;
  readonly source: Size;
  readonly coarseSource: Size;
}

const vector = ({ w, h }: Size): [number, number] => [w, h];

export class PatchField extends Kernel {
  static async create(gpu: Gpu, options: PatchFieldOptions): Promise<PatchField> {
    const { coarse, fine, images, size, coarseSize, source, coarseSource } = options;
    const spec = uniformBuffer(gpu, 'field', code, 'field', {
      ...{ size: vector(size), coarse: vector(coarseSize), images },
      ...{ source: vector(source), coarseSource: vector(coarseSource) },
    });
    return new PatchField(await compile(gpu, STAGE), [spec, coarse, fine], images * size.w * size.h, [spec]);
  }
}
