import quadsWgsl from '../../../shaders/measure/quads.wgsl';
import type { Gpu } from '../../../src/gpu/device.ts';
import { bindGroup, computePipeline, type Stage } from '../../../src/gpu/pipeline.ts';
import { Readback } from '../../../src/gpu/readback.ts';
import { uniformBuffer } from '../../../src/gpu/uniform.ts';
import { ImageSet } from '../../../src/passes/image/image-set.ts';
import { leavingRows } from '../../../src/passes/measure/distances.ts';
import { stateBuffer } from '../../../src/passes/shape.ts';
import { alone } from '../../alone.ts';
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
  const denoiser = await alone(gpu, { name: 'ideal', set: images }, { x: state, shape, levels });
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

/** As the denoiser has them; they are the fastest for the products, too. */
const tilesOf = (gpu: Gpu) =>
  gpu.software
    ? { inner: { LANES: 4, FOURS: 4, QUADS: 4 }, sums: { LANES: 4, VECTORS: 4 }, parts: 1 }
    : { inner: { LANES: 32, FOURS: 1, QUADS: 4 }, sums: { LANES: 64, VECTORS: 1 }, parts: 5 };

const stage = (
  { label, ...given }: Pick<Stage, 'label' | 'sources' | 'enable'>,
  constants: Record<string, number>,
): Stage => ({
  ...given,
  label: `${label} ${Object.values(constants)}`,
  bindings: ['uniform', 'read', 'read', 'write'],
  constants,
});

/**
 * The two plain matrix products of the same shape, of the same tiles and loads: batch × values times values × images, and
 * batch × images times images × values. For batches of 16, sets of a multiple of 80, images of a multiple of 256 values.
 */
export const products: Make = async (gpu, { images, shape, x }) => {
  const set = ImageSet.upload(gpu, images);
  const [tile, second] = set.tiles;
  if (!tile || second) throw new Error('the set is in several buffers here');
  const vectors = (shape.c * shape.h * shape.w) / 4;
  const [N, quads] = [images.shape.n, shape.n / 4];
  const state = stateBuffer(gpu, 'x', shape);
  gpu.device.queue.writeBuffer(state, 0, x);
  const inner = gpu.buffer('inner products', N * shape.n * 4, GPUBufferUsage.STORAGE);
  const tiles = tilesOf(gpu);
  const sums = gpu.buffer('weighted sums', tiles.parts * vectors * shape.n * 16, GPUBufferUsage.STORAGE);
  const { sources, enable } = leavingRows(gpu, tiles.inner.LANES);
  const inners = { label: 'inner products', sources: [...sources, innerProducts], enable };
  const first = await computePipeline(gpu, stage(inners, tiles.inner));
  const sumsOf = { label: 'weighted sums', sources: [quadsWgsl, weightedSums] };
  const then = await computePipeline(gpu, stage(sumsOf, tiles.sums));
  const innerSpec = uniformBuffer(gpu, 'inner', innerProducts, 'spec', { vectors, quads });
  const sumsSpec = uniformBuffer(gpu, 'sums', weightedSums, 'spec', {
    vectors,
    quads,
    share: N / tiles.parts,
  });
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
        pass.dispatchWorkgroups(N / 4 / tiles.inner.FOURS, 1, quads / 4);
        pass.setPipeline(then);
        pass.setBindGroup(0, groups[1]);
        pass.dispatchWorkgroups(vectors / tiles.sums.LANES / tiles.sums.VECTORS, quads / 4, tiles.parts);
      }),
    release() {
      set.release();
      gpu.release(state, inner, sums, innerSpec, sumsSpec);
    },
  };
};
