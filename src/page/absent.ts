/** The page of a browser without a GPU to work with: what is missing, how to get it, and a still of what would be seen. */
import { html } from 'lit';
import { map } from 'lit/directives/map.js';
import still from '/still.webp';
import type { Absence } from '../gpu/errors.ts';
import { PageElement } from './element.ts';

export class Absent extends PageElement {
  static override properties = { ...PageElement.properties, absence: {}, detail: {} };
  declare absence: Absence;
  /** The browser's own words. */
  declare detail: string;

  protected override render() {
    const { text, absence } = this;
    return html`
      <h2>${text.absent.title}</h2>
      <p role="alert">${text.absent[absence]} <span class="detail">(${this.detail})</span></p>
      <img src=${still} alt=${text.absent.still} width="960" height="400" />
      <h3>${text.absent.how}</h3>
      <dl>
        ${map(
          text.absent.browsers,
          ([browser, how]) => html`
            <dt>${browser}</dt>
            <dd>${how}</dd>
          `,
        )}
      </dl>
      <button class="primary" @click=${() => location.reload()}>${text.absent.again}</button>
    `;
  }
}
customElements.define('diffuscope-absent', Absent);
