import type { Size } from '../../../src/passes/image/import-picture.ts';
import { ImportPicture } from '../../../src/passes/image/import-picture.ts';
import { BINS, Histogram, RANGE } from '../../../src/passes/measure/histogram.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { Bars, type BarsOptions } from '../../../src/passes/show/bars.ts';
import { Show } from '../../../src/passes/show/show.ts';
import { download, gpu, submit } from './device.ts';

export interface Texels extends Size {
  /** 8-bit RGBA, not premultiplied. */
  readonly rgba: readonly number[];
}

/** An ImageBitmap of exactly these texels. */
export const bitmap = ({ width, height, rgba }: Texels): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(Uint8ClampedArray.from(rgba), width, height), {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  });

export interface Import {
  readonly picture: Texels;
  readonly shape: Shape;
  readonly mirror?: boolean;
  readonly backdrop?: readonly [number, number, number];
}

export function importPicture({ picture, shape, ...options }: Import): Promise<Float32Array<ArrayBuffer>> {
  return gpu.checked(async () => {
    const x0 = stateBuffer(gpu, 'x_0', shape);
    const source = await bitmap(picture);
    const pass = await ImportPicture.create(gpu, { picture: source, shape, x0, ...options });
    pass.upload(source);
    const values = await download(x0, (encoder) => {
      const compute = encoder.beginComputePass();
      pass.encode(compute);
      compute.end();
    });
    pass.release();
    gpu.release(x0);
    return values.subarray(0, valueCount(shape));
  });
}

export interface State {
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: Shape;
}

/** A state on the GPU for as long as `use` takes. */
const withState = <Result>(
  { values, shape }: State,
  use: (x: GPUBuffer) => Promise<Result>,
): Promise<Result> =>
  gpu.checked(async () => {
    const x = stateBuffer(gpu, 'x', shape);
    gpu.device.queue.writeBuffer(x, 0, values);
    const result = await use(x);
    gpu.release(x);
    return result;
  });

/** The histogram's axis. */
export const axis = { bins: BINS, range: RANGE };

/** The counts after `times` passes over the same values. */
export const histogram = ({ times = 1, ...state }: State & { readonly times?: number }): Promise<number[]> =>
  withState(state, async (x) => {
    const pass = await Histogram.create(gpu, x, state.shape);
    const counts = await download(pass.counts, (encoder) => {
      for (let k = 0; k < times; k++) pass.encode(encoder);
    });
    pass.release();
    return [...new Uint32Array(counts.buffer)];
  });

/** What a canvas shows, in the task that painted it: 8-bit RGBA from the upper left. */
export function photograph(canvas: HTMLCanvasElement): number[] {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  if (!copy) throw new Error('no 2-D canvas');
  copy.drawImage(canvas, 0, 0);
  return [...copy.getImageData(0, 0, canvas.width, canvas.height).data];
}

/** One image of a batch. */
export const show = ({ image, ...state }: State & { readonly image: number }): Promise<number[]> =>
  withState(state, async (x) => {
    const canvas = document.createElement('canvas');
    const pass = await Show.create(gpu, { canvas, x, shape: state.shape, image });
    submit((encoder) => pass.encode(encoder));
    const rgba = photograph(canvas);
    pass.release();
    return rgba;
  });

/** The histogram's picture. */
export const bars = ({
  size,
  top,
  colour,
  ...state
}: State & { readonly size: Size } & Pick<BarsOptions, 'top' | 'colour'>): Promise<number[]> =>
  withState(state, async (x) => {
    const canvas = Object.assign(document.createElement('canvas'), size);
    const histogram = await Histogram.create(gpu, x, state.shape);
    const pass = await Bars.create(gpu, { canvas, histogram, values: valueCount(state.shape), top, colour });
    submit((encoder) => {
      histogram.encode(encoder);
      pass.encode(encoder);
    });
    const rgba = photograph(canvas);
    pass.release();
    histogram.release();
    return rgba;
  });
