import { inEights } from '../diffusion/eights.ts';
import { type Images, isInBytes } from '../diffusion/images.ts';
import { checkWindow, type WindowRange, windowAt } from '../diffusion/window.ts';
import type { Gpu } from '../gpu/device.ts';
import { LocalMean } from '../passes/denoise/local-mean.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs } from './denoiser.ts';

export interface LocalOptions extends Partial<WindowRange> {
  readonly set: Images;
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
 * bytes, shared by all local denoisers of it; sums, M·n·h·w, and softmaxes, (4 + M/2)·n·h·w (twice that for four channels), of
 * M ≤ N + 7 images of the set, so many that the sums are 64 MiB at most, but 8 at least. Here a batch of n > 4 counts as the next multiple of ⌈n / ⌈n/4⌉⌉.
 * Cost a step: O(N·n·c·h·w) for any k, in three passes over each part of M images.
 */
export class LocalDenoiser implements Denoiser {
  readonly name = 'local';
  readonly constant = false;

  private constructor(
    readonly gpu: Gpu,
    readonly set: ImageSet,
    readonly x0Hat: GPUBuffer,
    readonly mean: LocalMean,
  ) {}

  /**
   * @throws RangeError for a set of another size than the state's, as `checkWindow`, `inEights` and `ImageSet.of` do, where channels
   * differ in their noise, and where eight images of the set and the batch are more than the device's buffers hold.
   */
  static async create(
    gpu: Gpu,
    { x, shape, levels }: DenoiserInputs,
    {
      set: images,
      kMax = Math.min(51, 2 * Math.max(shape.h, shape.w) - 1),
      kMin = Math.min(5, kMax),
    }: LocalOptions,
  ): Promise<LocalDenoiser> {
    const { c, h, w } = images.shape;
    if (c !== shape.c || h !== shape.h || w !== shape.w) {
      throw new RangeError(`a set of ${c} × ${h} × ${w} does not make ${shape.c} × ${shape.h} × ${shape.w}`);
    }
    checkWindow({ kMax, kMin }, shape);
    if (!levels) throw new RangeError('the local denoiser needs noise that is alike in all channels');
    // While the set is put in order and uploaded; `LocalMean.create` hears of what goes wrong.
    LocalMean.compile(gpu, shape, isInBytes(images)).catch(() => {});
    const set = ImageSet.of(gpu, inEights(images), { asItIs: true });
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const rows = levels.map((level) => ({ level, k: windowAt(level, { kMax, kMin }) }));
    return new LocalDenoiser(
      gpu,
      set,
      x0Hat,
      await LocalMean.create(gpu, { x, x0Hat, shape, set, n: images.shape.n, rows }),
    );
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    this.mean.encode(pass, p);
  }

  release(): void {
    this.mean.release();
    this.set.release();
    this.gpu.release(this.x0Hat);
  }
}
