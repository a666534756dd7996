/** The shaders of the noise sources: each offers normal4At(key, first) and normalAt(key, i) to the steps' kernels. */
import normal from '../../../shaders/random/normal.wgsl';
import fast from '../../../shaders/random/normal_fast.wgsl';
import type { NoiseSource } from '../../diffusion/noise.ts';
import type { Wgsl } from '../../gpu/wgsl.ts';

export const NOISE_SHADERS: Record<NoiseSource, Wgsl> = { jax: normal, fast };

/** The override constants of a source for elements from `first` on: some draw four at a time, from multiples of 4. */
export const noiseConstants = (noise: NoiseSource, first = 0): Record<string, number> =>
  noise === 'fast' ? { STRADDLES: Number(first % 4 !== 0) } : {};
