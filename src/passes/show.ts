/** Paints one image of a state onto a canvas. */
import show from '../../shaders/show/show.wgsl?raw';
import type { Gpu } from '../gpu/device.ts';
import { paintPipeline, type Stage } from '../gpu/pipeline.ts';
import { uniformBuffer } from '../gpu/uniform.ts';
import { CanvasPainter } from './canvas-painter.ts';
import type { Shape } from './shape.ts';

const STAGE: Stage = { label: 'show', sources: [show], bindings: ['uniform', 'read'] };

export interface ShowOptions {
  readonly canvas: HTMLCanvasElement;
  readonly x: GPUBuffer;
  readonly shape: Shape;
  /** Which image of the batch. */
  readonly image?: number;
}

export class Show extends CanvasPainter {
  static async create(gpu: Gpu, { canvas, x, shape, image = 0 }: ShowOptions): Promise<Show> {
    const pipeline = await paintPipeline(gpu, STAGE, navigator.gpu.getPreferredCanvasFormat());
    canvas.width = shape.w;
    canvas.height = shape.h;
    const size = [shape.w, shape.h];
    const spec = uniformBuffer(gpu, 'show', show, 'spec', { size, channels: shape.c, image });
    return new Show(gpu, pipeline, canvas, 'opaque', spec, x);
  }
}
