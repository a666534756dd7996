/** Runs every entry of the reference files through the library, and prints how they compare. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright';
import { absent } from './absent.ts';
import { deviation, type Entry, type Figure, has, type Kind, namesIn } from './entry.ts';
import { gaussian } from './gaussian.ts';
import { withGpu } from './gpu.ts';
import { posteriors } from './posterior.ts';
import { rng } from './rng.ts';
import { schedules } from './schedules.ts';
import { sigmaTables } from './sigma-tables.ts';
import { steppers } from './steppers/all.ts';
import { type Tally, table } from './tally.ts';
import { timestepTables } from './timestep-tables.ts';
import { vdm } from './vdm.ts';

const kinds: readonly Kind[] = [
  ...gaussian,
  ...posteriors,
  ...vdm,
  ...rng,
  ...schedules,
  timestepTables,
  ...sigmaTables,
  ...steppers,
  ...absent,
];

/** Parts of a file that are about the file, or that other groups take their inputs from. */
const ASIDE = new Set([
  'source',
  'note',
  'also_checked',
  'common',
  'algorithm',
  'cross_checks',
  'formulas',
  'closed_form',
  'inputs',
  'x0_unit',
  'noise_rows',
  'tensor_example_inputs',
]);

interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The groups of a file: of every value the kind that knows it, or else the groups within it. */
export function groupsOf(node: object, root = node): Group[] {
  return Object.entries(node).flatMap(([key, value]): Group[] => {
    if (!isObject(value)) return [];
    const kind = kinds.find(({ matches }) => matches(value, key));
    if (kind) return [{ name: key, entries: entriesOf(kind, value, node, key, root) }];
    if (ASIDE.has(key)) return [];
    const within = Array.isArray(value) ? [] : groupsOf(value, root);
    if (within.length > 0) {
      const title = (name: string) => (name === 'entries' ? key : `${key}: ${name}`);
      return within.map(({ name, entries }) => ({ name: title(name), entries }));
    }
    const names = namesIn(has(value, 'entries') && isObject(value.entries) ? value.entries : value);
    return [{ name: key, entries: names.map((name) => ({ name, cannot: 'no check knows such a group' })) }];
  });
}

const thrown = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A kind's entries; an error in making them is an entry that disagrees. */
function entriesOf(kind: Kind, value: object, parent: object, key: string, root: object): Entry[] {
  try {
    return kind.entries(value as never, parent as never, key, root as never);
  } catch (error) {
    const figures = () => {
      throw error;
    };
    return [{ name: 'all', figures }];
  }
}

interface Comparison {
  readonly figure: string;
  readonly deviation: number;
  readonly within: number;
}

const compare = (figure: Figure): Comparison => ({
  figure: figure.name,
  deviation: deviation(figure),
  within: figure.within,
});

const agrees = ({ deviation, within }: Comparison): boolean => deviation <= within;

async function comparisons(entry: Entry, page?: Page): Promise<Comparison[]> {
  try {
    const onHost = (await entry.figures?.()) ?? [];
    const onGpu = page ? ((await entry.onGpu?.(page)) ?? []) : [];
    return [...onHost, ...onGpu].filter(({ theirs }) => theirs !== undefined).map(compare);
  } catch (error) {
    return [{ figure: thrown(error), deviation: Infinity, within: 0 }];
  }
}

const scientific = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

/** How far it is from what is allowed, for finding the worst. */
const strain = ({ deviation, within }: Comparison): number =>
  within > 0 ? deviation / within : deviation > 0 ? Infinity : 0;

/** So many of the entries that cannot be run are named, of each group and reason. */
const NAMED = 4;

/** The lines on a group, and how many of its entries disagree. */
export async function checkGroup({ name, entries }: Group, page?: Page) {
  const ran = entries.filter(({ cannot }) => cannot === undefined);
  const disagreements: string[] = [];
  const tally: Tally[] = entries.flatMap(({ subject, cannot }) =>
    subject === undefined || cannot === undefined ? [] : [{ subject, cannot }],
  );
  let disagreeing = 0;
  let largest: (Comparison & { entry: string }) | undefined;
  let figures = 0;
  for (const entry of ran) {
    const found = await comparisons(entry, page);
    figures += found.length;
    // An entry of which nothing is compared does not agree: it proves nothing.
    const wrong = found.length === 0 ? [{ figure: 'nothing compared', deviation: Infinity, within: 0 }] : [];
    wrong.push(...found.filter((comparison) => !agrees(comparison)));
    if (wrong.length > 0) disagreeing += 1;
    if (entry.subject !== undefined) tally.push({ subject: entry.subject, agrees: wrong.length === 0 });
    for (const { figure, deviation, within } of wrong) {
      const off = `off by ${scientific(deviation)}, more than ${scientific(within)}`;
      disagreements.push(`    DISAGREES: ${entry.name}: ${figure}: ${off}`);
    }
    for (const comparison of found) {
      if (!largest || strain(comparison) > strain(largest)) largest = { ...comparison, entry: entry.name };
    }
  }
  const lines: string[] = [];
  if (ran.length > 0) {
    const worst = largest
      ? `; largest deviation ${scientific(largest.deviation)} of ${scientific(largest.within)}: ` +
        `${largest.entry}: ${largest.figure}`
      : '';
    const agree = `${ran.length - disagreeing}/${ran.length} within tolerance`;
    lines.push(`  ${name}: ${agree} (${figures} figures${worst})`, ...disagreements);
  }
  const reasons = new Set(entries.flatMap(({ cannot }) => cannot ?? []));
  for (const reason of reasons) {
    const names = entries.filter(({ cannot }) => cannot === reason).map((entry) => entry.name);
    const some = names.length > NAMED ? [...names.slice(0, NAMED), '…'] : names;
    lines.push(`  ${name}: ${names.length} cannot be run: ${reason} (${some.join('; ')})`);
  }
  return { lines, tally, ran: ran.length, disagreeing, cannot: entries.length - ran.length };
}

/** Prints the comparison of all files; whether none disagrees. */
export async function conform(files: readonly string[], page?: Page): Promise<boolean> {
  const total = { ran: 0, disagreeing: 0, cannot: 0 };
  const tallies: Tally[] = [];
  for (const file of files) {
    console.log(basename(file));
    for (const group of groupsOf(JSON.parse(readFileSync(file, 'utf8')))) {
      const { lines, tally, ...counts } = await checkGroup(group, page);
      console.log(lines.join('\n'));
      tallies.push(...tally);
      total.ran += counts.ran;
      total.disagreeing += counts.disagreeing;
      total.cannot += counts.cannot;
    }
  }
  if (tallies.length > 0) console.log(table(tallies).join('\n'));
  const { ran, disagreeing, cannot } = total;
  console.log(
    `${ran - disagreeing} of ${ran} entries agree, ${disagreeing} disagree, ${cannot} cannot be run`,
  );
  return disagreeing === 0;
}

/** The command line; its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const files = args.filter((arg) => arg !== '--gpu');
  if (files.length === 0) {
    console.error('usage: npm run conformance -- FILE… [--gpu]');
    return 2;
  }
  const fine = args.includes('--gpu') ? await withGpu((page) => conform(files, page)) : await conform(files);
  return fine ? 0 : 1;
}
