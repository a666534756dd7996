import { inEights } from '../diffusion/eights.ts';
import { type Images, isInBytes } from '../diffusion/images.ts';
import { checkWindow, type WindowRange, windowAt } from '../diffusion/window.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import { LocalMean } from '../passes/denoise/local-mean.ts';
import { columnBytes, EIGHT, partSize, softmaxBytes } from '../passes/denoise/local-parts.ts';
import { ImageSet, imagesPerTile } from '../passes/image/image-set.ts';
import { BYTES_PER_VALUE, type Shape, stateBuffer, stateBytes, valueCount } from '../passes/shape.ts';
import type { DenoiserKind } from './denoiser.ts';

/** The windows' sides are odd: 51 at first and 5 at last, or what the images allow. */
export interface LocalOptions extends Partial<WindowRange> {
  /** Of the state's size. */
  readonly set: Images;
}

const of = { name: 'local', constant: false } as const;

/** Of eight images that are read together. */
const eightBytes = (set: Images): number =>
  EIGHT * valueCount({ ...set.shape, n: 1 }) * (isInBytes(set) ? 1 : BYTES_PER_VALUE);

/** How much of the set its sums are made of at once. */
function atOnce(gpu: Gpu, set: Images, shape: Shape): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
  const most = partSize(shape, Math.min(maxStorageBufferBindingSize, maxBufferSize));
  return Math.min(most, imagesPerTile(gpu, eightBytes(set)), Math.ceil(set.shape.n / EIGHT));
}

/**
 * The local score machine of a set of images (Kamb & Ganguli 2024): every pixel has a posterior mean of its own,
 *
 *     x̂_0(pixel) = Σ_i w_i x_i(pixel),   w = softmax_i(−(1/2σ²) Σ_window (x_t − α x_i)²),
 *
 * of what it sees in a window of k × k pixels round it, all channels; k depends on the noise (`windowAt`). A window is cut
 * off at the image's edges, and compares what is inside. It is no posterior mean of any data, and so no bound is exact
 * with it: it makes images whose every neighbourhood is from the set and that are not. Where the window is the whole image,
 * k = 2·max(h, w) − 1, it is the ideal denoiser, the exact posterior mean of data that are equally likely one of the set,
 * which makes copies. Where σ = 0 the nearest image takes all, and those equally near a share each.
 *
 * Conditions: noise alike in all channels; the set has the state's c, h and w; aligned pictures.
 * Memory, in 4-byte values, beside a state's: the set, in an order of its own, 8⌈N/8⌉·c·h·w, a quarter of it where it is of
 * bytes, shared by all who are bound to it; sums, M·n·h·w, and softmaxes, (4 + M/2)·n·h·w (twice that for four channels), of
 * M ≤ N + 7 images of the set, so many that the sums are 64 MiB at most, but 8 at least. Here a batch of n > 4 counts as the next multiple of ⌈n / ⌈n/4⌉⌉.
 * Cost a step: O(N·n·c·h·w) for any k, in three passes over each part of M images.
 */
export const local: DenoiserKind<LocalOptions, ImageSet> = {
  ...of,
  needs: { levels: true },
  given: ({ set }) => [set],
  sized: ({ set }) => set,

  /** @throws TooLarge for a batch that not even eight images of the set fit beside. */
  bytes(gpu, { set }, { shape, states }) {
    const eights = atOnce(gpu, set, shape);
    return {
      knowledge: Math.ceil(set.shape.n / EIGHT) * eightBytes(set),
      binding:
        stateBytes(shape) +
        states * tableStride(gpu) +
        columnBytes(shape, eights) +
        softmaxBytes(shape, eights),
    };
  },

  /** @throws RangeError as `inEights` and `ImageSet.upload` do. */
  prepare(gpu, { set }, shape) {
    // While the set is put in order and uploaded; `LocalMean.create` hears of what goes wrong.
    LocalMean.compile(gpu, shape, isInBytes(set)).catch(() => {});
    return ImageSet.upload(gpu, inEights(set), { asItIs: true });
  },

  /** @throws RangeError as `checkWindow`, TooLarge where eight images of the set and the batch are more than the device's buffers hold. */
  async bind(gpu, set, { x, shape, levels }, options) {
    const { kMax = Math.min(51, 2 * Math.max(shape.h, shape.w) - 1), kMin = Math.min(5, kMax) } = options;
    checkWindow({ kMax, kMin }, shape);
    const rows = levels.map((level) => ({ level, k: windowAt(level, { kMax, kMin }) }));
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const mean = await LocalMean.create(gpu, { x, x0Hat, shape, set, n: options.set.shape.n, rows });
    return {
      ...of,
      x0Hat,
      encode: (pass, p) => mean.encode(pass, p),
      release() {
        mean.release();
        gpu.release(x0Hat);
      },
    };
  },
};
