/** Paints one image of a state onto a canvas. */
import show from '../../shaders/show/show.wgsl?raw';
import type { Gpu } from '../gpu/device.ts';
import { bindGroup, paintPipeline, type Stage } from '../gpu/pipeline.ts';
import { uniformBuffer } from '../gpu/uniform.ts';
import { paint } from './paint.ts';
import type { Shape } from './shape.ts';

const STAGE: Stage = { label: 'show', sources: [show], bindings: ['uniform', 'read'] };

export interface ShowOptions {
  readonly canvas: HTMLCanvasElement;
  readonly x: GPUBuffer;
  readonly shape: Shape;
  /** Which image of the batch. */
  readonly image?: number;
}

export class Show {
  readonly #context: GPUCanvasContext;
  readonly #spec: GPUBuffer;
  readonly #group: GPUBindGroup;

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPURenderPipeline,
    format: GPUTextureFormat,
    { canvas, x, shape, image = 0 }: ShowOptions,
  ) {
    canvas.width = shape.w;
    canvas.height = shape.h;
    this.#context = canvas.getContext('webgpu') as GPUCanvasContext;
    this.#context.configure({ device: gpu.device, format });
    this.#spec = uniformBuffer(gpu, 'show', show, 'spec', {
      size: [shape.w, shape.h],
      channels: shape.c,
      image,
    });
    this.#group = bindGroup(gpu, pipeline, [{ buffer: this.#spec }, { buffer: x }]);
  }

  static async create(gpu: Gpu, options: ShowOptions): Promise<Show> {
    const format = navigator.gpu.getPreferredCanvasFormat();
    return new Show(gpu, await paintPipeline(gpu, STAGE, format), format, options);
  }

  encode(encoder: GPUCommandEncoder): void {
    paint(encoder, this.#context.getCurrentTexture(), this.pipeline, this.#group);
  }

  release(): void {
    this.gpu.release(this.#spec);
  }
}
