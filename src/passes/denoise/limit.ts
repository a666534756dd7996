/** x̂_0 kept within the range of pictures, as diffusion/limit.ts does it on the host. */
import clip from '../../../shaders/denoise/clip.wgsl';
import threshold from '../../../shaders/denoise/threshold.wgsl';
import { type LimitOptions, wholeLimit } from '../../diffusion/limit.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { Quantiles } from '../measure/quantiles.ts';
import { type Shape, stateBytes, valueCount, vectorCount } from '../shape.ts';

const CLIP: Stage = {
  label: 'clip',
  sources: [clip],
  bindings: ['uniform', 'write', 'read'],
  constants: { WORKGROUP_SIZE },
};

const THRESHOLD: Stage = {
  label: 'dynamic threshold',
  sources: [threshold],
  bindings: ['uniform', 'write', 'read', 'read'],
  constants: { WORKGROUP_SIZE },
};

export interface LimitBuffers {
  readonly x0Hat: GPUBuffer;
  /** Where x̂_0 goes, limited; another buffer. */
  readonly limited: GPUBuffer;
  readonly shape: Shape;
}

/** A clip; or a quantile of every image's |x̂_0|, and what it makes of it. */
export class Limit extends Chain {
  /** @throws RangeError as `wholeLimit` and `Quantiles.create` do. */
  static async create(gpu: Gpu, options: LimitOptions, buffers: LimitBuffers): Promise<Limit> {
    const { x0Hat, limited, shape } = buffers;
    const states = [limited, x0Hat].map((buffer) => ({ buffer, size: stateBytes(shape) }));
    const vectors = vectorCount(shape);
    const limit = wholeLimit(options);
    if (limit.name === 'clip') {
      const spec = uniformBuffer(gpu, 'clip', clip, 'clip', { range: limit.range });
      return new Limit(gpu, [new Kernel(await compile(gpu, CLIP), [spec, ...states], vectors, [spec])]);
    }
    const quantiles = await Quantiles.create(gpu, { x: x0Hat, shape, q: limit.ratio });
    const values = valueCount(shape) / shape.n;
    const spec = uniformBuffer(gpu, 'threshold', threshold, 'threshold', { values, most: limit.max });
    const resources = [spec, ...states, quantiles.quantiles];
    const thresholding = new Kernel(await compile(gpu, THRESHOLD), resources, vectors, [spec]);
    return new Limit(gpu, [quantiles, thresholding]);
  }
}
