/** A source file to be read: the text that computes what an equation says, as it stands in the project. */
import { html } from 'lit';
import { PageElement } from './element.ts';

/** Read, not run: the page's own way to the mathematics goes through the trajectory. */
const files = import.meta.glob<string>(['/src/diffusion/*.ts', '/shaders/process/*.wgsl'], {
  query: '?raw',
  import: 'default',
});

export class SourceText extends PageElement {
  static override properties = { ...PageElement.properties, path: { state: true }, words: { state: true } };
  declare path: string;
  declare words: string;

  constructor() {
    super();
    this.path = '';
    this.words = '';
  }

  /** Opens a file, by its path in the project. */
  async open(path: string): Promise<void> {
    this.words = (await files[`/${path}`]?.()) ?? '';
    this.path = path;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
  }

  protected override render() {
    return html`
      <dialog class="source-text" aria-label=${this.path}>
        <div class="sheet">
          <strong>${this.path}</strong>
          <pre tabindex="0" lang="en">${this.words}</pre>
          <button @click=${() => this.querySelector('dialog')?.close()}>${this.text.close}</button>
        </div>
      </dialog>
    `;
  }
}
customElements.define('diffuscope-source-text', SourceText);
