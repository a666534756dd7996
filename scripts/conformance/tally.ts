/** How many entries agree, by what they are about. */

/** One entry: whether it agrees, or why it cannot be run. */
export type Tally = { readonly subject: string } & (
  | { readonly agrees: boolean }
  | { readonly cannot: string }
);

export interface Share {
  readonly subject: string;
  readonly agreeing: number;
  readonly ran: number;
  /** How often each reason why an entry cannot be run. */
  readonly cannot: ReadonlyMap<string, number>;
}

export function shares(tallies: readonly Tally[]): Share[] {
  const subjects = [...new Set(tallies.map(({ subject }) => subject))].sort();
  return subjects.map((subject) => {
    const own = tallies.filter((tally) => tally.subject === subject);
    const cannot = new Map<string, number>();
    for (const tally of own) {
      if ('cannot' in tally) cannot.set(tally.cannot, (cannot.get(tally.cannot) ?? 0) + 1);
    }
    const ran = own.filter((tally) => 'agrees' in tally);
    return { subject, agreeing: ran.filter(({ agrees }) => agrees).length, ran: ran.length, cannot };
  });
}

/** The lines of a table of them. */
export function table(tallies: readonly Tally[]): string[] {
  const all = shares(tallies);
  const width = Math.max(...all.map(({ subject }) => subject.length));
  return [
    'agreeing, by scheduler',
    ...all.flatMap(({ subject, agreeing, ran, cannot }) => {
      const reasons = [...cannot].map(([reason, count]) => `; ${count} cannot be run: ${reason}`);
      return `  ${subject.padEnd(width)}  ${agreeing}/${ran}${reasons.join('')}`;
    }),
  ];
}
