/** The posterior mean of Gaussian data on a torus: there by Fourier transform, a gain in every frequency, and back. */
import pairs from '../../../shaders/denoise/pairs.wgsl';
import wiener from '../../../shaders/denoise/wiener.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Scales } from '../../diffusion/step.ts';
import type { Spectrum } from '../../diffusion/wiener.ts';
import type { Gpu } from '../../gpu/device.ts';
import { gridOf, WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformBuffer, uniformView } from '../../gpu/uniform.ts';
import { type Shape, stateBytes, valueCount } from '../shape.ts';
import { COMPLEX_BYTES, complexBuffer, Fft, fftBytes, interleaved } from './fft.ts';

const pairsStage = (PACK: boolean): Stage => ({
  label: PACK ? 'pack pairs' : 'unpack pairs',
  sources: [grid, pairs],
  bindings: ['uniform', 'write', 'write'],
  constants: { PACK: Number(PACK), WORKGROUP_SIZE },
});

const wienerStage = (CHANNELS: number): Stage => ({
  label: `wiener of ${CHANNELS} channels`,
  sources: [grid, wiener],
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

export class Wiener {
  readonly #there: Fft;
  readonly #back: Fft;
  readonly #owned: GPUBuffer[];
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #groups: Readonly<Record<'pack' | 'filter' | 'unpack', GPUBindGroup>>;
  readonly #grids: Readonly<Record<'pairs' | 'filter', [number, number]>>;

  private constructor(
    readonly gpu: Gpu,
    readonly pipelines: Readonly<Record<'pack' | 'filter' | 'unpack', GPUComputePipeline>>,
    [there, back]: readonly [Fft, Fft],
    work: readonly GPUBuffer[],
    levels: readonly Scales[],
    { x0Hat, x, s, mean, shape }: WienerBuffers,
  ) {
    [this.#there, this.#back] = [there, back];
    const { c, h, w } = shape;
    const table = tableBuffer(
      gpu,
      'levels',
      wiener,
      'level',
      levels.map(({ alpha, sigma }) => ({ alpha, sigma })),
    );
    this.#offsets = tableOffsets(gpu, table);
    const values = valueCount({ ...shape, n: pairCount(shape) });
    const frequencies = uniformBuffer(gpu, 'frequencies', wiener, 'spectrum', {
      frequencies: h * w,
      all: pairCount(shape) * h * w,
    });
    const layout = uniformBuffer(gpu, 'pairs', pairs, 'pairs', {
      ...{ values, image: c * h * w, plane: h * w, last: valueCount(shape) },
      offset: mean,
    });
    this.#owned = [...work, table, frequencies, layout];
    const state = (buffer: GPUBuffer) => ({ buffer, size: stateBytes(shape) });
    const row = { buffer: table, size: uniformView(wiener, 'level').arrayBuffer.byteLength };
    const { pack, filter, unpack } = pipelines;
    this.#groups = {
      pack: bindGroup(gpu, pack, [{ buffer: layout }, state(x), { buffer: work[0] as GPUBuffer }]),
      filter: bindGroup(gpu, filter, [row, { buffer: frequencies }, { buffer: s }, { buffer: there.result }]),
      unpack: bindGroup(gpu, unpack, [{ buffer: layout }, state(x0Hat), { buffer: back.result }]),
    };
    const { maxComputeWorkgroupsPerDimension: most } = gpu.device.limits;
    const gridFor = (invocations: number) => gridOf(Math.ceil(invocations / WORKGROUP_SIZE), most);
    this.#grids = { pairs: gridFor(values), filter: gridFor(pairCount(shape) * h * w) };
  }

  /** @throws RangeError unless sides are powers of two. */
  static async create(gpu: Gpu, levels: readonly Scales[], buffers: WienerBuffers): Promise<Wiener> {
    const { c, h, w } = buffers.shape;
    const [pack, unpack, filter] = await Promise.all(
      [pairsStage(true), pairsStage(false), wienerStage(c)].map((stage) => computePipeline(gpu, stage)),
    );
    const planes = pairCount(buffers.shape) * c;
    const work = ['a', 'b'].map((name) => complexBuffer(gpu, `frequencies ${name}`, planes * h * w));
    const there = await Fft.create(gpu, { buffers: work as [GPUBuffer, GPUBuffer], planes, h, w, sign: -1 });
    const back = await Fft.create(gpu, { buffers: [there.result, there.other], planes, h, w, sign: 1 });
    const pipelines = { pack, unpack, filter } as Record<'pack' | 'filter' | 'unpack', GPUComputePipeline>;
    return new Wiener(gpu, pipelines, [there, back], work, levels, buffers);
  }

  /** At the level of state `p`. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    const { pack, filter, unpack } = this.pipelines;
    pass.setPipeline(pack);
    pass.setBindGroup(0, this.#groups.pack);
    pass.dispatchWorkgroups(...this.#grids.pairs);
    this.#there.encode(pass);
    pass.setPipeline(filter);
    pass.setBindGroup(0, this.#groups.filter, this.#offsets, p, 1);
    pass.dispatchWorkgroups(...this.#grids.filter);
    this.#back.encode(pass);
    pass.setPipeline(unpack);
    pass.setBindGroup(0, this.#groups.unpack);
    pass.dispatchWorkgroups(...this.#grids.pairs);
  }

  release(): void {
    this.#there.release();
    this.#back.release();
    this.gpu.release(...this.#owned);
  }
}
