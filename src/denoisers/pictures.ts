/** What denoisers over patches know: one picture, and perhaps its blurred twin; and how it is laid out for a state. */
import type { Images } from '../diffusion/images.ts';
import { entry, insetOf, type PatchRow, patchRow } from '../diffusion/patches.ts';
import type { Scales } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import { type PatchGeometry, packings, patchGeometry } from '../passes/denoise/patch-stage.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import { Pack, packedBytes } from '../passes/image/pack.ts';
import { BYTES_PER_VALUE, type Shape, valueCount } from '../passes/shape.ts';
import type { DenoiserInputs } from './denoiser.ts';
import type { PatchesOptions } from './patches.ts';

interface Given {
  readonly source: Images;
  readonly blurred?: Images | undefined;
}

export class Pictures {
  private constructor(
    readonly source: ImageSet,
    /** The same where there is no twin. */
    readonly blurred: ImageSet,
  ) {}

  /** @throws RangeError for a source that is not one image of the state's channels, and a twin of another shape. */
  static upload(gpu: Gpu, { source: images, blurred: twin = images }: Given, shape: Shape): Pictures {
    const { n, c, h, w } = images.shape;
    if (n !== 1 || c !== shape.c) {
      throw new RangeError(`patches need one image of ${shape.c} channels, not ${n} of ${c}`);
    }
    if (twin.shape.h !== h || twin.shape.w !== w || twin.shape.c !== c) {
      throw new RangeError('a blurred twin must have the shape of its source');
    }
    const source = ImageSet.upload(gpu, images);
    return new Pictures(source, twin === images ? source.shared() : ImageSet.upload(gpu, twin));
  }

  release(): void {
    this.source.release();
    this.blurred.release();
  }
}

const bytesOf = ({ shape }: Images): number => valueCount(shape) * BYTES_PER_VALUE;

export const pictureBytes = ({ source, blurred = source }: Given): number =>
  bytesOf(source) + (blurred === source ? 0 : bytesOf(blurred));

const sizesOf = ({ patch = 7 }: PatchesOptions): readonly number[] =>
  typeof patch === 'number' ? [patch] : patch;

/** @throws RangeError for patches of a size that is none. */
export const rowsOf = (levels: readonly Scales[], options: PatchesOptions): PatchRow[] =>
  levels.map((level, p) => patchRow(level, entry(sizesOf(options), p)));

/** For a path of so many states. @throws RangeError for a penalty below 0. */
export function geometryOf(shape: Shape, states: number, options: PatchesOptions): PatchGeometry {
  const { source, padding = 'zero', heightPenalty = 0, whole = false } = options;
  if (!(heightPenalty >= 0)) {
    throw new RangeError(`a penalty must not be negative, as ${heightPenalty} is`);
  }
  const margin = (Math.max(...sizesOf(options).slice(0, states)) - 1) / 2;
  const { h, w } = source.shape;
  const inset = whole ? insetOf(margin, { h, w }) : 0;
  return patchGeometry({ shape, source: { h, w }, padding, margin, heightPenalty, inset });
}

/** The state and the picture as the kernels take them; release both when done. */
export async function packed(
  gpu: Gpu,
  { source, blurred }: Pictures,
  { x, shape, levels }: DenoiserInputs,
  { gammas, geometry }: PatchesOptions & { readonly geometry: PatchGeometry },
) {
  const packing = packings(geometry);
  const [sharp, twin] = [source, blurred].map(({ tiles }) => tiles[0]?.buffer as GPUBuffer);
  return {
    packedX: await Pack.create(gpu, { a: x, shape, ...packing.output }),
    packedSource: await Pack.create(gpu, {
      ...{ a: twin as GPUBuffer, b: sharp as GPUBuffer, shape: source.shape, ...packing.source },
      gammas: levels.map((_, p) => (gammas ? entry(gammas, p) : 0)),
    }),
  };
}

export function packBytes(gpu: Gpu, geometry: PatchGeometry, states: number): number {
  const { output, source } = packings(geometry);
  const rows = 1 + states;
  return (
    packedBytes(geometry.shape.n, output.extent) + packedBytes(1, source.extent) + rows * tableStride(gpu)
  );
}
