/** Options of samplers, held to where their methods are defined. */

/** @throws RangeError unless the order is a whole number from 1 to `most`. */
export function checkOrder(order: number, most: number): void {
  if (!Number.isInteger(order) || order < 1 || order > most) {
    throw new RangeError(`the order must be a whole number from 1 to ${most}, not ${order}`);
  }
}

/** @throws RangeError unless every value, by its name, is a number from 0 to `most`, and finite. */
export function checkAmounts(amounts: Readonly<Record<string, number>>, most = Number.MAX_VALUE): void {
  for (const [name, value] of Object.entries(amounts)) {
    if (!(value >= 0 && value <= most)) {
      const range = most === Number.MAX_VALUE ? 'be at least 0 and finite' : `lie in [0, ${most}]`;
      throw new RangeError(`${name} must ${range}, not ${value}`);
    }
  }
}
