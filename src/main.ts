/** Starts the page: the element that index.html names defines itself. */
import './page/page.css';
import './page/app.ts';
