/** The way from one view to another: plain links, so that the browser's back and new tabs work by themselves. */
import { html } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from './element.ts';
import { type View, views } from './views.ts';
import './views.css';

export class Nav extends PageElement {
  static override properties = {
    ...PageElement.properties,
    view: { attribute: false },
    linkTo: { attribute: false },
  };
  declare view: View;
  /** The link to a view of this run at this place. */
  declare linkTo: (view: View) => string;

  protected override render() {
    const { text, view, linkTo } = this;
    return html`
      <nav aria-label=${text.viewsLabel}>
        ${map(
          views,
          (each) =>
            html`<a href=${linkTo(each)} aria-current=${each === view ? 'page' : 'false'}>${text.views[each]}</a>`,
        )}
      </nav>
    `;
  }
}
customElements.define('diffuscope-nav', Nav);
