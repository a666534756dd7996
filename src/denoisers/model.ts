import { type Output, x0Weights } from '../diffusion/prediction.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import { Affine } from '../passes/denoise/affine.ts';
import { stateBuffer, stateBytes } from '../passes/shape.ts';
import type { BindingPlan, DenoiserBytes, DenoiserInputs, DenoiserKind } from './denoiser.ts';

/** A model, a network perhaps, that looks at one state and answers in its own way. */
export interface Model {
  /** What it answers with. */
  readonly output: Output;
  /** The answer: float32 in the state's order, and of its size in bytes or larger. */
  readonly answer: GPUBuffer;
  /** What it says of the variance beside, as `Denoiser.v`. */
  readonly v?: GPUBuffer;
  /** Encodes what turns the present x_t, state `p` of the path, into `answer`, and `v`. */
  encode(pass: GPUComputePassEncoder, p: number): void;
  release(): void;
}

/** What a model knows, its weights perhaps, on a device. */
export interface PreparedModel {
  /** `x0` is there only where a run has a source. */
  bind(inputs: DenoiserInputs): Model | Promise<Model>;
  release(): void;
}

/** Whoever's it is. */
export interface ModelOptions {
  /** Bytes of its weights, and of what it takes for a state: its answer, and what it works with. */
  readonly bytes: (gpu: Gpu, plan: BindingPlan) => DenoiserBytes;
  readonly prepare: (gpu: Gpu) => PreparedModel | Promise<PreparedModel>;
}

const of = { name: 'model', constant: false } as const;

/**
 * A model's answer turned into x̂_0 = p·x + q·output. Being linear it is exact but for float32's rounding, which
 * 1/α enlarges where there is little signal. Conditions: the same noise in all channels, and an answer that says
 * something of x_0 at every level. Memory and cost: x̂_0 and one affine pass over the state, and the model's own.
 */
export const model: DenoiserKind<ModelOptions, PreparedModel> = {
  ...of,
  needs: { levels: true },
  given: ({ prepare }) => [prepare],
  bytes(gpu, options, plan) {
    const { knowledge, binding } = options.bytes(gpu, plan);
    return { knowledge, binding: binding + stateBytes(plan.shape) + plan.states * tableStride(gpu) };
  },
  prepare: (gpu, options) => options.prepare(gpu),

  /** @throws RangeError where the answer says nothing of x_0: that is of ε and the score at a level without signal. */
  async bind(gpu, prepared, inputs) {
    const { x, shape, levels } = inputs;
    const bound = await prepared.bind(inputs);
    const table = levels.map((level) => {
      const weights = x0Weights(bound.output, level);
      if (Number.isFinite(weights.p) && Number.isFinite(weights.q)) return weights;
      throw new RangeError(
        `${bound.output} says nothing of x_0 at α = ${level.alpha}, where there is no signal`,
      );
    });
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const affine = await Affine.create(gpu, table, { x0Hat, x, y: bound.answer, shape });
    return {
      ...of,
      x0Hat,
      v: bound.v,
      encode(pass, p) {
        bound.encode(pass, p);
        affine.encode(pass, p);
      },
      release() {
        bound.release();
        affine.release();
        gpu.release(x0Hat);
      },
    };
  },
};
