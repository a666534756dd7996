/** This view's own texts, in the page's language. */
import type { GenerateText, Text } from '../text/areas.ts';
import { wordsOf } from '../text/language.ts';

export const generateWords = (text: Text): GenerateText => wordsOf(text, 'generate');
