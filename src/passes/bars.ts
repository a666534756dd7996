/** Paints a histogram's counts as a density, over the same axes as the curve of N(0, 1). */
import bars from '../../shaders/show/bars.wgsl?raw';
import type { Gpu } from '../gpu/device.ts';
import { bindGroup, paintPipeline, type Stage } from '../gpu/pipeline.ts';
import { uniformBuffer } from '../gpu/uniform.ts';
import { BINS, type Histogram, RANGE } from './histogram.ts';
import { paint } from './paint.ts';

const STAGE: Stage = { label: 'histogram bars', sources: [bars], bindings: ['uniform', 'read'] };

export interface BarsOptions {
  readonly canvas: HTMLCanvasElement;
  readonly histogram: Histogram;
  /** How many values were counted. */
  readonly values: number;
  /** The density at the canvas's upper edge. */
  readonly top: number;
  /** RGBA in [0, 1]. */
  readonly colour: readonly [number, number, number, number];
}

export class Bars {
  readonly #context: GPUCanvasContext;
  readonly #spec: GPUBuffer;
  readonly #group: GPUBindGroup;

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPURenderPipeline,
    format: GPUTextureFormat,
    { canvas, histogram, values, top, colour }: BarsOptions,
  ) {
    this.#context = canvas.getContext('webgpu') as GPUCanvasContext;
    this.#context.configure({ device: gpu.device, format, alphaMode: 'premultiplied' });
    const density = BINS / (2 * RANGE * values);
    this.#spec = uniformBuffer(gpu, 'bars', bars, 'spec', { density, top, bins: BINS, colour });
    this.#group = bindGroup(gpu, pipeline, [{ buffer: this.#spec }, { buffer: histogram.counts }]);
  }

  static async create(gpu: Gpu, options: BarsOptions): Promise<Bars> {
    const format = navigator.gpu.getPreferredCanvasFormat();
    return new Bars(gpu, await paintPipeline(gpu, STAGE, format), format, options);
  }

  encode(encoder: GPUCommandEncoder): void {
    paint(encoder, this.#context.getCurrentTexture(), this.pipeline, this.#group);
  }

  release(): void {
    this.gpu.release(this.#spec);
  }
}
