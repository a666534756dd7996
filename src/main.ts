/** Starts the page: the element that index.html names, once there are words for it. */
import './page/page.css';
import { App } from './page/app.ts';
import { preferredText } from './page/text/language.ts';

// Not awaited here: what is fetched later may share code with this module, and must not wait for it.
void preferredText().then((text) => {
  App.text = text;
  customElements.define('diffuscope-app', App);
});
