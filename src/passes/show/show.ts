/** Paints one image of a state onto a canvas. */
import show from '../../../shaders/show/show.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { compilePainter, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import type { Shape } from '../shape.ts';
import { CanvasPainter } from './canvas-painter.ts';

const STAGE: Stage = { label: 'show', sources: [show], bindings: ['uniform', 'read'] };

export interface ShowOptions {
  readonly canvas: HTMLCanvasElement;
  readonly x: GPUBuffer;
  readonly shape: Shape;
  /** The first image to be shown. */
  readonly image?: number;
  /** How many stand side by side, in as many rows as it takes; one alone where absent. */
  readonly columns?: number | undefined;
}

export class Show extends CanvasPainter {
  static async create(gpu: Gpu, { canvas, x, shape, image = 0, columns }: ShowOptions): Promise<Show> {
    const compiled = await compilePainter(gpu, STAGE, navigator.gpu.getPreferredCanvasFormat());
    const { n, c, h, w } = shape;
    const across = columns ?? 1;
    const size = { w: across * w, h: (columns ? Math.ceil((n - image) / columns) : 1) * h };
    const values = { size: [w, h], channels: c, image, columns: across, images: n };
    const spec = uniformBuffer(gpu, 'show', show, 'spec', values);
    return new Show(compiled, { canvas, size, alphaMode: 'opaque' }, spec, x);
  }
}
