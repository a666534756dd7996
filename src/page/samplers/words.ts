/** The samplers' own texts, in the page's language. */
import type { SamplersText, Text } from '../text/areas.ts';
import { wordsOf } from '../text/language.ts';

export const samplerWords = (text: Text): SamplersText => wordsOf(text, 'samplers');
