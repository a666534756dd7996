/** Numbers that stand in diffusers' unit tests themselves: variances and timesteps. */
import { posterior } from '../../../../src/diffusion/posterior.ts';
import { cosine, linear } from '../../../../src/diffusion/schedule.ts';
import { type Entry, isListOf, type Kind } from '../../entry.ts';
import { within } from './own-tests.ts';
import { planOf } from './schedulers.ts';

type Row = readonly [at: number | readonly [t: number, previous: number], expected: number];

interface Literal {
  readonly scheduler: string;
  readonly what: string;
  readonly values: readonly number[] | readonly Row[];
  readonly tolerance?: number;
}

/** The posterior's variance from a timestep to the one before, or a given one. */
function varianceOf(scheduler: string, [at]: Row): number {
  const unclip = scheduler === 'UnCLIPScheduler';
  const [t, previous] = typeof at === 'number' ? [at, at - 1] : at;
  // Timestep t is t + 1 here; a step that goes nowhere has none.
  const variance =
    previous < t ? posterior((unclip ? cosine : linear)(1000), previous + 1, t + 1).variance : 0;
  // fixed_small_log is the logarithm of its root, taken back.
  return unclip ? Math.sqrt(variance) : variance;
}

function timestepsOf({ scheduler, what }: Literal): readonly number[] {
  const [, n] = /\b(?:n|num_inference_steps)=(\d+)/.exec(what) ?? [];
  const [, offset = '0'] = /steps_offset=(\d+)/.exec(what) ?? [];
  return planOf({ scheduler, config: { steps_offset: Number(offset) }, times: { n: Number(n) } }).timesteps;
}

function check(literal: Literal): Entry {
  const { scheduler, what, values, tolerance = 0 } = literal;
  const entry = { name: `${scheduler}: ${what}`, subject: scheduler };
  if (what.startsWith('_get_variance')) {
    const rows = values as readonly Row[];
    const figures = () =>
      rows.map((row) => within(`at ${row[0]}`, varianceOf(scheduler, row), row[1], tolerance));
    return { ...entry, figures };
  }
  if (!what.startsWith('timesteps')) return { ...entry, cannot: 'what it is of is not understood' };
  const theirs = values as readonly number[];
  return { ...entry, figures: () => [{ name: 'timesteps', ours: timestepsOf(literal), theirs, within: 0 }] };
}

export const literals: Kind = {
  matches: (value) => isListOf(value, 'scheduler', 'what', 'values'),
  entries: (value: readonly Literal[]) => value.map(check),
};
