// Draws the emoji sets into public/sets/ and their names into src/page/sets/atlas/:
//   npm install --no-save cldr-annotations-full@48.2.0 sharp@0.35.5
//   npm run sets
// Needs the font Noto Color Emoji (Debian: apt install fonts-noto-color-emoji). Nothing of either is needed to run.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { launchOptions } from './browser.mjs';
import { drawAtlas } from './sets/draw.mjs';
import { emoji, faces, split } from './sets/lists.mjs';

const FONT = 'Noto Color Emoji';
// `step`: values are rounded to steps of this many below 255, which the eye does not see and lossless coding likes.
const ATLASES = {
  faces: { list: split(faces), columns: 10, step: 4 },
  emoji: { list: split(emoji), columns: 32, step: 8 },
};
const root = new URL('../', import.meta.url);

async function annotations(language) {
  const file = `node_modules/cldr-annotations-full/annotations/${language}/annotations.json`;
  const text = await readFile(new URL(file, root), 'utf8').catch(() => {
    throw new Error('names come from CLDR: npm install --no-save cldr-annotations-full');
  });
  return JSON.parse(text).annotations.annotations;
}

/** CLDR leaves variation selectors out. */
const nameOf = (names, character) => names[character.replaceAll('\ufe0f', '')]?.tts?.[0];

/** Throws unless the browser takes every character from the font, and from no other. */
async function requireFont(page, characters) {
  await page.setContent(`<p style="font-family: '${FONT}'">${characters.join('')}</p>`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'p' });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  const others = fonts.filter(({ familyName }) => familyName !== FONT).map(({ familyName }) => familyName);
  if (others.length > 0 || fonts.length === 0) {
    throw new Error(
      `${FONT} is missing or old (found: ${others}); Debian: apt install fonts-noto-color-emoji`,
    );
  }
}

/** WebP without loss: a quarter smaller than the browser's own. */
async function encode({ width, height, rgba }) {
  const { default: sharp } = await import('sharp');
  const raw = { width, height, channels: 4 };
  return sharp(Buffer.from(rgba, 'base64'), { raw })
    .removeAlpha()
    .webp({ lossless: true, effort: 6 })
    .toBuffer();
}

async function save(name, bytes) {
  await writeFile(new URL(name, root), bytes);
  console.log(`${name}  ${(bytes.length / 1000).toFixed(1)} kB`);
}

const [en, zh] = [await annotations('en'), await annotations('zh')];
const browser = await chromium.launch({
  ...launchOptions(),
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
const page = await browser.newPage();
await requireFont(page, [...ATLASES.faces.list, ...ATLASES.emoji.list]);
for (const folder of ['public/sets/', 'src/page/sets/atlas/']) {
  await mkdir(new URL(folder, root), { recursive: true });
}
for (const [id, { list, columns, step }] of Object.entries(ATLASES)) {
  const tiles = list.map((character) => [character, nameOf(en, character), nameOf(zh, character)]);
  const nameless = tiles.filter((tile) => tile.includes(undefined));
  if (nameless.length > 0) throw new Error(`no name for ${nameless.map(([character]) => character)}`);
  const picture = await page.evaluate(drawAtlas, { font: FONT, list, columns, step });
  await save(`public/sets/${id}.webp`, await encode(picture));
  const lines = tiles.map((tile) => `    ${JSON.stringify(tile).replaceAll('","', '", "')}`).join(',\n');
  await save(
    `src/page/sets/atlas/${id}.json`,
    `{\n  "size": 64,\n  "columns": ${columns},\n  "tiles": [\n${lines}\n  ]\n}\n`,
  );
}
await browser.close();
