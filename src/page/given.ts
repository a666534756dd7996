/** What a link or a control gives as text, checked on the way in. */

/** For every setting, the value that a text means; undefined when it means none. */
export type Parsers<Wanted> = {
  readonly [Name in keyof Wanted]: (text: string) => Wanted[Name] | undefined;
};

export const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
};

export const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (text: string) =>
    values.find((value) => value === text);

export interface Given<Wanted> {
  readonly wanted: Wanted;
  /** Parts that mean nothing, as written. */
  readonly nonsense: readonly string[];
}

/** Reads a link's part after the #; what it does not say is as in `base`, and names in `others` are another's to read. */
export function readGiven<Wanted extends object>(
  hash: string,
  parsers: Parsers<Wanted>,
  base: Wanted,
  others: readonly string[],
): Given<Wanted> {
  const nonsense: string[] = [];
  const wanted = { ...base };
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (others.includes(name)) continue;
    const key = name as keyof Wanted;
    const value = Object.hasOwn(parsers, name) ? parsers[key](text) : undefined;
    if (value === undefined) nonsense.push(`${name}=${text}`);
    else wanted[key] = value;
  }
  return { wanted, nonsense };
}
