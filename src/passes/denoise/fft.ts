/** The discrete Fourier transform of complex planes, there or back, without a scale: a stage of radix 4 or 2 a dispatch. */
import fft from '../../../shaders/denoise/fft.wgsl';
import grid from '../../../shaders/grid.wgsl';
import { checkPowersOfTwo, rootsOfUnity } from '../../diffusion/fft.ts';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';

const RADICES = [4, 2] as const;
type Radix = (typeof RADICES)[number];

const stageOf = (RADIX: Radix): Stage => ({
  label: `fft of radix ${RADIX}`,
  sources: [grid, fft],
  bindings: ['uniform', 'read', 'read', 'write'],
  constants: { RADIX, WORKGROUP_SIZE },
});

/** Bytes of a complex value. */
export const COMPLEX_BYTES = 8;

/** Bytes of what a transform takes beside its two buffers. */
export const fftBytes = ({ h, w }: { readonly h: number; readonly w: number }): number =>
  (h + w) * COMPLEX_BYTES;

/** Pairs of float32, real and imaginary part. */
export function complexBuffer(gpu: Gpu, label: string, count: number): GPUBuffer {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  return gpu.buffer(label, count * COMPLEX_BYTES, STORAGE | COPY_SRC | COPY_DST);
}

export interface FftOptions {
  /** Complex planes, row by row; the stages go from the first buffer to the second and back, and so on. */
  readonly buffers: readonly [GPUBuffer, GPUBuffer];
  readonly planes: number;
  /** A power of two, as is w. */
  readonly h: number;
  readonly w: number;
  /** Of the exponent: −1 there, 1 back, which is not divided by h·w. */
  readonly sign: 1 | -1;
}

/** The product is the length. */
function radicesOf(length: number): Radix[] {
  const radices: Radix[] = [];
  for (let left = length; left > 1; left /= radices.at(-1) as Radix) radices.push(left % 4 === 0 ? 4 : 2);
  return radices;
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: [number, number];
}

export class Fft {
  /** The buffer that holds the transforms. */
  readonly result: GPUBuffer;
  readonly other: GPUBuffer;
  readonly #owned: GPUBuffer[] = [];
  readonly #dispatches: Dispatch[] = [];

  private constructor(
    readonly gpu: Gpu,
    pipelines: ReadonlyMap<Radix, GPUComputePipeline>,
    { buffers, planes, h, w, sign }: FftOptions,
  ) {
    let [before, after] = buffers;
    const values = planes * h * w;
    for (const { length, stride } of [
      { length: w, stride: 1 },
      { length: h, stride: w },
    ]) {
      const roots = this.#roots(length, sign);
      let done = 1;
      for (const radix of radicesOf(length)) {
        const butterflies = values / radix;
        const stage = uniformBuffer(gpu, 'fft stage', fft, 'stage', {
          ...{ butterflies, stride, length, done, sign },
        });
        this.#owned.push(stage);
        const pipeline = pipelines.get(radix) as GPUComputePipeline;
        this.#dispatches.push({
          pipeline,
          group: bindGroup(
            gpu,
            pipeline,
            [stage, roots, before, after].map((buffer) => ({ buffer })),
          ),
          grid: gridOf(
            Math.ceil(butterflies / WORKGROUP_SIZE),
            gpu.device.limits.maxComputeWorkgroupsPerDimension,
          ),
        });
        done *= radix;
        [before, after] = [after, before];
      }
    }
    this.result = before;
    this.other = after;
  }

  /** @throws RangeError unless sides are powers of two. */
  static async create(gpu: Gpu, options: FftOptions): Promise<Fft> {
    checkPowersOfTwo(options);
    const compiled = RADICES.map(
      async (radix) => [radix, await computePipeline(gpu, stageOf(radix))] as const,
    );
    return new Fft(gpu, new Map(await Promise.all(compiled)), options);
  }

  encode(pass: GPUComputePassEncoder): void {
    for (const { pipeline, group, grid } of this.#dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...grid);
    }
  }

  release(): void {
    this.gpu.release(...this.#owned);
  }

  /** From float64: WGSL's own sine and cosine may err in the fourth digit. */
  #roots(length: number, sign: 1 | -1): GPUBuffer {
    const { re, im } = rootsOfUnity(length, sign);
    const buffer = complexBuffer(this.gpu, 'roots of unity', length);
    this.gpu.device.queue.writeBuffer(buffer, 0, interleaved(re, im));
    this.#owned.push(buffer);
    return buffer;
  }
}

/** Real and imaginary parts as the GPU has them. */
export const interleaved = (re: ArrayLike<number>, im: ArrayLike<number>): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: 2 * re.length }, (_, i) => (i % 2 === 0 ? re : im)[i >> 1] as number);
