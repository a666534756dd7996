/** The comparison's own texts, in the page's language. */
import type { CompareText, Text } from '../text/areas.ts';
import { wordsOf } from '../text/language.ts';

export const compareWords = (text: Text): CompareText => wordsOf(text, 'compare');
