/** The comparison's own texts, in the page's language. */
import { type CompareText, compareEn } from '../text/compare-en.ts';
import { compareZh } from '../text/compare-zh.ts';
import type { Text } from '../text/en.ts';

export const compareWords = ({ lang }: Text): CompareText => (lang === 'en' ? compareEn : compareZh);
