import type { Denoiser } from './denoiser.ts';

/**
 * The denoiser that knows the answer: x̂_0 = x_0, whatever x_t is. With it the reverse run draws from the exact
 * posterior q(x_{t−1} | x_t, x_0); it undoes a diffusion, and generates nothing. Conditions: a source, which it
 * is told; any noise. It costs nothing and needs no memory.
 */
export class Oracle implements Denoiser {
  readonly name = 'oracle';
  readonly constant = true;

  constructor(readonly x0Hat: GPUBuffer) {}

  encode(): void {}

  release(): void {}
}
