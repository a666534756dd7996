/** The page's words: every language has all of them, and code knows none by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { fetchWords, languages, textIn, wordsOf } from '../../src/page/text/language.ts';

const [english, ...others] = languages;

/** What words are made of, without what they say: functions by how many things they are told. */
function shapeOf(words: unknown): unknown {
  if (typeof words === 'function') return `a function of ${words.length}`;
  if (typeof words !== 'object' || words === null) return typeof words;
  if ('strings' in words) return 'a template';
  if (Array.isArray(words)) return words.map(shapeOf);
  return Object.fromEntries(
    Object.entries(words)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, shapeOf(value)]),
  );
}

/** Every string in them, with where it stands. */
function stringsOf(words: unknown, at: string): [string, string][] {
  if (typeof words === 'string') return [[at, words]];
  if (typeof words !== 'object' || words === null || 'strings' in words) return [];
  return Object.entries(words).flatMap(([key, value]) => stringsOf(value, `${at}.${key}`));
}

for (const language of others) {
  for (const area of Object.keys(english.areas) as (keyof typeof english.areas)[]) {
    test(`${language.code} has all words of “${area}”, told the same`, async () => {
      const [all, own] = await Promise.all([english.areas[area](), language.areas[area]()]);
      expect(shapeOf(own.words)).toEqual(shapeOf(all.words));
    });
  }
}

for (const { code, areas } of languages) {
  test(`no word is left empty in ${code}, but where it is empty in English`, async () => {
    for (const area of Object.keys(areas) as (keyof typeof areas)[]) {
      const [all, own] = await Promise.all([english.areas[area](), areas[area]()]);
      const inEnglish = new Map(stringsOf(all.words, area));
      for (const [at, said] of stringsOf(own.words, area))
        expect(said === '', at).toBe(inEnglish.get(at) === '');
    }
  });
}

test('words are those of the language asked for, and of areas that were fetched', async () => {
  for (const { code, areas } of languages) {
    const text = await textIn(code);
    expect(text.lang).toBe(code);
    expect(wordsOf(text, 'page')).toBe((await areas.page()).words);
    expect(() => wordsOf(text, 'theorem')).toThrow('“theorem”');
  }
});

test('another language brings every area that was asked for before', async () => {
  const [first, second] = [english.code, others[0]?.code as string];
  await fetchWords(['single'], first);
  const text = await textIn(second);
  expect(wordsOf(text, 'single')).toBe((await (others[0] as typeof english).areas.single()).words);
});

/** A string literal that is a language's tag, or its primary subtag; markup and formats of numbers may name theirs. */
const ALLOWED = /\blang="[\w-]+"|toLocaleString\('en'\)/g;
const TAG = new RegExp(
  `(['"\`])(${languages.flatMap(({ code }) => [code, code.split('-')[0]]).join('|')})\\1`,
);

test('no code knows a language by its tag: each is named in one place, its own', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const naming = files.filter((file) => {
    const code = readFileSync(`src/${file}`, 'utf8');
    return TAG.test(code.replaceAll(ALLOWED, ''));
  });
  expect(naming.sort()).toEqual(['page/text/en/index.ts', 'page/text/zh/index.ts']);
});
