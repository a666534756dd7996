/** Samplers on the host, in float64: what the GPU does to a state, value by value. */
import { asks, type Form, type Level, m, type Step } from './step.ts';

type Values = ArrayLike<number>;

export interface Walk {
  readonly steps: readonly Step[];
  /** The state to begin with, at the first step's level. */
  readonly x: Values;
  /** x̂_0, or x̂_0 beside what it was before clipping and the learned part of the variance, v in [0, 1]. */
  readonly denoise: (x: Float64Array, at: Level, index: number) => Denoised;
  /** z of step `index`, asked for only where it draws. */
  readonly noise?: (index: number) => Values;
}

export type Denoised = Values | { readonly x0Hat: Values; readonly unclipped?: Values; readonly v?: Values };

const NOTHING = { x0Hat: [], unclipped: [], v: [] };

/** The state after every step in turn. @throws RangeError where a step draws and no noise is given. */
export function* walk({ steps, x: start, denoise, noise }: Walk): Generator<Float64Array> {
  let x = Float64Array.from(start);
  let memory: Values[] = [];
  for (const [index, step] of steps.entries()) {
    const answer = asks(step) ? denoise(x, step.at, index) : NOTHING;
    const { x0Hat, unclipped = x0Hat, v = undefined } = 'x0Hat' in answer ? answer : { x0Hat: answer };
    const known = [x, x0Hat, unclipped, ...m.map((_, k) => memory[k])];
    const evaluate = (form: Form) =>
      x.map((_, i) =>
        form.reduce((total, c, k) => (c === 0 ? total : total + c * (known[k]?.[i] as number)), 0),
      );
    const { s = 0, spread = 0, keep = [] } = step;
    const z = s === 0 ? undefined : noise?.(index);
    if (s !== 0 && !z) throw new RangeError(`step ${index} draws noise, and none is given`);
    const next = evaluate(step.next);
    memory = keep.map(evaluate);
    x = z ? next.map((mean, i) => mean + s * Math.exp(spread * (v?.[i] ?? 0)) * (z[i] as number)) : next;
    yield x;
  }
}
