/** A number to so many significant digits, as 1.2 × 10⁻⁵ where it is very small or very large. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
export const superscript = (n: number) =>
  String(n)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string);

export function significant(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return String(x).replace('Infinity', '∞').replace('-', '−');
  const size = Math.abs(x);
  if (x === 0 || (size >= 1e-3 && size < 1e5)) {
    return String(Number(x.toPrecision(digits))).replace('-', '−');
  }
  const [mantissa = '', exponent] = x.toExponential(digits - 1).split('e');
  return `${mantissa.replace('-', '−')}\u00a0×\u00a010${superscript(Number(exponent))}`;
}

/** In brackets where a sign would follow another. */
export const factor = (x: number, digits?: number): string =>
  x < 0 ? `(${significant(x, digits)})` : significant(x, digits);
