/** How two states differ, as a picture and as a number. */

export const signs = ['absolute', 'signed'] as const;
export type Sign = (typeof signs)[number];

/** What a run is compared with: the first run, or the exact solution of the ODE from the same noise. */
export const references = ['first', 'exact'] as const;
export type Reference = (typeof references)[number];

export const gains = [1, 2, 4, 8, 16, 32] as const;
export type Gain = (typeof gains)[number];

/** Which difference is shown, and how. */
export interface DifferenceView {
  readonly reference: Reference;
  readonly sign: Sign;
  readonly gain: Gain;
}

/** x − y as a state that can be drawn, `gain` times as large: 0 is mid-grey where signs are kept, and black where not. */
export function differencePicture(x: Float32Array, y: Float32Array, gain: number, sign: Sign): Float32Array {
  const signed = x.map((value, i) => gain * (value - (y[i] as number)));
  return sign === 'signed' ? signed : signed.map((value) => Math.abs(value) - 1);
}
