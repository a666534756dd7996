/** Every pixel becomes the nearest colour of a palette. */
import code from '../../../shaders/image/palette.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import type { Shape } from '../shape.ts';

const STAGE: Stage = {
  label: 'palette',
  sources: [code],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

export class Palette extends Kernel {
  /** The colours have as many values as the state has channels. */
  static async create(
    gpu: Gpu,
    x: GPUBuffer,
    { n, c, h, w }: Shape,
    colours: readonly (readonly number[])[],
  ): Promise<Palette> {
    const values = new Float32Array(4 * colours.length);
    colours.forEach((colour, i) => {
      values.set(colour, 4 * i);
    });
    const buffer = gpu.buffer('palette', values.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    gpu.device.queue.writeBuffer(buffer, 0, values);
    const spec = uniformBuffer(gpu, 'palette', code, 'spec', { pixels: h * w, images: n, channels: c });
    return new Palette(await compile(gpu, STAGE), [spec, buffer, x], n * h * w, [spec, buffer]);
  }
}
