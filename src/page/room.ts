/** What the page needs of a view, or of several that share one work. */
import type { Action } from './keys.ts';
import type { View } from './views.ts';

export interface Room extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
  /** Settled once what is shown has been made on the present GPU. */
  readonly ready: Promise<void>;
  /** NaN until measured. */
  readonly msPerStep: number;
  /** Of what the device's memory allows, how much its steps use, 0 … 1; undefined where that cannot be said. */
  readonly share?: number | undefined;
  /** Does what a key or a button asks for; false where that is nothing to this view. */
  act(action: Action): boolean;
  /** Follows a link to another place or other settings. */
  arrive(hash: string): void;
  /** The link to one of its views, as it is now. */
  linkTo(view: View): string;
  /** Brings the address up to date. */
  writeLink(): void;
}

/** A message for the visitor, which bubbles as `notice`. */
export interface NoticeDetail {
  readonly words: string;
  readonly problem: boolean;
}
