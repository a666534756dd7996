/** The posterior mean of Gaussian data on a torus: there by Fourier transform, a gain in every frequency, and back. */
import pairs from '../../../shaders/denoise/pairs.wgsl';
import wiener from '../../../shaders/denoise/wiener.wgsl';
import type { Scales } from '../../diffusion/step.ts';
import type { Spectrum } from '../../diffusion/wiener.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, uniformBuffer } from '../../gpu/uniform.ts';
import { type Shape, stateBytes, valueCount } from '../shape.ts';
import { COMPLEX_BYTES, complexBuffer, Fft, fftBytes, interleaved } from './fft.ts';

const pairsStage = (PACK: boolean): Stage => ({
  label: PACK ? 'pack pairs' : 'unpack pairs',
  sources: [pairs],
  bindings: ['uniform', 'write', 'write'],
  constants: { PACK: Number(PACK), WORKGROUP_SIZE },
});

const wienerStage = (CHANNELS: number): Stage => ({
  label: `wiener of ${CHANNELS} channels`,
  sources: [wiener],
  bindings: ['table row', 'uniform', 'read', 'write'],
  constants: { CHANNELS, WORKGROUP_SIZE },
});

export interface WienerBuffers {
  readonly x0Hat: GPUBuffer;
  readonly x: GPUBuffer;
  /** The spectrum, as `spectrumBuffer` makes it, and its channels' means. */
  readonly s: GPUBuffer;
  readonly mean: Spectrum['mean'];
  readonly shape: Shape;
}

/** Images are taken two by two, each pair as one complex image. */
const pairCount = ({ n }: Shape): number => Math.ceil(n / 2);

/** Bytes of what it takes for states of this shape, beside its table. */
export const wienerBytes = (shape: Shape): number =>
  2 * (valueCount({ ...shape, n: pairCount(shape) }) * COMPLEX_BYTES + fftBytes(shape));

/** s of a spectrum on the GPU, c·h·w complex numbers; release it when done. */
export function spectrumBuffer(gpu: Gpu, { s: { re, im } }: Spectrum): GPUBuffer {
  const buffer = complexBuffer(gpu, 'spectrum', re.length);
  gpu.device.queue.writeBuffer(buffer, 0, interleaved(re, im));
  return buffer;
}

export class Wiener extends Chain {
  /** To be encoded with the position of the level. @throws RangeError unless sides are powers of two. */
  static async create(
    gpu: Gpu,
    levels: readonly Scales[],
    { x0Hat, x, s, mean, shape }: WienerBuffers,
  ): Promise<Wiener> {
    const { c, h, w } = shape;
    const [toPack, toUnpack, toFilter] = await Promise.all([
      compile(gpu, pairsStage(true)),
      compile(gpu, pairsStage(false)),
      compile(gpu, wienerStage(c)),
    ]);
    const count = pairCount(shape);
    const values = valueCount({ ...shape, n: count });
    const work = complexBuffer(gpu, 'frequencies a', values);
    const more = complexBuffer(gpu, 'frequencies b', values);
    const planes = count * c;
    const there = await Fft.create(gpu, { buffers: [work, more], planes, h, w, sign: -1 });
    const back = await Fft.create(gpu, { buffers: [there.result, there.other], planes, h, w, sign: 1 });

    const rows = levels.map(({ alpha, sigma }) => ({ alpha, sigma }));
    const table = tableBuffer(gpu, 'levels', wiener, 'level', rows);
    const all = count * h * w;
    const frequencies = uniformBuffer(gpu, 'frequencies', wiener, 'spectrum', { frequencies: h * w, all });
    const layout = uniformBuffer(gpu, 'pairs', pairs, 'pairs', {
      ...{ values, image: c * h * w, plane: h * w, last: valueCount(shape) },
      offset: mean,
    });
    const state = (buffer: GPUBuffer) => ({ buffer, size: stateBytes(shape) });
    const kernels = [
      new Kernel(toPack, [layout, state(x), work], values),
      there,
      new Kernel(toFilter, [table, frequencies, s, there.result], all),
      back,
      new Kernel(toUnpack, [layout, state(x0Hat), back.result], values),
    ];
    return new Wiener(gpu, kernels, [work, more, table, frequencies, layout]);
  }
}
