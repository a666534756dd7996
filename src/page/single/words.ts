/** This view's own texts, in the page's language. */
import type { SingleText, Text } from '../text/areas.ts';
import { wordsOf } from '../text/language.ts';

export const singleWords = (text: Text): SingleText => wordsOf(text, 'single');
