import { IdealDenoiser } from '../../../src/denoisers/ideal.ts';
import type { Gpu } from '../../../src/gpu/device.ts';
import { bindGroup, computePipeline, type Stage } from '../../../src/gpu/pipeline.ts';
import { Readback } from '../../../src/gpu/readback.ts';
import { uniformBuffer } from '../../../src/gpu/uniform.ts';
import { ImageSet } from '../../../src/passes/image-set.ts';
import { stateBuffer } from '../../../src/passes/shape.ts';
import innerProducts from './inner_products.wgsl';
import type { Make } from './job.ts';
import weightedSums from './weighted_sums.wgsl';

async function submitted(gpu: Gpu, encode: (pass: GPUComputePassEncoder) => void): Promise<void> {
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  encode(pass);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
  await gpu.device.queue.onSubmittedWorkDone();
}

export const ideal: Make = async (gpu, { images, shape, x, alpha, sigma }) => {
  const state = stateBuffer(gpu, 'x', shape);
  gpu.device.queue.writeBuffer(state, 0, x);
  const levels = [{ alpha, sigma, t: 0 }];
  const denoiser = await IdealDenoiser.create(gpu, { x: state, shape, levels }, images);
  const readback = new Readback(gpu, denoiser.x0Hat.size);
  return {
    name: 'the ideal denoiser',
    run: () => submitted(gpu, (pass) => denoiser.encode(pass, 0)),
    read() {
      const encoder = gpu.device.createCommandEncoder();
      readback.encode(encoder, denoiser.x0Hat);
      gpu.device.queue.submit([encoder.finish()]);
      return readback.read();
    },
    release() {
      readback.release();
      denoiser.release();
      gpu.release(state);
    },
  };
};

/** Lanes as the denoiser has them. */
const lanesOf = (gpu: Gpu): number => (gpu.software ? 16 : 32);
const SUM_LANES = 64;
const PARTS = 5;

const stage = (label: string, source: Stage['sources'][number], LANES: number): Stage => ({
  label: `${label} ${LANES}`,
  sources: [source],
  bindings: ['uniform', 'read', 'read', 'write'],
  constants: { LANES },
});

/**
 * The two plain matrix products of the same shape, of the same tiles and loads: batch × values times values × images, and
 * batch × images times images × values. For batches of 16, sets of a multiple of 40, images of 256 values and multiples.
 */
export const products: Make = async (gpu, { images, shape, x }) => {
  const set = ImageSet.of(gpu, images);
  const [tile, second] = set.tiles;
  if (!tile || second) throw new Error('the set is in several buffers here');
  const vectors = (shape.c * shape.h * shape.w) / 4;
  const [N, quads] = [images.shape.n, shape.n / 4];
  const state = stateBuffer(gpu, 'x', shape);
  gpu.device.queue.writeBuffer(state, 0, x);
  const inner = gpu.buffer('inner products', N * shape.n * 4, GPUBufferUsage.STORAGE);
  const sums = gpu.buffer('weighted sums', PARTS * vectors * shape.n * 16, GPUBufferUsage.STORAGE);
  const lanes = lanesOf(gpu);
  const first = await computePipeline(gpu, stage('inner products', innerProducts, lanes));
  const then = await computePipeline(gpu, stage('weighted sums', weightedSums, SUM_LANES));
  const innerSpec = uniformBuffer(gpu, 'inner', innerProducts, 'spec', { vectors, quads });
  const sumsSpec = uniformBuffer(gpu, 'sums', weightedSums, 'spec', { vectors, quads, share: N / PARTS });
  const bind = (pipeline: GPUComputePipeline, buffers: GPUBuffer[]) =>
    bindGroup(
      gpu,
      pipeline,
      buffers.map((buffer) => ({ buffer })),
    );
  const groups = [
    bind(first, [innerSpec, state, tile.buffer, inner]),
    bind(then, [sumsSpec, inner, tile.buffer, sums]),
  ] as const;
  return {
    name: 'two plain matrix products',
    run: () =>
      submitted(gpu, (pass) => {
        pass.setPipeline(first);
        pass.setBindGroup(0, groups[0]);
        pass.dispatchWorkgroups(N / 4, 1, quads / 4);
        pass.setPipeline(then);
        pass.setBindGroup(0, groups[1]);
        pass.dispatchWorkgroups(vectors / SUM_LANES, quads / 4, PARTS);
      }),
    release() {
      set.release();
      gpu.release(state, inner, sums, innerSpec, sumsSpec);
    },
  };
};
