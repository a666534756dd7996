import type { Images } from '../../../src/diffusion/images.ts';
import type { Gpu } from '../../../src/gpu/device.ts';

/** x̂_0 of a batch over a set, at one level: what all are to compute. */
export interface Job {
  readonly images: Images;
  /** The set as float32, NCHW. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: { readonly n: number; readonly c: number; readonly h: number; readonly w: number };
  readonly x: Float32Array<ArrayBuffer>;
  readonly alpha: number;
  readonly sigma: number;
}

export interface Contender {
  readonly name: string;
  /** Does it once; resolves when the GPU has done it. */
  run(): Promise<void>;
  /** The result of the last run; absent where it is not x̂_0. */
  read?(): Promise<Float32Array>;
  release(): void;
}

/** @throws whatever says that it cannot run here. */
export type Make = (gpu: Gpu, job: Job) => Promise<Contender>;
