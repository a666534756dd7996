/** The local denoiser, timed against reading its set. */
import grid from '../../shaders/grid.wgsl';
import { Prepared } from '../../src/denoisers/prepared.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { bits, key } from '../../src/diffusion/random.ts';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../src/gpu/dispatch.ts';
import { bindGroup, computePipeline } from '../../src/gpu/pipeline.ts';
import { ImageSet } from '../../src/passes/image/image-set.ts';
import { type Shape, stateBuffer, valueCount } from '../../src/passes/shape.ts';
import { Checkpoints } from '../../src/trajectory/checkpoints.ts';
import { Trajectory } from '../../src/trajectory/trajectory.ts';
import read from './read.wgsl';
import { gpuMilliseconds, median } from './timer.ts';

/** Vectors an invocation reads. */
const READS = 16;
const WINDOWS = [5, 41] as const;

interface Timed {
  encode(pass: GPUComputePassEncoder): void;
  release(): void;
}

const random = (shape: Shape): Images => ({
  shape,
  values: Uint8Array.from({ length: valueCount(shape) }, (_, i) => bits(key(1), i) >>> 24),
});

/** Every value of the set read once for every image of the batch. The set must be in one buffer. */
async function reader(gpu: Gpu, { tiles, shape }: ImageSet, n: number): Promise<Timed> {
  const [tile, another] = tiles;
  if (!tile || another) throw new Error('the set is in several buffers');
  const pipeline = await computePipeline(gpu, {
    label: `read ${n} times`,
    sources: [grid, read],
    bindings: ['read', 'write'],
    constants: { WORKGROUP_SIZE, READS, N: n },
  });
  const invocations = (n * valueCount(shape)) / (4 * READS);
  const sums = gpu.buffer('sums', invocations * 4, GPUBufferUsage.STORAGE);
  const group = bindGroup(gpu, pipeline, [{ buffer: tile.buffer }, { buffer: sums }]);
  const limit = gpu.device.limits.maxComputeWorkgroupsPerDimension;
  const workgroups = gridOf(Math.ceil(invocations / WORKGROUP_SIZE), limit);
  return {
    encode(pass) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...workgroups);
    },
    release: () => gpu.release(sums),
  };
}

/**
 * x̂_0 of a batch of n by a set of N, for small and large windows, as multiples of reading the set, as float32, n times: medians
 * of rounds in which they take turns.
 */
export async function localRatios(gpu: Gpu, n: number, N: number, side: number, rounds: number) {
  const shape = { n, c: 3, h: side, w: side };
  const images = random({ ...shape, n: N });
  const x = stateBuffer(gpu, 'x', shape);
  gpu.device.queue.writeBuffer(x, 0, new Float32Array(normals(key(1), valueCount(shape))));
  const levels = [{ alpha: Math.SQRT1_2, sigma: Math.SQRT1_2, t: 1 }];
  const set = ImageSet.upload(gpu, images);
  const prepared = await Prepared.of(gpu, { name: 'local', set: images }, shape);
  const timedLocal = async (k: number): Promise<Timed> => {
    const own = prepared.with(gpu, { name: 'local', set: images, kMax: k, kMin: k }) as Prepared;
    const denoiser = await own.bind({ x, shape, levels });
    return {
      encode: (pass) => denoiser.encode(pass, 0),
      release: () => {
        denoiser.release();
        own.release();
      },
    };
  };
  const locals = await Promise.all(WINDOWS.map(timedLocal));
  const reading = await reader(gpu, set, n);
  const time = (timed: Timed) => gpuMilliseconds(gpu, (pass) => timed.encode(pass));
  for (const timed of [...locals, reading]) await time(timed);
  const found = locals.map(() => ({ ms: [] as number[], readMs: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, local] of locals.entries()) {
      found[i]?.readMs.push(await time(reading));
      found[i]?.ms.push(await time(local));
    }
  }
  for (const timed of [...locals, reading]) timed.release();
  set.release();
  prepared.release();
  gpu.release(x);
  return found.map(({ ms, readMs }, i) => ({
    k: WINDOWS[i] as number,
    ms: median(ms),
    readMs: median(readMs),
    ratio: median(ms.map((value, round) => value / (readMs[round] as number))),
  }));
}

/** Milliseconds from noise to images, all of a run of so many steps, and of what goes before it. */
export async function localRun(gpu: Gpu, n: number, N: number, side: number, steps: number) {
  const shape = { n, c: 3, h: side, w: side };
  const set = random({ ...shape, n: N });
  const begun = performance.now();
  const run = await Trajectory.create(gpu, {
    ...{ shape, seed: 1, steps: ddim()(recipeLevels(steps)) },
    denoiser: { name: 'local', set },
    checkpoints: new Checkpoints([]),
  });
  const created = performance.now();
  await run.read(run.last);
  const ended = performance.now();
  run.release();
  return { createMs: created - begun, runMs: ended - created };
}
