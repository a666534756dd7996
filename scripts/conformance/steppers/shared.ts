/** What the groups of steppers.json have in common: where they start, the noise they draw, and their denoisers. */
import type { Level, Sampler, Step } from '../../../src/diffusion/step.ts';
import type { Denoised } from '../../../src/diffusion/walk.ts';
import { type Entry, type Figure, has, isListOf, type Kind } from '../entry.ts';
import { FLOAT64, type Walker } from './walker.ts';

export const figure = (name: string, ours: Figure['ours'], theirs: Figure['theirs']): Figure => ({
  name,
  ours,
  theirs,
  within: FLOAT64,
});

/** A figure that is a state of a run. */
export const state = (name: string, ours: Figure['ours'], theirs: Figure['theirs']): Figure => ({
  ...figure(name, ours, theirs),
  state: true,
});

/** What the whole file has beside its groups. */
export interface File {
  readonly x0_unit: readonly number[];
  /** Standard normal rows. */
  readonly noise_rows: readonly (readonly number[])[];
}

/** x0_unit[k] = (2k − 11)/6, where a file does not have it. */
const UNIT = Array.from({ length: 12 }, (_, k) => (2 * k - 11) / 6);

/** What a run begins with, when it is scaled by so much. */
export const startOf = ({ x0_unit = UNIT }: Partial<File>, scale = 1): number[] =>
  x0_unit.map((value) => value * scale);

export function noiseRow({ noise_rows = [] }: Partial<File>, row: number): readonly number[] {
  const values = noise_rows[row];
  if (!values) throw new RangeError(`the file has no noise row ${row}`);
  return values;
}

/** The groups' data: x_0 ~ N(m, s²), value by value. */
const [M, VARIANCE] = [0.3, 0.25];

/** Its exact denoiser, E[x_0 | x = α x_0 + σ ε]. */
export const gaussianDenoiser = (x: Float64Array, { alpha, sigma }: Level): Float64Array =>
  x.map((value) => (alpha * VARIANCE * value + sigma ** 2 * M) / (alpha ** 2 * VARIANCE + sigma ** 2));

/** Model A, diffusers' dummy_model. */
export const modelA = (input: number, t: number): number => (input * t) / (t + 1);
export const modelB = (input: number, t: number): number =>
  0.8 * Math.cos(0.7 * input) + 0.1 * Math.sin(t / 100);

/** VE levels, the model's time being σ. */
export const veLevel = (sigma: number): Level => ({ alpha: 1, sigma, t: sigma });

type Values = ArrayLike<number>;

export interface Call {
  readonly index: number;
  readonly at: Level;
  readonly x: Float64Array;
  readonly x0Hat: ArrayLike<number>;
}

export interface Run {
  readonly steps: readonly Step[];
  /** x after every step. */
  readonly states: readonly Values[];
  /** The denoiser's answers, in turn. */
  readonly calls: readonly Call[];
}

export interface Plan {
  readonly sampler: Sampler;
  readonly levels: readonly Level[];
  readonly x: readonly number[];
  readonly denoise?: (x: Float64Array, at: Level) => Denoised;
  /** z of a step. */
  readonly noise: (step: Step, index: number, steps: readonly Step[]) => readonly number[];
}

export async function run(plan: Plan, walker: Walker): Promise<Run> {
  const { sampler, levels, x, denoise = gaussianDenoiser, noise } = plan;
  const steps = sampler(levels);
  const calls: Call[] = [];
  const states: Values[] = [];
  const walk = walker({
    steps,
    x,
    denoise(x, at, index) {
      const answer = denoise(x, at);
      calls.push({ index, at, x, x0Hat: 'x0Hat' in answer ? answer.x0Hat : answer });
      return answer;
    },
    noise: (index) => noise(steps[index] as Step, index, steps),
  });
  for await (const state of walk) states.push(state);
  return { steps, states, calls };
}

/** The n-th draw of a run is row n. */
export const drawnInTurn =
  (file: Partial<File>): Plan['noise'] =>
  (_, index, steps) =>
    noiseRow(file, steps.slice(0, index).filter(({ s = 0 }) => s !== 0).length);

/** The step from the n-th level has row n, whether the steps before it drew or not. */
export const drawnByLevel =
  (file: Partial<File>, levels: readonly Level[]): Plan['noise'] =>
  ({ at }) =>
    noiseRow(file, levels.indexOf(at));

/** Of every level but the last, which step arrives there: the first to ask after it is the first from there. */
export const callsFromLevels = ({ steps, calls }: Run, levels: readonly Level[]): Call[] =>
  levels.slice(0, -1).map((level, i) => {
    const arrival = i === 0 ? -1 : steps.findLastIndex(({ to }) => to === level);
    return calls.find(({ index }) => index > arrival) as Call;
  });

/** x after the last step that arrives at each level but the first. */
export const statesAtLevels = ({ steps, states }: Run, levels: readonly Level[]): Values[] =>
  levels.slice(1).map((level) => states[steps.findLastIndex(({ to }) => to === level)] as Values);

/** A kind of group with a list of entries that have such keys. */
export const group = <T>(keys: readonly string[], check: (entry: T, file: File) => Entry): Kind => ({
  matches: (value) => has(value, 'entries') && isListOf(value.entries, ...keys),
  entries: ({ entries }: { readonly entries: readonly T[] }, file: File) =>
    entries.map((entry) => check(entry, file)),
});

/** "function (a=1, b=2)" */
export const callName = (name: string, options: object): string =>
  `${name}(${Object.entries(options)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')})`;
