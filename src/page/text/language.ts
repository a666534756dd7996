/** Which language the page speaks. A visitor fetches the one that is read, and the other when it is asked for. */
import type { Text } from './en.ts';

const KEY = 'language';

const load: Record<'en' | 'zh-Hans', () => Promise<Text>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-Hans': async () => (await import('./zh.ts')).zh,
};

/** The visitor's choice, or else the browser's first language. */
export function preferredText(): Promise<Text> {
  const language = remembered() ?? navigator.language;
  return load[language.toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en']();
}

export function otherText(text: Text): Promise<Text> {
  const other = text.lang === 'en' ? 'zh-Hans' : 'en';
  remember(other);
  return load[other]();
}

// Storage may be closed, as in private windows or for a file: page; the choice then lasts as long as the page.
function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {}
}
