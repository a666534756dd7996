/** What this is, and which keys do what. */
import { html } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from './element.ts';

export class Help extends PageElement {
  /** Opens the dialogue, or closes it. */
  toggle(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.open) dialog.close();
    else dialog?.showModal();
  }

  protected override render() {
    const { text } = this;
    const keys: [string[], string][] = [
      [['Space'], text.keys.space],
      [['←', '→'], text.keys.arrows],
      [['Shift ←', 'Shift →'], text.keys.shiftArrows],
      [['Home', 'End'], text.keys.homeEnd],
      [['↑', '↓'], text.keys.upDown],
      [['F', 'R'], text.keys.fr],
      [['+', '−'], text.keys.plusMinus],
      [['N'], text.keys.n],
      [['B'], text.keys.b],
      [['1', '2', '3'], text.keys.numbers],
      [['O'], text.keys.o],
      [['C'], text.keys.c],
      [['S'], text.keys.s],
      [['L'], text.keys.l],
      [['G', 'P', 'T', 'D', 'V', 'Esc'], text.keys.views],
      [['?'], text.keys.question],
    ];
    return html`
      <dialog aria-label=${text.help} @click=${this.#closeOutside}>
        <div class="sheet">
          <h2>diffuscope</h2>
          <p>${text.about}</p>
          <p>${text.aboutOracle}</p>
          <dl class="keys">
            ${map(
              keys,
              ([names, meaning]) => html`
                <dt>${map(names, (name) => html`<kbd>${name}</kbd> `)}</dt>
                <dd>${meaning}</dd>
              `,
            )}
          </dl>
          <button @click=${this.toggle}>${text.close}</button>
        </div>
      </dialog>
    `;
  }

  #closeOutside(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }
}
customElements.define('diffuscope-help', Help);
