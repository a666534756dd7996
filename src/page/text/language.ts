/** Which language the page speaks, and the one way to its words: fetched in that language alone, as views need them. */
import type { Area, Areas, Language, Text } from './areas.ts';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

/** All there are; the first is for who reads none of them. */
export const languages: readonly [Language, ...Language[]] = [en, zh];

const KEY = 'language';

/** The words that are here, by language and area. */
const here = new Map<string, Partial<Areas>>(languages.map(({ code }) => [code, {}]));

/** What has been asked for, in any language: another language brings all of it. */
const asked = new Set<Area>();

const languageOf = (code: string): Language => languages.find((one) => one.code === code) ?? languages[0];

let present = languages[0];

async function fetchArea<A extends Area>({ code, areas }: Language, area: A): Promise<void> {
  const { words } = await areas[area]();
  here.set(code, { ...here.get(code), [area]: words });
}

const missing = (areas: Iterable<Area>, code: string): Area[] =>
  [...areas].filter((area) => !here.get(code)?.[area]);

/** Whether the words of all these areas are here. @param code the language, by default the present one. */
export const hasWords = (areas: readonly Area[], code = present.code): boolean =>
  missing(areas, code).length === 0;

/** Fetches what is not here yet. @param code the language, by default the present one. */
export async function fetchWords(areas: readonly Area[], code = present.code): Promise<void> {
  for (const area of areas) asked.add(area);
  await Promise.all(missing(areas, code).map((area) => fetchArea(languageOf(code), area)));
}

/** The words of an area, in the language of the text. @throws Error if they have not been fetched. */
export function wordsOf<A extends Area>({ lang }: Pick<Text, 'lang'>, area: A): Areas[A] {
  const words = here.get(lang)?.[area];
  if (!words) throw new Error(`the words of “${area}” in “${lang}” have not been fetched`);
  return words;
}

/** The page's words in a language, once everything else that has been asked for is in it, too. */
export async function textIn(code: string): Promise<Text> {
  asked.add('page');
  // Meanwhile more may be asked for.
  while (missing(asked, code).length > 0) await fetchWords([...asked], code);
  return { ...wordsOf({ lang: code }, 'page'), lang: code };
}

/** From now on the page speaks the visitor's choice, or else the browser's first language. */
export function preferredText(): Promise<Text> {
  present = preferred();
  return textIn(present.code);
}

/** The language after this one in the list, which goes round. */
export function languageAfter({ lang }: Text): Language {
  const next = languages.findIndex(({ code }) => code === lang) + 1;
  return languages[next] ?? languages[0];
}

/** Speaks another language from now on, also when the page is next opened. */
export async function switchTo(language: Language): Promise<Text> {
  const text = await textIn(language.code);
  present = language;
  remember(language.code);
  return text;
}

function preferred(): Language {
  const read = (code: string) => code.toLowerCase().split('-')[0];
  const wanted = read(remembered() ?? navigator.language);
  return languages.find(({ code }) => read(code) === wanted) ?? languages[0];
}

// Storage may be closed, as in private windows or for a file: page; the choice then lasts as long as the page.
function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(code: string): void {
  try {
    localStorage.setItem(KEY, code);
  } catch {}
}
