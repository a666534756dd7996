/** A comparison as a link has it: spacing, number of steps, deviation of the data, and two to four samplers. */
import { type SamplerChoice, type SpacingName, samplerNames, spacings } from '../samplers/names.ts';

/** Samplers that have an entry in the list: the exact chain needs none, and takes all T steps. */
export type Compared = Exclude<SamplerChoice, 'posterior'>;

/** The most steps. */
export const STEPS_MOST = 200;

/** How many runs are compared. */
export const LEAST = 2;
export const MOST = 4;

export interface Comparison {
  readonly spacing: SpacingName;
  /** 1 … 200. */
  readonly steps: number;
  /** Of the data round the source picture, in (0, 1]. */
  readonly deviation: number;
  /** Two to four. */
  readonly samplers: readonly Compared[];
}

export const comparisonText = ({ spacing, steps, deviation, samplers }: Comparison): string =>
  [spacing, steps, deviation, ...samplers].join();

/** An empty text is no number. */
const numberOf = (text = ''): number => (text.trim() === '' ? Number.NaN : Number(text));

/** What a text means; undefined when it means none. */
export function comparisonOf(text: string): Comparison | undefined {
  const [first, second, third, ...rest] = text.split(',');
  const spacing = spacings.find((name) => name === first);
  const [steps, deviation] = [numberOf(second), numberOf(third)];
  const samplers = rest.flatMap(
    (name) => samplerNames.find((known) => known === name && name !== 'posterior') ?? [],
  );
  const known = samplers.length === rest.length && samplers.length >= LEAST && samplers.length <= MOST;
  const possible =
    Number.isInteger(steps) && steps >= 1 && steps <= STEPS_MOST && deviation > 0 && deviation <= 1;
  return spacing && known && possible
    ? { spacing, steps, deviation, samplers: samplers as Compared[] }
    : undefined;
}
