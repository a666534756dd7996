/** Paints one image of a state onto a canvas. */
import show from '../../shaders/show/show.wgsl';
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
  /** The first image to be shown. */
  readonly image?: number;
  /** How many stand side by side, as many rows as it takes; one alone where absent. */
  readonly columns?: number;
}

export class Show extends CanvasPainter {
  static async create(gpu: Gpu, { canvas, x, shape, image = 0, columns = 1 }: ShowOptions): Promise<Show> {
    const pipeline = await paintPipeline(gpu, STAGE, navigator.gpu.getPreferredCanvasFormat());
    const { n, c, h, w } = shape;
    canvas.width = columns * w;
    canvas.height = columns === 1 ? h : Math.ceil((n - image) / columns) * h;
    const values = { size: [w, h], channels: c, image, columns, images: n };
    const spec = uniformBuffer(gpu, 'show', show, 'spec', values);
    return new Show(gpu, pipeline, canvas, 'opaque', spec, x);
  }
}
