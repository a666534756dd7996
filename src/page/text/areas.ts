/** The areas of the page's words. English has their shape, and every language fills it. */
import type { en } from './en/index.ts';

type Loaders = typeof en.areas;

export type Area = keyof Loaders;

/** The words of each area. */
export type Areas = { readonly [A in Area]: Awaited<ReturnType<Loaders[A]>>['words'] };

export interface Language {
  /** A BCP 47 tag. */
  readonly code: string;
  /** What its readers call it. */
  readonly name: string;
  /** An area's words are fetched when they are asked for. */
  readonly areas: { readonly [A in Area]: () => Promise<{ readonly words: Areas[A] }> };
}

/** The page's own words, and which language they are in; it leads to the other areas' words (`wordsOf`). */
export type Text = Areas['page'] & { readonly lang: string };

export type GenerateText = Areas['generate'];
export type CodeLengthText = Areas['codeLength'];
export type SingleText = Areas['single'];
export type SamplersText = Areas['samplers'];
export type SetsText = Areas['sets'];
export type CompareText = Areas['compare'];
export type TheoremText = Areas['theorem'];
export type DerivationText = Areas['derivation'];
export type FacesText = Areas['faces'];
export type EmojiText = Areas['emoji'];
