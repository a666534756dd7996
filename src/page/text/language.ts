import { en, type Text } from './en.ts';
import { zh } from './zh.ts';

const KEY = 'language';

/** The visitor's choice, or else the browser's first language. */
export function preferredText(): Text {
  const language = remembered() ?? navigator.language;
  return language.toLowerCase().startsWith('zh') ? zh : en;
}

export function otherText(text: Text): Text {
  const other = text === en ? zh : en;
  remember(other.lang);
  return other;
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
