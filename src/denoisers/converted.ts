import { type Output, x0Weights } from '../diffusion/prediction.ts';
import type { Gpu } from '../gpu/device.ts';
import { Affine } from '../passes/denoise/affine.ts';
import { stateBuffer } from '../passes/shape.ts';
import type { Denoiser, DenoiserInputs } from './denoiser.ts';

/** A model, a network perhaps, that answers in its own way. */
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

/**
 * A model's answer turned into x̂_0 = p·x + q·output. Being linear it is exact but for float32's rounding, which
 * 1/α enlarges where there is little signal. Conditions: the same noise in all channels, and an answer that says
 * something of x_0 at every level. Memory and cost: x̂_0 and one affine pass over the state, and the model's own.
 */
export class Converted implements Denoiser {
  readonly name = 'model';
  readonly constant = false;
  readonly v: GPUBuffer | undefined;

  private constructor(
    readonly gpu: Gpu,
    readonly model: Model,
    readonly x0Hat: GPUBuffer,
    readonly affine: Affine,
  ) {
    this.v = model.v;
  }

  /**
   * Takes the model over, and releases it with itself.
   * @throws RangeError where channels differ in their noise, and where the answer says nothing of x_0: that is of ε
   * and the score at a level without signal.
   */
  static async create(gpu: Gpu, model: Model, { x, shape, levels }: DenoiserInputs): Promise<Converted> {
    if (!levels) throw new RangeError('a model needs noise that is alike in all channels');
    const table = levels.map((level) => {
      const weights = x0Weights(model.output, level);
      if (!(Number.isFinite(weights.p) && Number.isFinite(weights.q))) {
        throw new RangeError(
          `${model.output} says nothing of x_0 at t = ${level.t}, where there is no signal`,
        );
      }
      return weights;
    });
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const affine = await Affine.create(gpu, table, { x0Hat, x, y: model.answer, shape });
    return new Converted(gpu, model, x0Hat, affine);
  }

  encode(pass: GPUComputePassEncoder, p: number): void {
    this.model.encode(pass, p);
    this.affine.encode(pass, p);
  }

  release(): void {
    this.model.release();
    this.affine.release();
    this.gpu.release(this.x0Hat);
  }
}
