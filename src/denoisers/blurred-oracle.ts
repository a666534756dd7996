import { Blur } from '../passes/denoise/blur.ts';
import { stateBuffer, stateBytes } from '../passes/shape.ts';
import { type DenoiserKind, NOTHING } from './denoiser.ts';

export interface BlurredOracleOptions {
  /** The blur's standard deviation in pixels, 0 … 256. */
  readonly radius: number;
}

const of = { name: 'blurred-oracle', constant: true } as const;

/**
 * An oracle that sees badly: x̂_0 = x_0 blurred, whatever x_t is. Its error is known and stays, so that the bound has
 * something to measure; it, too, generates nothing. Conditions: a source; any noise. Memory: x̂_0, and one
 * state more while it is made. Blurred once, it costs nothing afterwards.
 */
export const blurredOracle: DenoiserKind<BlurredOracleOptions, typeof NOTHING> = {
  ...of,
  needs: { source: true },
  given: () => [],
  bytes: (_gpu, _options, { shape }) => ({ knowledge: 0, binding: stateBytes(shape) }),
  prepare: () => NOTHING,

  /** @throws RangeError unless 0 ≤ radius ≤ 256. */
  async bind(gpu, _nothing, { x0, shape }, { radius }) {
    const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
    const blur = await Blur.create(gpu, { x: x0, blurred: x0Hat, shape, sigma: radius });
    const encoder = gpu.device.createCommandEncoder({ label: 'blur' });
    const pass = encoder.beginComputePass();
    blur.encode(pass);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    blur.release();
    return { ...of, x0Hat, encode() {}, release: () => gpu.release(x0Hat) };
  },
};
