/** `count` values from `first` to `last`, both included; the first alone for a count of 1, as in numpy. */
export function linspace(first: number, last: number, count: number): number[] {
  const step = count > 1 ? (last - first) / (count - 1) : 0;
  const values = Array.from({ length: count }, (_, i) => first + i * step);
  if (count > 1) values[count - 1] = last;
  return values;
}
