/** What a denoiser knows, on a device: brought there once, for all states that it is bound to. */
import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import { ImageSet } from '../passes/image/image-set.ts';
import type { Shape } from '../passes/shape.ts';
import {
  type Admitted,
  type Bindable,
  type BindingPlan,
  type Denoiser,
  type DenoiserBytes,
  noiseLevel,
} from './denoiser.ts';
import { type DenoiserKind, type DenoiserOptions, fetchDenoiser } from './list.ts';

/** Knowledge, and how many hold it. */
interface Shared {
  readonly knowledge: { release(): void };
  users: number;
}

export class Prepared {
  #released = false;

  private constructor(
    readonly gpu: Gpu,
    readonly options: DenoiserOptions,
    readonly kind: DenoiserKind,
    readonly shared: Shared,
  ) {}

  /**
   * For states of this shape first; others may follow. To be called within `gpu.checked`, as `bind` is; release when done.
   * @throws RangeError for knowledge that is none, as each of the list says, and as `bind` of its size.
   */
  static async of(gpu: Gpu, options: DenoiserOptions, shape: Shape): Promise<Prepared> {
    const kind = await fetchDenoiser(options.name);
    checkSize(kind, options, shape);
    const knowledge = await kind.prepare(gpu, options, shape);
    return new Prepared(gpu, options, kind, { knowledge, users: 1 });
  }

  /**
   * The same knowledge for these options, to be released on its own: nothing is uploaded. Undefined where they know
   * something else, on another device, and after its release.
   */
  with(gpu: Gpu, options: DenoiserOptions): Prepared | undefined {
    const { kind, shared } = this;
    if (this.#released || gpu !== this.gpu || options.name !== this.options.name) return undefined;
    const [own, others] = [kind.given(this.options), kind.given(options)];
    if (own.some((known, i) => known !== others[i])) return undefined;
    shared.users++;
    return new Prepared(gpu, options, kind, shared);
  }

  /** What it takes, and what a binding will take. */
  bytes(plan: BindingPlan): DenoiserBytes {
    return this.kind.bytes(this.gpu, this.options, plan);
  }

  /**
   * The denoiser of one state; release it before this.
   * @throws RangeError as `admitted`, and as each of the list says; Error once this is released.
   */
  async bind(state: Bindable): Promise<Denoiser> {
    if (this.#released) throw new Error(`what ${this.kind.name} knew has been released`);
    const inputs = admitted(this.kind, this.options, state);
    return this.kind.bind(this.gpu, this.shared.knowledge, inputs, this.options);
  }

  /** These images on the device, one float32 a value: its own, if it knows them so, or uploaded. Release when done. */
  set(images: Images): ImageSet {
    const known = this.#released ? undefined : this.kind.set?.(this.shared.knowledge);
    return known?.images === images ? known.shared() : ImageSet.upload(this.gpu, images);
  }

  /** The last of those that share it gives the memory back. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    if (--this.shared.users === 0) this.shared.knowledge.release();
  }
}

/** @throws RangeError where the images that it knows are not of the state's size. */
function checkSize(kind: DenoiserKind, options: DenoiserOptions, shape: Shape): void {
  const { c, h, w } = kind.sized?.(options).shape ?? shape;
  if (c === shape.c && h === shape.h && w === shape.w) return;
  throw new RangeError(
    `images of ${c} × ${h} × ${w} say nothing of states of ${shape.c} × ${shape.h} × ${shape.w}`,
  );
}

/**
 * What all denoisers refuse, so that none need ask.
 * @throws RangeError for one that needs x_0 where a run generates, for one that needs noise alike in all channels where
 * they differ, and for images of another size than the state's.
 */
function admitted(
  kind: DenoiserKind,
  options: DenoiserOptions,
  { x, x0, shape, levels }: Bindable,
): Admitted {
  if (kind.needs.source && !x0) {
    throw new RangeError('there is no source picture for this denoiser to know');
  }
  if (kind.needs.levels && !levels) {
    throw new RangeError(`the denoiser ${kind.name} needs noise that is alike in all channels`);
  }
  checkSize(kind, options, shape);
  return { x, shape, x0: x0 as GPUBuffer, levels: levels?.map(noiseLevel) ?? [] };
}

/** What is to be prepared. */
export interface Preparing {
  readonly denoiser: DenoiserOptions;
  readonly shape: Shape;
  /** Of another: shared where it knows the same. */
  readonly prepared?: Prepared | undefined;
}

/**
 * Runs `make` in `gpu.checked`, which prepares when it is time; what is made then owns the preparation. Where making fails
 * it is given back.
 */
export async function preparing<Result>(
  gpu: Gpu,
  { denoiser, shape, prepared }: Preparing,
  make: (prepare: () => Promise<Prepared>) => Promise<Result>,
): Promise<Result> {
  let own: Prepared | undefined;
  try {
    return await gpu.checked(() =>
      make(async () => {
        own = prepared?.with(gpu, denoiser) ?? (await Prepared.of(gpu, denoiser, shape));
        return own;
      }),
    );
  } catch (error) {
    own?.release();
    throw error;
  }
}

/**
 * Prepares a denoiser ahead of the runs that share it: give it to each as `prepared`, and release it when there are to be no
 * more of them. @throws RangeError as `Prepared.of`, Error with the GPU's words.
 */
export const prepare = (gpu: Gpu, denoiser: DenoiserOptions, shape: Shape): Promise<Prepared> =>
  preparing(gpu, { denoiser, shape }, (prepared) => prepared());
