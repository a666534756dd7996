/** The half of a run's table that one is in, as it is shown: what is numbered, between which times, with which weights. */
import type { ColourRow } from '../../diffusion/colour-path.ts';
import { type Path, type Row, timeAt } from '../../diffusion/path.ts';
import { type Slots, slotCount } from '../../diffusion/sampler-rows.ts';
import { factor } from '../significant.ts';

export type Table = Path<Row | ColourRow>;
export type NumberRow = Pick<Row, 'a' | 'b' | 's'> & Partial<Slots>;

/** The rows that make the states of one direction; the first loads x_0 or x_T, and the k-th after it is step k. */
export interface Half {
  readonly direction: 'forward' | 'reverse';
  /** The position of the first. */
  readonly start: number;
  readonly rows: readonly NumberRow[];
  /** t of the state that every row makes. */
  readonly times: readonly number[];
  /** How many slots are used. */
  readonly slots: number;
  /** Whether some row has a weight of x̂_0 as it was before clipping. */
  readonly unclipped: boolean;
}

const isNumbers = (row: NumberRow | ColourRow): row is NumberRow => 'a' in row;

/** The half that a position lies in; undefined where coefficients are matrices. */
export function halfOf(table: Table, position: number): Half | undefined {
  const turn = table.there.length;
  const direction = position < turn ? 'forward' : 'reverse';
  const start = direction === 'forward' ? 0 : turn;
  const half: readonly (NumberRow | ColourRow)[] = table.rows.slice(
    ...(direction === 'forward' ? [0, turn] : [turn]),
  );
  if (!half.every(isNumbers)) return undefined;
  return {
    direction,
    start,
    rows: half,
    times: half.map((_, k) => timeAt(table, start + k)),
    slots: slotCount(half),
    unclipped: half.some(({ bUnclipped = 0 }) => bUnclipped !== 0),
  };
}

const SUBSCRIPTS = '₁₂₃₄';
export const slotNames = [...SUBSCRIPTS].map((k) => `m${k}`);
const terms = ['x', 'x̂₀', 'x̂₀ᵘ', ...slotNames];

/** "0.5 x + (−0.5) x̂₀": the terms of a form that count. */
export const formula = (form: readonly number[]): string =>
  form.flatMap((c, i) => (c === 0 ? [] : [c === 1 ? terms[i] : `${factor(c, 3)} ${terms[i]}`])).join(' + ');
