/** The samplers' own texts, in the page's language. */
import type { Text } from '../text/en.ts';
import { type SamplersText, samplersEn } from '../text/samplers-en.ts';
import { samplersZh } from '../text/samplers-zh.ts';

export const samplerWords = ({ lang }: Text): SamplersText => (lang === 'en' ? samplersEn : samplersZh);
