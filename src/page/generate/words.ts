/** This view's own texts, in the page's language. */
import type { Text } from '../text/en.ts';
import { type GenerateText, generateEn } from '../text/generate-en.ts';
import { generateZh } from '../text/generate-zh.ts';

export const generateWords = ({ lang }: Text): GenerateText => (lang === 'en' ? generateEn : generateZh);
