/** Which image of a set each image of a state is nearest to, from their distances. */
import nearest from '../../../shaders/measure/nearest.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE } from '../shape.ts';
import { type Distances, QUAD } from './distances.ts';

const STAGE: Stage = {
  label: 'nearest images',
  sources: [nearest],
  bindings: ['uniform', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

export class NearestImages extends Kernel {
  private constructor(
    compiled: Compiled,
    { buffer: distances, images, quads, shares }: Distances,
    /** By quad of the state's images: four squared distances, then four indices, as float32. */
    readonly buffer: GPUBuffer,
  ) {
    const spec = uniformBuffer(compiled.gpu, 'nearest images', nearest, 'spec', { images, quads, shares });
    super(compiled, [spec, distances, buffer], [quads], [buffer, spec]);
  }

  static async create(gpu: Gpu, distances: Distances): Promise<NearestImages> {
    const compiled = await compile(gpu, STAGE);
    const bytes = 2 * QUAD * distances.quads * BYTES_PER_VALUE;
    const buffer = gpu.buffer('nearest images', bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    return new NearestImages(compiled, distances, buffer);
  }
}
