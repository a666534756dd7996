/** What a row of a path's table needs, whichever table it is. */
import type { ColourRow } from './colour-path.ts';
import type { Matrix } from './matrix.ts';
import type { Row } from './path.ts';

const isZero = (A: Matrix) => A.every((weights) => weights.every((weight) => weight === 0));

/** Whether a row starts anew, from x̂_0 and noise alone, and so do those after it: nothing that was kept is used. */
export const isMemoryless = (row: Row | ColourRow): boolean =>
  'a' in row ? row.a === 0 && row.c === undefined : isZero(row.A);

/** Whether a row asks what a model says of the variance. */
export const usesV = (row: Row | ColourRow): boolean => 'a' in row && Boolean(row.spread);

/** Whether a row asks what a denoiser says. */
export const usesX0Hat = (row: Row | ColourRow): boolean => {
  if ('A' in row) return !isZero(row.B);
  const { b, bUnclipped = 0, kept = [] } = row;
  return b !== 0 || bUnclipped !== 0 || Boolean(kept[1]) || Boolean(kept[2]);
};
