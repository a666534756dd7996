/** x̂_0 = p·x + q·y with weights from a table: a model's answer turned into x̂_0, or a Gaussian posterior mean. */
import affine from '../../../shaders/denoise/affine.wgsl';
import type { Weights } from '../../diffusion/prediction.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import { type Shape, stateBytes, vectorCount } from '../shape.ts';

const STAGE: Stage = {
  label: 'affine',
  sources: [affine],
  bindings: ['table row', 'write', 'read', 'read'],
  constants: { WORKGROUP_SIZE },
};

export interface AffineBuffers {
  readonly x0Hat: GPUBuffer;
  readonly x: GPUBuffer;
  readonly y: GPUBuffer;
  readonly shape: Shape;
}

export class Affine extends Kernel {
  static async create(gpu: Gpu, table: readonly Weights[], buffers: AffineBuffers): Promise<Affine> {
    const { x0Hat, x, y, shape } = buffers;
    const compiled = await compile(gpu, STAGE);
    const weights = tableBuffer(gpu, 'weights', affine, 'weights', table);
    const states = [x0Hat, x, y].map((buffer) => ({ buffer, size: stateBytes(shape) }));
    return new Affine(compiled, [weights, ...states], vectorCount(shape), [weights]);
  }
}
