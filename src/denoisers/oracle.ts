import { type DenoiserKind, NOTHING } from './denoiser.ts';

const of = { name: 'oracle', constant: true } as const;

/**
 * The denoiser that knows the answer: x̂_0 = x_0, whatever x_t is. With it the reverse run draws from the exact
 * posterior q(x_{t−1} | x_t, x_0); it undoes a diffusion, and generates nothing. Conditions: a source, which it
 * is told; any noise. It costs nothing and needs no memory.
 */
export const oracle: DenoiserKind<object, typeof NOTHING> = {
  ...of,
  needs: { source: true },
  given: () => [],
  bytes: () => ({ knowledge: 0, binding: 0 }),
  prepare: () => NOTHING,
  bind: (_gpu, _nothing, { x0 }) => ({ ...of, x0Hat: x0, encode() {}, release() {} }),
};
