/** The panel as a view would place it, and its sets for tests to look into. */
import '../../src/page/page.css';
import '../../src/page/views.css';
import { builtIn, loadSet } from '../../src/page/sets/list.ts';
import { SetPanel } from '../../src/page/sets/panel.ts';
import { takeFiles } from '../../src/page/source/intake.ts';
import { languages, switchTo, textIn } from '../../src/page/text/language.ts';

const { searchParams } = new URL(location.href);
// The page speaks it: what is fetched later comes in it, too.
const text = await switchTo(
  languages.find(({ code }) => code === searchParams.get('language')) ?? languages[0],
);
document.documentElement.lang = text.lang;

const panel = new SetPanel();
panel.text = text;
panel.chosen = searchParams.get('set') ?? 'faces';
const asked: string[] = [];
panel.addEventListener('set', (event) => asked.push((event as CustomEvent<string>).detail));
document.querySelector('.card')?.append(panel);

/** What the page as a whole was given: the panel's own drops must not be among it. */
const taken: string[] = [];
takeFiles({
  file: ({ name }) => void taken.push(name),
  nothing: () => void taken.push(''),
  hovering: () => {},
});

const facts = async (id: string) => {
  const { images, nameOf } = await loadSet(id);
  const { n, c, h, w } = images.shape;
  const [en, zh] = [await textIn('en'), await textIn('zh-Hans')];
  const values = images.values as Uint8Array;
  const each = c * h * w;
  const all = Array.from({ length: n }, (_, i) => values.subarray(i * each, (i + 1) * each));
  return {
    shape: images.shape,
    length: values.length,
    distinct: new Set(all.map((image) => image.join())).size,
    blank: all.filter((image) => new Set(image).size === 1).length,
    first: Array.from(all[0] ?? []),
    en: all.map((_, i) => nameOf(i, en)),
    zh: all.map((_, i) => nameOf(i, zh)),
    same: (await loadSet(id)).images === images,
  };
};

const offered = {
  facts,
  entries: builtIn.map(({ id, group, shape }) => ({ id, group, shape })),
  asked,
  taken,
};
declare global {
  interface Window {
    sets: typeof offered;
  }
}
window.sets = offered;
