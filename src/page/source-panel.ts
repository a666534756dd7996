/** Where the picture comes from: samples, a file, the camera. Dropping and pasting work on the whole page. */
import { html } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from './element.ts';
import { type SampleName, samples } from './source/samples.ts';

export class SourcePanel extends PageElement {
  static override properties = {
    ...PageElement.properties,
    image: {},
    camera: { type: Boolean },
  };
  declare image: SampleName | 'own';
  declare camera: boolean;

  /** Opens the browser's file dialogue. */
  choose(): void {
    this.querySelector<HTMLInputElement>('input[type=file]')?.click();
  }

  protected override render() {
    const { text } = this;
    return html`
      <h2>${text.source}</h2>
      <div class="drop">
        ${text.drop}
        <button class="link" @click=${this.choose}>${text.choose}</button> ·
        <button class="link" aria-pressed=${this.camera} @click=${() => this.send('camera')}>
          ${this.camera ? text.stopCamera : text.camera}
        </button>
        <input type="file" accept="image/*,.svg" hidden aria-label=${text.choose} @change=${this.#chosen} />
        ${this.camera ? html`<button class="freeze" @click=${() => this.send('freeze')}>${text.freeze}</button>` : null}
      </div>
      <div class="samples">
        ${map(
          Object.entries(samples) as [SampleName, string][],
          ([name, url]) => html`
            <button
              class="sample ${name === this.image && !this.camera ? 'active' : ''}"
              aria-pressed=${name === this.image && !this.camera}
              title=${text.samples[name]}
              @click=${() => this.send('setting', { name: 'image', value: name })}
            >
              <img src=${url} alt=${text.samples[name]} width="512" height="512" />
            </button>
          `,
        )}
      </div>
    `;
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file chosen twice is a change, too.
    input.value = '';
    if (file) this.send('file', file);
  }
}
customElements.define('diffuscope-source', SourcePanel);
