/** How a batch stands on one canvas. */

export interface Tiling {
  readonly columns: number;
  readonly rows: number;
}

/** Nearly square, wider than high rather than the other way round, and with as few empty places as may be. */
export function tiling(n: number): Tiling {
  const least = Math.ceil(Math.sqrt(n));
  let best: Tiling = { columns: least, rows: Math.ceil(n / least) };
  for (let columns = least + 1; columns <= Math.min(n, 1.5 * least); columns++) {
    const rows = Math.ceil(n / columns);
    if (columns * rows < best.columns * best.rows) best = { columns, rows };
  }
  return best;
}

/** Where an arrow key leads from tile `b` of `n`; nowhere at the edges, and undefined for other keys. */
export function neighbour(key: string, b: number, n: number, { columns }: Tiling): number | undefined {
  const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === 'Home') return 0;
  if (key === 'End') return n - 1;
  const step = by[key];
  if (step === undefined) return undefined;
  const there = b + step;
  return there >= 0 && there < n ? there : b;
}
