/**
 * What GPU memory a run takes, from its options alone: what a page can say before anything is allocated.
 *
 * With S = 4·N·C·H·W bytes a state, in whole vectors of 16; K slots behind it that a sampler remembers; P rows to the table
 * of coefficients and r bytes from one to the next, 256 on nearly every device:
 *
 *     states      3·(1 + K)·S, of the run, of its chart and of the copy to the host; and S for x_0, where it is known
 *     table       r·P,  P = 2T + 2 there and back, T + 2 + steps with a sampler, 1 + steps where it only comes back
 *     denoiser    as `denoiserBytes` has it; twice, for the run and for its chart, unless it answers the same for every x_t
 *     set         4·C·H·W for each of its images, once for all runs; the local denoiser's in eights, of bytes C·H·W each
 *     bound       T·(r + 32 + 16·p),  p partial sums, 512 at most and in proportion to S below
 *
 * Checkpoints are in the host's memory. Not counted: uniforms, twiddle factors and the histogram, some KiB; what only the
 * making takes, a state for a blur and the picture's texture; and the ideal denoiser's partial sums, which on a GPU may take
 * 256 KiB for each image of the batch and a state more.
 */

import type { DenoiserOptions } from '../denoisers/make.ts';
import { samplerRows, slotCount } from '../diffusion/sampler-rows.ts';
import type { Step } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import { columnBytes, EIGHT, partSize, softmaxBytes } from '../passes/denoise/local-parts.ts';
import { partialsOf } from '../passes/measure/sums.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes, valueCount } from '../passes/shape.ts';

export interface RunPlan {
  readonly shape: Shape;
  /** Steps of the way there; absent where a run only comes back. */
  readonly T?: number | undefined;
  /** The sampler's; those of the exact chain where absent. */
  readonly steps?: readonly Step[] | undefined;
  /** An inversion's; T is then how many. */
  readonly there?: readonly Step[] | undefined;
  readonly denoiser: Exclude<DenoiserOptions['name'], 'model' | 'patches'>;
  /** How many images the denoiser's set has, where it knows one. */
  readonly images?: number;
  /** Whether they are of bytes, not of floats. */
  readonly inBytes?: boolean;
  readonly limit?: 'clip' | 'dynamic-threshold' | undefined;
  /** Whether the bound is measured. */
  readonly bound?: boolean;
}

/** In bytes. */
export interface RunBytes {
  readonly states: number;
  readonly table: number;
  readonly denoiser: number;
  readonly set: number;
  readonly bound: number;
  readonly total: number;
}

/** A row's place in a table of partial results: four float32. */
const SUM = 4 * BYTES_PER_VALUE;
/** A quantile's bins and what was selected among them, for an image. */
const THRESHOLD = 4 * (256 + 3 + 1);
const COMPLEX = 2 * BYTES_PER_VALUE;

/** Images of the local denoiser's set that are read together; and the bytes of such an eight. */
const eightsOf = ({ images = 0 }: RunPlan): number => Math.ceil(images / EIGHT);
const eightBytes = ({ shape, inBytes }: RunPlan): number =>
  EIGHT * valueCount({ ...shape, n: 1 }) * (inBytes ? 1 : BYTES_PER_VALUE);

const mostOf = ({ device: { limits } }: Gpu): number =>
  Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);

/** Whether the answer is the same for every x_t: then the chart needs no denoiser of its own. */
const isConstant = (name: RunPlan['denoiser']): boolean => name === 'oracle' || name === 'blurred-oracle';

/** What one denoiser takes beside its set, where a path has so many states. @throws RangeError as `partSize`. */
function denoiserBytes(gpu: Gpu, plan: RunPlan, states: number): number {
  const { shape, denoiser, images = 0 } = plan;
  const S = stateBytes(shape);
  const table = states * tableStride(gpu);
  const { c, h, w } = shape;
  switch (denoiser) {
    case 'oracle':
      return 0;
    case 'blurred-oracle':
      return S;
    case 'gaussian':
      return S + table;
    case 'local': {
      const most = mostOf(gpu);
      const inTile = Math.floor(most / eightBytes(plan));
      const size = Math.min(partSize(shape, most), inTile, eightsOf(plan));
      return S + table + columnBytes(shape, size) + softmaxBytes(shape, size);
    }
    case 'ideal':
      // Distances and weights, images of the batch by fours.
      return S + 2 * table + 2 * images * 4 * Math.ceil(shape.n / 4) * BYTES_PER_VALUE;
    case 'wiener':
      // Two buffers of image pairs as complex numbers, and the spectrum.
      return S + table + (2 * Math.ceil(shape.n / 2) + 1) * c * h * w * COMPLEX;
  }
}

function setBytes(plan: RunPlan): number {
  const { shape, denoiser, images = 0 } = plan;
  if (denoiser === 'local') return eightsOf(plan) * eightBytes(plan);
  return denoiser === 'ideal' ? images * valueCount({ ...shape, n: 1 }) * BYTES_PER_VALUE : 0;
}

/** @throws RangeError for a batch that not even a part of the local denoiser's set fits beside. */
export function runBytes(gpu: Gpu, plan: RunPlan): RunBytes {
  const { shape, T, steps = [], there = [], denoiser: name, limit, bound = false } = plan;
  const S = stateBytes(shape);
  const stride = tableStride(gpu);
  const rows = (T === undefined ? 1 : T + 2) + (plan.steps?.length ?? T ?? 0);
  const slots = slotCount([...samplerRows(there), ...samplerRows(steps)]);
  const limited = limit ? S + (limit === 'clip' ? 0 : shape.n * THRESHOLD + 4 * stride) : 0;
  const parts = {
    states: 3 * (1 + slots) * S + (T === undefined ? 0 : S),
    table: rows * stride,
    denoiser: (isConstant(name) ? 1 : 2) * (denoiserBytes(gpu, plan, rows) + limited),
    set: setBytes(plan),
    bound: bound && T !== undefined ? T * (stride + SUM * (partialsOf(gpu, shape).perTerm + 2)) : 0,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}
