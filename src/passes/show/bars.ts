/** Paints a histogram's counts as a density, over the same axes as the curve of N(0, 1). */
import bars from '../../../shaders/show/bars.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { compilePainter, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { BINS, type Histogram, RANGE } from '../measure/histogram.ts';
import { CanvasPainter } from './canvas-painter.ts';

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

export class Bars extends CanvasPainter {
  static async create(gpu: Gpu, { canvas, histogram, values, top, colour }: BarsOptions): Promise<Bars> {
    const compiled = await compilePainter(gpu, STAGE, navigator.gpu.getPreferredCanvasFormat());
    const density = BINS / (2 * RANGE * values);
    const spec = uniformBuffer(gpu, 'bars', bars, 'spec', { density, top, bins: BINS, colour });
    return new Bars(compiled, { canvas, alphaMode: 'premultiplied' }, spec, histogram.counts);
  }
}
