/** The sets' own texts, in the page's language. */
import type { Text } from '../text/en.ts';
import { type SetsText, setsEn } from '../text/sets-en.ts';
import { setsZh } from '../text/sets-zh.ts';
import type { Language, SetEntry } from './named-set.ts';

export const setWords = ({ lang }: Text): SetsText => (lang === 'en' ? setsEn : setsZh);

export const languageOf = ({ lang }: Text): Language => (lang === 'en' ? 'en' : 'zh-Hans');

/** What a set is called: own ones as their visitor's files say. */
export const titleOf = ({ id, title }: SetEntry, words: SetsText): string =>
  title ?? (words.titles as Record<string, string>)[id] ?? id;
