/**
 * What GPU memory a run takes, from its options alone: what a page can say before anything is allocated.
 *
 * With S = 4·N·C·H·W bytes a state, in whole vectors of 16; K slots behind it that a sampler remembers; P rows to the table
 * of coefficients and r bytes from one to the next, 256 on nearly every device:
 *
 *     states      3·(1 + K)·S, of the run, of its chart and of the copy to the host; and S for x_0, where it is known
 *     table       r·P,  P = 2T + 2 there and back, T + 2 + steps with a sampler, 1 + steps where it only comes back
 *     denoiser    a binding as its file has it, and its limit; twice, for the run and for its chart, unless it answers the same
 *                 for every x_t
 *     knowledge   what it knows, likewise; once for all runs that share it
 *     bound       T·(r + 32 + 16·p),  p partial sums, 512 at most and in proportion to S below
 *
 * Checkpoints are in the host's memory. Not counted: uniforms and the histogram, some KiB; and what only the making takes, a
 * state for a blur and the picture's texture.
 */

import { limitBytes } from '../denoisers/limited.ts';
import type { DenoiserKind, DenoiserOptions } from '../denoisers/list.ts';
import type { LimitOptions } from '../diffusion/limit.ts';
import { samplerRows, slotCount } from '../diffusion/sampler-rows.ts';
import type { Step } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { tableStride } from '../gpu/uniform.ts';
import { partialsOf } from '../passes/measure/sums.ts';
import { BYTES_PER_VALUE, type Shape, stateBytes } from '../passes/shape.ts';

export interface RunPlan {
  readonly shape: Shape;
  /** Steps of the way there; absent where a run only comes back. */
  readonly T?: number | undefined;
  /** The sampler's; those of the exact chain where absent. */
  readonly steps?: readonly Step[] | undefined;
  /** An inversion's; T is then how many. */
  readonly there?: readonly Step[] | undefined;
  /** The oracle where absent. Of what it knows only the shapes count. */
  readonly denoiser?: DenoiserOptions;
  readonly limit?: LimitOptions['name'] | undefined;
  /** Whether the bound is measured. */
  readonly bound?: boolean;
}

/** In bytes. */
export interface RunBytes {
  readonly states: number;
  readonly table: number;
  readonly denoiser: number;
  readonly knowledge: number;
  readonly bound: number;
  readonly total: number;
}

/** A row's place in a table of partial results: four float32. */
const SUM = 4 * BYTES_PER_VALUE;

/** @param kind the denoiser's, of `fetchDenoiser`. @throws TooLarge for what the device can never hold, as its `bytes`. */
export function runBytes(gpu: Gpu, plan: RunPlan, kind: DenoiserKind): RunBytes {
  const { shape, T, steps = [], there = [], denoiser = { name: 'oracle' }, limit, bound = false } = plan;
  const S = stateBytes(shape);
  const stride = tableStride(gpu);
  const states = (T === undefined ? 1 : T + 2) + (plan.steps?.length ?? T ?? 0);
  const slots = slotCount([...samplerRows(there), ...samplerRows(steps)]);
  const { knowledge, binding } = kind.bytes(gpu, denoiser, { shape, states });
  const parts = {
    states: 3 * (1 + slots) * S + (T === undefined ? 0 : S),
    table: states * stride,
    denoiser: (kind.constant ? 1 : 2) * (binding + (limit ? limitBytes(gpu, limit, shape) : 0)),
    knowledge,
    bound: bound && T !== undefined ? T * (stride + SUM * (partialsOf(gpu, shape).perTerm + 2)) : 0,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}
