import type { Level } from '../diffusion/step.ts';
import type { Shape } from '../passes/shape.ts';

/**
 * Anything that answers "x_t, t → x̂_0" on the GPU, without reading back. Samplers and the bound work with each unchanged,
 * for each keeps to this:
 *
 * - The answer depends on x_t and the level of state `p` alone: asked again, in whatever order, it is the same bits.
 * - It is finite at every level, also of clean data, σ = 0, and of nothing but noise, α = 0.
 * - Encoding only encodes: buffers, pipelines and tables are made before, and x_t is left as it is.
 * - `release` gives all of its memory back.
 * - Its docstring says under which conditions it works and what it then is, exact or an approximation; what memory it
 *   takes beyond the state; and what an answer costs.
 *
 * tests/gpu/denoisers.spec.ts holds every one of them to it.
 */
export interface Denoiser {
  /** What runs, for the badge that every canvas wears. */
  readonly name:
    | 'oracle'
    | 'blurred-oracle'
    | 'gaussian'
    | 'local'
    | 'ideal'
    | 'wiener'
    | 'patches'
    | 'patch-match'
    | 'model';
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

/** What a denoiser may look at. */
export interface DenoiserInputs {
  /** The state that it denoises. */
  readonly x: GPUBuffer;
  /** What an oracle knows; absent where a run generates. */
  readonly x0?: GPUBuffer | undefined;
  readonly shape: Shape;
  /** The noise level of every state of the path; absent where channels differ in theirs. */
  readonly levels?: readonly Level[] | undefined;
}

/** x_0, for those who cannot do without. @throws RangeError where a run generates. */
export function knownSource({ x0 }: DenoiserInputs): GPUBuffer {
  if (!x0) throw new RangeError('there is no source picture for this denoiser to know');
  return x0;
}
