/** Messages to the visitor: seen, read aloud, and gone by themselves or by a click. */
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.ts';

interface Notice {
  readonly id: number;
  readonly words: string;
  readonly problem: boolean;
}

const LIFE_MS = 12_000;

export class Notices extends PageElement {
  static override properties = { ...PageElement.properties, notices: { state: true } };
  declare notices: readonly Notice[];
  #count = 0;

  constructor() {
    super();
    this.notices = [];
  }

  /** A problem is read aloud at once; news waits its turn. The same words twice are one notice. */
  show(words: string, problem = true): void {
    const notice = { id: ++this.#count, words, problem };
    this.notices = [...this.notices.filter((other) => other.words !== words), notice].slice(-4);
    setTimeout(() => this.#close(notice.id), LIFE_MS);
  }

  protected override render() {
    const list = (problem: boolean) =>
      repeat(
        this.notices.filter((notice) => notice.problem === problem),
        ({ id }) => id,
        ({ id, words }) => html`
          <p class="notice ${problem ? 'problem' : ''}">
            <span>${words}</span>
            <button class="icon" aria-label=${this.text.close} @click=${() => this.#close(id)}>✕</button>
          </p>
        `,
      );
    return html`<div role="alert">${list(true)}</div>
      <div role="status">${list(false)}</div>`;
  }

  #close(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }
}
customElements.define('diffuscope-notices', Notices);
