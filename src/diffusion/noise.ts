/** Where a run's normals come from. Each source is a pure function of (key, element). */
import { normalAt } from './normal.ts';
import { normalAt as fastNormalAt } from './normal-fast.ts';
import type { Words } from './random.ts';

export const NOISE_SOURCES = ['jax', 'fast'] as const;
/**
 * - `jax`: those of `jax.random.normal`, which anyone can draw again in Python.
 * - `fast`: pcg4d and Box–Muller, faster (docs/bench/choices.md); as good statistically, and known to this project alone.
 */
export type NoiseSource = (typeof NOISE_SOURCES)[number];

const SOURCES: Record<NoiseSource, (key: Words, i: number) => number> = { jax: normalAt, fast: fastNormalAt };

/** Element i of the noise that a source draws with a key, to float32 rounding. */
export const noiseAt = (noise: NoiseSource, key: Words, i: number): number => SOURCES[noise](key, i);

/** The first `count` elements. */
export const noiseOf = (noise: NoiseSource, key: Words, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => noiseAt(noise, key, i));
