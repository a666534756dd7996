/** The sets' own texts, in the page's language. */
import type { SetsText, Text } from '../text/areas.ts';
import { wordsOf } from '../text/language.ts';
import type { SetEntry } from './named-set.ts';

export const setWords = (text: Text): SetsText => wordsOf(text, 'sets');

/** What a set is called: own ones as their visitor's files say. */
export const titleOf = ({ id, title }: SetEntry, words: SetsText): string =>
  title ?? (words.titles as Record<string, string>)[id] ?? id;
