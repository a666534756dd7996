import type { Gpu } from '../gpu/device.ts';
import { Blur } from '../passes/denoise/blur.ts';
import { type Shape, stateBuffer } from '../passes/shape.ts';
import type { Denoiser } from './denoiser.ts';

/**
 * An oracle that sees badly: x̂_0 = x_0 blurred, whatever x_t is. Its error is known and stays, so that the bound has
 * something to measure; it, too, generates nothing. Conditions: a source; any noise. Memory: x̂_0, and one
 * state more while it is made. Blurred once, it costs nothing afterwards.
 */
export class BlurredOracle implements Denoiser {
  readonly name = 'blurred-oracle';
  readonly constant = true;

  private constructor(
    readonly gpu: Gpu,
    readonly x0Hat: GPUBuffer,
  ) {}

  /** @param radius the blur's standard deviation in pixels. @throws RangeError unless 0 ≤ radius ≤ 256. */
  static async create(gpu: Gpu, x0: GPUBuffer, shape: Shape, radius: number): Promise<BlurredOracle> {
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const blur = await Blur.create(gpu, { x: x0, blurred: x0Hat, shape, sigma: radius });
    const encoder = gpu.device.createCommandEncoder({ label: 'blur' });
    const pass = encoder.beginComputePass();
    blur.encode(pass);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    blur.release();
    return new BlurredOracle(gpu, x0Hat);
  }

  encode(): void {}

  release(): void {
    this.gpu.release(this.x0Hat);
  }
}
