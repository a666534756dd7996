/** Starts the page: the element that index.html names, once there are words for it. */
import './page/page.css';
import { requestGpu } from './gpu/device.ts';
import { App } from './page/app.ts';
import { loadView } from './page/load-view.ts';
import { preferredText } from './page/text/language.ts';
import { viewOf } from './page/views.ts';

// Everything that takes its time is asked for at once.
App.gpu = requestGpu();
// Whoever awaits it hears of it.
App.gpu.catch(() => {});
const words = preferredText();
void loadView(viewOf(location.hash));
// Not awaited here: what is fetched later may share code with this module, and must not wait for it.
void words.then((text) => {
  App.text = text;
  customElements.define('diffuscope-app', App);
});
