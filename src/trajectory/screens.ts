/** The canvases that show a state: x_t, x_0, x̂_0 and the histogram of x_t. */
import type { Gpu } from '../gpu/device.ts';
import type { Histogram } from '../passes/measure/histogram.ts';
import { type Shape, valueCount } from '../passes/shape.ts';
import type { Bars, BarsOptions } from '../passes/show/bars.ts';
import { Show } from '../passes/show/show.ts';

export interface Canvases {
  readonly x: HTMLCanvasElement;
  /** Absent where there is nothing to show, or nowhere. */
  readonly x0?: HTMLCanvasElement;
  readonly x0Hat?: HTMLCanvasElement;
  /** How many images of a batch stand side by side, in as many rows as it takes; the first alone where absent. */
  readonly columns?: number;
  /** Absent until the page has drawn its axes. */
  readonly histogram?: Pick<BarsOptions, 'canvas' | 'top' | 'colour'> | undefined;
}

export interface State {
  readonly x: GPUBuffer;
  readonly x0?: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  /** Whether x̂_0 stays the same along a run. */
  readonly constant: boolean;
  readonly shape: Shape;
}

/** The histogram is for the eye, and costs as much as a step on slow machines: so many a second suffice. */
const HISTOGRAM_MS = 100;

export class Screens {
  #histogramAt = Number.NEGATIVE_INFINITY;

  private constructor(
    readonly gpu: Gpu,
    /** Painted with every new state. */
    readonly moving: readonly Show[],
    /** Painted once: they change only with the source. */
    readonly still: readonly Show[],
    readonly histogram: { readonly counts: Histogram; readonly bars: Bars } | undefined,
  ) {}

  static async create(
    gpu: Gpu,
    { x, x0, x0Hat, constant, shape }: State,
    canvases: Canvases,
  ): Promise<Screens> {
    const { columns } = canvases;
    const show = async (canvas?: HTMLCanvasElement, state?: GPUBuffer) =>
      canvas && state ? [await Show.create(gpu, { canvas, x: state, shape, columns })] : [];
    const showX = await show(canvases.x, x);
    const showX0 = await show(canvases.x0, x0);
    const showX0Hat = await show(canvases.x0Hat, x0Hat);
    const [moving, still] = constant
      ? [showX, [...showX0, ...showX0Hat]]
      : [[...showX, ...showX0Hat], showX0];
    if (!canvases.histogram) return new Screens(gpu, moving, still, undefined);
    const [{ Bars }, { Histogram }] = await Promise.all([
      import('../passes/show/bars.ts'),
      import('../passes/measure/histogram.ts'),
    ]);
    const counts = await Histogram.create(gpu, x, shape);
    const values = valueCount(shape);
    const bars = await Bars.create(gpu, { ...canvases.histogram, histogram: counts, values });
    return new Screens(gpu, moving, still, { counts, bars });
  }

  /** Paints x_t; `moving` says that another frame will follow soon, so that the histogram may wait its turn. */
  encode(encoder: GPUCommandEncoder, now: number, moving: boolean): void {
    for (const show of this.moving) show.encode(encoder);
    if (!this.histogram || (moving && now - this.#histogramAt < HISTOGRAM_MS)) return;
    this.#histogramAt = now;
    this.histogram.counts.encode(encoder);
    this.histogram.bars.encode(encoder);
  }

  /** Paints what stays the same along a run. */
  encodeSource(encoder: GPUCommandEncoder): void {
    for (const show of this.still) show.encode(encoder);
  }

  release(): void {
    for (const show of [...this.moving, ...this.still]) show.release();
    this.histogram?.counts.release();
    this.histogram?.bars.release();
  }
}
