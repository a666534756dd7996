/** The discrete Fourier transform of complex planes, there or back, without a scale: a stage of radix 4 or 2 a dispatch. */
import fft from '../../../shaders/denoise/fft.wgsl';
import { checkPowersOfTwo, rootsOfUnity } from '../../diffusion/fft.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';

type Radix = 4 | 2;

const stageOf = (RADIX: Radix): Stage => ({
  label: `fft of radix ${RADIX}`,
  sources: [fft],
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

/** From float64: WGSL's own sine and cosine may err in the fourth digit. */
function rootsBuffer(gpu: Gpu, length: number, sign: 1 | -1): GPUBuffer {
  const { re, im } = rootsOfUnity(length, sign);
  const buffer = complexBuffer(gpu, 'roots of unity', length);
  gpu.device.queue.writeBuffer(buffer, 0, interleaved(re, im));
  return buffer;
}

export class Fft extends Chain {
  /** The buffer that holds the transforms. */
  readonly result: GPUBuffer;
  readonly other: GPUBuffer;

  private constructor(
    gpu: Gpu,
    compiled: Readonly<Record<Radix, Compiled>>,
    { buffers, planes, h, w, sign }: FftOptions,
  ) {
    let [before, after] = buffers;
    const values = planes * h * w;
    const kernels: Kernel[] = [];
    const axes = [
      { length: w, stride: 1 },
      { length: h, stride: w },
    ].map((axis) => ({ ...axis, roots: rootsBuffer(gpu, axis.length, sign) }));
    for (const { length, stride, roots } of axes) {
      let done = 1;
      for (const radix of radicesOf(length)) {
        const butterflies = values / radix;
        const spec = { butterflies, stride, length, done, sign };
        const stage = uniformBuffer(gpu, 'fft stage', fft, 'stage', spec);
        kernels.push(new Kernel(compiled[radix], [stage, roots, before, after], butterflies, [stage]));
        done *= radix;
        [before, after] = [after, before];
      }
    }
    super(
      gpu,
      kernels,
      axes.map(({ roots }) => roots),
    );
    this.result = before;
    this.other = after;
  }

  /** @throws RangeError unless sides are powers of two. */
  static async create(gpu: Gpu, options: FftOptions): Promise<Fft> {
    checkPowersOfTwo(options);
    const [two, four] = await Promise.all([compile(gpu, stageOf(2)), compile(gpu, stageOf(4))]);
    return new Fft(gpu, { 2: two, 4: four }, options);
  }
}

/** Real and imaginary parts as the GPU has them. */
export const interleaved = (re: ArrayLike<number>, im: ArrayLike<number>): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: 2 * re.length }, (_, i) => (i % 2 === 0 ? re : im)[i >> 1] as number);
