/** A batch of pictures at another size, bilinear. */
import code from '../../../shaders/image/resize.wgsl';
import type { Padding } from '../../diffusion/patches.ts';
import type { Size } from '../../diffusion/resample.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import type { Shape } from '../shape.ts';

const STAGE: Stage = {
  label: 'resize',
  sources: [code],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

export interface ResizeOptions {
  readonly x: GPUBuffer;
  readonly resized: GPUBuffer;
  /** Of what is made. */
  readonly shape: Shape;
  readonly from: Size;
  readonly padding: Padding;
}

export class Resize extends Kernel {
  static async create(gpu: Gpu, { x, resized, shape, from, padding }: ResizeOptions): Promise<Resize> {
    const { n, c, h, w } = shape;
    const spec = uniformBuffer(gpu, 'resize', code, 'resize', {
      ...{ size: [w, h], old: [from.w, from.h], planes: n * c },
      wraps: Number(padding === 'circular'),
    });
    return new Resize(await compile(gpu, STAGE), [spec, x, resized], n * c * h * w, [spec]);
  }
}
