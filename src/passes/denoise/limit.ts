/** x̂_0 kept within the range of pictures, as diffusion/limit.ts does it on the host. */
import clip from '../../../shaders/denoise/clip.wgsl';
import threshold from '../../../shaders/denoise/threshold.wgsl';
import grid from '../../../shaders/grid.wgsl';
import { type LimitOptions, wholeLimit } from '../../diffusion/limit.ts';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { Quantiles } from '../measure/quantiles.ts';
import { type Shape, stateBytes, valueCount, vectorCount } from '../shape.ts';

const CLIP: Stage = {
  label: 'clip',
  sources: [grid, clip],
  bindings: ['uniform', 'write', 'read'],
  constants: { WORKGROUP_SIZE },
};

const THRESHOLD: Stage = {
  label: 'dynamic threshold',
  sources: [grid, threshold],
  bindings: ['uniform', 'write', 'read', 'read'],
  constants: { WORKGROUP_SIZE },
};

export interface LimitBuffers {
  readonly x0Hat: GPUBuffer;
  /** Where x̂_0 goes, limited; another buffer. */
  readonly limited: GPUBuffer;
  readonly shape: Shape;
}

export class Limit {
  readonly #group: GPUBindGroup;
  readonly #grid: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    readonly spec: GPUBuffer,
    { x0Hat, limited, shape }: LimitBuffers,
    /** Of every image's |x̂_0|; a clip needs none. */
    readonly quantiles?: Quantiles,
  ) {
    const states = [limited, x0Hat].map((buffer) => ({ buffer, size: stateBytes(shape) }));
    const own = quantiles ? [{ buffer: quantiles.quantiles }] : [];
    this.#group = bindGroup(gpu, pipeline, [{ buffer: spec }, ...states, ...own]);
    this.#grid = gridOf(
      Math.ceil(vectorCount(shape) / WORKGROUP_SIZE),
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  /** @throws RangeError as `wholeLimit` and `Quantiles.create` do. */
  static async create(gpu: Gpu, options: LimitOptions, buffers: LimitBuffers): Promise<Limit> {
    const limit = wholeLimit(options);
    if (limit.name === 'clip') {
      const spec = uniformBuffer(gpu, 'clip', clip, 'clip', { range: limit.range });
      return new Limit(gpu, await computePipeline(gpu, CLIP), spec, buffers);
    }
    const { x0Hat, shape } = buffers;
    const quantiles = await Quantiles.create(gpu, { x: x0Hat, shape, q: limit.ratio });
    const values = valueCount(shape) / shape.n;
    const spec = uniformBuffer(gpu, 'threshold', threshold, 'threshold', { values, most: limit.max });
    return new Limit(gpu, await computePipeline(gpu, THRESHOLD), spec, buffers, quantiles);
  }

  encode(pass: GPUComputePassEncoder): void {
    this.quantiles?.encode(pass);
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(...this.#grid);
  }

  release(): void {
    this.quantiles?.release();
    this.gpu.release(this.spec);
  }
}
