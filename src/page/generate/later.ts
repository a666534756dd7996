/** What is not needed for the first frames. */
import '../sets/panel.ts';
import './becoming.ts';
import './branches.ts';
import './controls.ts';
import './film.ts';
import './side.ts';
import './stage.ts';
