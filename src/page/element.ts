import { LitElement } from 'lit';
import type { Area, Text } from './text/areas.ts';
import { fetchWords, hasWords } from './text/language.ts';

/** An element in the page's own tree, so that one style sheet serves them all, with the visitor's language. */
export class PageElement extends LitElement {
  static override properties: Record<string, object> = { text: { attribute: false } };
  /** The words that it and the elements in it need besides the page's own. */
  static areas: readonly Area[] = [];
  declare text: Text;

  /** Nothing is drawn before there are words for it. */
  protected override scheduleUpdate() {
    const { areas } = this.constructor as typeof PageElement;
    // What was set before the element's code was here is handed to it by its first update only.
    const lang = (this.text as Text | undefined)?.lang;
    if (hasWords(areas, lang)) return super.scheduleUpdate();
    return fetchWords(areas, lang).then(() => super.scheduleUpdate());
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Tells the elements above. */
  protected send<Detail>(type: string, detail?: Detail): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}
