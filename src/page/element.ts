import { LitElement } from 'lit';
import type { Text } from './text/en.ts';

/** An element in the page's own tree, so that one style sheet serves them all, with the visitor's language. */
export class PageElement extends LitElement {
  static override properties: Record<string, object> = { text: { attribute: false } };
  declare text: Text;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Tells the elements above. */
  protected send<Detail>(type: string, detail?: Detail): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}
