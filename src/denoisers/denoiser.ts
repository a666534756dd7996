import type { Images } from '../diffusion/images.ts';
import type { Scales } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import type { ImageSet } from '../passes/image/image-set.ts';
import type { Shape } from '../passes/shape.ts';

/**
 * Anything that answers "x_t, level → x̂_0" on the GPU, without reading back. Samplers and the bound work with each unchanged,
 * for each keeps to this:
 *
 * - The answer depends on x_t and the level of state `p` alone: asked again, in whatever order, it is the same bits.
 * - It is finite at every level, also of clean data, σ = 0, and of nothing but noise, α = 0.
 * - Encoding only encodes: buffers, pipelines and tables are made before, and x_t is left as it is.
 * - What it knows is prepared once and shared; what it takes is said beforehand; `release` gives all of its own back.
 * - Its docstring says under which conditions it works and what it then is, exact or an approximation; what memory it
 *   takes beyond the state; and what an answer costs.
 *
 * tests/gpu/denoisers.spec.ts holds every one of src/denoisers/list.ts to it.
 */
export interface Denoiser {
  /** What runs, for the badge that every canvas wears: a name of the list. */
  readonly name: string;
  /** Whether the answer is the same for every x_t, so that it need be neither computed nor painted again. */
  readonly constant: boolean;
  /** The answer, in the state's shape. */
  readonly x0Hat: GPUBuffer;
  /** The answer as it was before a limit; where absent, the answer itself. */
  readonly unclipped?: GPUBuffer;
  /** A learned variance's share, v in [0, 1] for every value, for steps that have a spread. */
  readonly v?: GPUBuffer | undefined;
  /** Encodes what turns the present x_t, state `p` of the path, into `x0Hat`. */
  encode(pass: GPUComputePassEncoder, p: number): void;
  release(): void;
}

/** What a denoiser is told of the noise: all that its answer may depend on beside x_t. */
export interface NoiseLevel extends Scales {
  /** log(α²/σ²): ∞ for clean data, −∞ for nothing but noise. */
  readonly logSnr: number;
}

export const noiseLevel = ({ alpha, sigma }: Scales): NoiseLevel => ({
  alpha,
  sigma,
  logSnr: 2 * Math.log(alpha / sigma),
});

/** The state that a denoiser is to be bound to. */
export interface Bindable {
  /** x_t. */
  readonly x: GPUBuffer;
  /** What an oracle knows; absent where a run generates. */
  readonly x0?: GPUBuffer | undefined;
  readonly shape: Shape;
  /** The noise level of every state of the path; absent where channels differ in theirs. */
  readonly levels?: readonly Scales[] | undefined;
}

/** What a denoiser may look at. */
export interface DenoiserInputs extends Bindable {
  readonly levels: readonly NoiseLevel[];
}

/** The same for those of the list: `x0` and `levels` are there for who needs them. */
export interface Admitted extends DenoiserInputs {
  readonly x0: GPUBuffer;
}

/** What a binding is to be for. */
export interface BindingPlan {
  readonly shape: Shape;
  /** States of the path: each is a row of a table. */
  readonly states: number;
}

/** Bytes on the GPU; uniforms aside, which are some hundred. */
export interface DenoiserBytes {
  /** Of what all bindings share. */
  readonly knowledge: number;
  /** Of each, x̂_0 among them. */
  readonly binding: number;
}

/** All there is to know of a denoiser before it runs: what a file of src/denoisers exports, and the list lists. */
export interface DenoiserKind<Options, Knowledge extends { release(): void }> {
  readonly name: string;
  /** As its denoisers'. */
  readonly constant: boolean;
  /** What not every run has: x_0, `source`; noise alike in all channels, `levels`. */
  readonly needs: { readonly source?: boolean; readonly levels?: boolean };
  /** Of what it knows, as it is given: those that are given the same share it. */
  given(options: Options): readonly unknown[];
  /** The images that it knows, where they must be of the state's size. */
  sized?(options: Options): Images;
  /** What it will take: nothing is uploaded for it. Of what it is given only the shapes count. */
  bytes(gpu: Gpu, options: Options, plan: BindingPlan): DenoiserBytes;
  /** Brings what it knows to the device. What takes long to compile for states of this shape may be begun meanwhile. */
  prepare(gpu: Gpu, options: Options, shape: Shape): Knowledge | Promise<Knowledge>;
  /** The denoiser of one state. It leaves what it knows to whoever prepared it. */
  bind(gpu: Gpu, knowledge: Knowledge, inputs: Admitted, options: Options): Denoiser | Promise<Denoiser>;
  /** The set on the device, one float32 a value, where it is that that it knows. */
  set?(knowledge: Knowledge): ImageSet;
}

/** For those that know nothing but what they are bound to. */
export const NOTHING = { release: (): void => {} };
