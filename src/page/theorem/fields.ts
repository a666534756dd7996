/** Vectors and matrices as fields to type in, laid out as they are written. */
import { html } from 'lit';
import type { Matrix } from '../../diffusion/matrix.ts';

const INDICES = ['₁', '₂'];

export interface Field {
  /** As it is written: m, S, A, … */
  readonly name: string;
  readonly words: string;
  readonly role: 'prior' | 'likelihood';
  readonly values: Matrix;
  /** An entry is NaN where what was typed is no number. */
  readonly change: (typed: Matrix) => void;
}

const withEntry = (A: Matrix, i: number, j: number, value: number): Matrix =>
  A.map((row, k) => row.map((old, l) => (k === i && l === j ? value : old)));

export function matrixField({ name, words, role, values, change }: Field) {
  const columns = values[0]?.length ?? 1;
  const input = (value: number, i: number, j: number) => {
    const written = String(Number(value.toPrecision(5)));
    const typed = ({ target }: Event) => {
      const field = target as HTMLInputElement;
      const entry = field.valueAsNumber;
      // What is turned down goes; what is taken comes back with the next drawing.
      field.value = written;
      change(withEntry(values, i, j, entry));
    };
    return html`
      <input
        type="number"
        step="any"
        aria-label="${name}${INDICES[i]}${columns > 1 ? INDICES[j] : ''}"
        .value=${written}
        @change=${typed}
      />
    `;
  };
  return html`
    <fieldset class=${columns > 1 ? 'matrix-field' : 'vector-field'}>
      <legend class=${role}><i>${name}</i> <span>${words}</span></legend>
      ${values.map((row, i) => row.map((value, j) => input(value, i, j)))}
    </fieldset>
  `;
}

/** A vector, as the matrix of one column. */
export const column = (v: readonly number[]): Matrix => v.map((x) => [x]);

/** The covariance that was meant when one entry was typed: its mirror image goes along. */
export const mirrored = (typed: Matrix, before: Matrix): Matrix =>
  typed.map((row, i) =>
    row.map((value, j) => (value === before[i]?.[j] ? (typed[j]?.[i] as number) : value)),
  );
