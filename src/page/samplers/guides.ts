/** Straight lines to hold beside errors: how one of order p falls on two logarithmic axes. */
import type { Line } from '../chart.ts';

const ORDERS = [1, 2, 3];

/** top·(x/x_1)^{−p}: all three from the upper left corner. */
export const guides = (xs: readonly number[], top: number, name: (order: number) => string): Line[] =>
  ORDERS.map((order) => ({
    label: name(order),
    note: name(order),
    colour: '--muted',
    dashed: true,
    width: 1,
    values: xs.map((x) => top * (x / (xs[0] as number)) ** -order),
  }));
