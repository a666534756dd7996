/** This view's own texts, in the page's language. */
import type { Text } from '../text/en.ts';
import { type SingleText, singleEn } from '../text/single-en.ts';
import { singleZh } from '../text/single-zh.ts';

export const singleWords = ({ lang }: Text): SingleText => (lang === 'en' ? singleEn : singleZh);
