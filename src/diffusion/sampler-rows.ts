/** Steps as rows for the kernel, which rounds, and keeps values in numbered slots rather than in a list that shifts. */
import { gathered } from './gathered.ts';
import { type Form, MEMORY, m, type Step } from './step.ts';

/** x' = a·x + b·x̂_0 + bUnclipped·x̂_0 + Σ c_k·slot_k + s·z, and, where `keep` names one, slot' = the `kept` form. */
export interface Slots {
  /** Weight of x̂_0 as it was before clipping. */
  readonly bUnclipped: number;
  /** Weights of the four slots. */
  readonly c: readonly number[];
  /** The slot to be written, 0 … 3. */
  readonly keep?: number;
  /** What is written there: weights of x, x̂_0, x̂_0 unclipped and the four slots, as they were before this row. */
  readonly kept?: Form;
  /** With a learned variance: s is multiplied by exp(spread·v). */
  readonly spread: number;
}

export interface SamplerRow extends Slots {
  readonly a: number;
  readonly b: number;
  readonly s: number;
}

/** Which of the kept values m_1 … m_4 a form is, if it is just one of them. */
const moved = (form: Form): number => m.findIndex((own) => own.every((c, i) => c === form[i]));

/** A form whose kept values are looked up in their slots. */
function inSlots(form: Form, slots: readonly number[]): Form {
  const weights = form.slice(0, 3).concat(Array.from({ length: MEMORY }, () => 0));
  form.slice(3).forEach((c, k) => {
    if (c === 0) return;
    const slot = slots[k];
    if (slot === undefined) throw new RangeError(`a step uses m_${k + 1}, which no step has kept`);
    weights[3 + slot] = (weights[3 + slot] as number) + c;
  });
  return weights;
}

/**
 * One row a step. @throws RangeError where a step uses what no step kept, keeps more than 4 values, or keeps two new
 * ones at once: the kernel writes one.
 */
export function samplerRows(steps: readonly Step[]): SamplerRow[] {
  /** The slots of m_1, m_2, …. */
  let slots: readonly number[] = [];
  return gathered(steps).map(({ next, s = 0, spread = 0, keep = [] }) => {
    const [a, b, bUnclipped, ...c] = inSlots(next, slots) as [number, number, number, ...number[]];
    const row: SamplerRow = { a, b, s, bUnclipped, c, spread };
    const fresh = keep.filter((form) => moved(form) < 0);
    if (keep.length > MEMORY || fresh.length > 1) {
      throw new RangeError(
        `a step keeps ${keep.length} values, ${fresh.length} of them new; 4 and 1 are the most`,
      );
    }
    const stay = keep.filter((form) => moved(form) >= 0).map((form) => slots[moved(form)]);
    const free = [0, 1, 2, 3].find((slot) => !stay.includes(slot)) as number;
    const [kept] = fresh;
    const keeping = kept && { keep: free, kept: inSlots(kept, slots) };
    slots = keep.map((form) => (moved(form) < 0 ? free : (slots[moved(form)] as number)));
    return { ...row, ...keeping };
  });
}

/** How many slots the rows use. */
export const slotCount = (rows: readonly Partial<Slots>[]): number =>
  rows.reduce((most, { keep = -1 }) => Math.max(most, keep + 1), 0);
