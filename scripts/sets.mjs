// Draws the emoji sets into public/sets/ and their names into src/page/text/:
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

/** The words of an area, as TypeScript; every language but English is held to its shape. */
function namesFile(id, language, names) {
  const type = `${id[0].toUpperCase()}${id.slice(1)}Text`;
  const english = language === 'en';
  return `/** What the tiles of the set of ${id} are called, by Unicode CLDR; scripts/sets.mjs writes it. */
${english ? '' : `import type { ${type} } from '../areas.ts';\n\n`}export const words${english ? '' : `: ${type}`} = [
${names.map((name) => `  ${name.includes("'") ? JSON.stringify(name) : `'${name}'`},\n`).join('')}];
`;
}

const LANGUAGES = ['en', 'zh'];
const annotated = await Promise.all(LANGUAGES.map(annotations));
const browser = await chromium.launch({
  ...launchOptions(),
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
const page = await browser.newPage();
await requireFont(page, [...ATLASES.faces.list, ...ATLASES.emoji.list]);
await mkdir(new URL('public/sets/', root), { recursive: true });
for (const [id, { list, columns, step }] of Object.entries(ATLASES)) {
  const picture = await page.evaluate(drawAtlas, { font: FONT, list, columns, step });
  await save(`public/sets/${id}.webp`, await encode(picture));
  for (const [i, language] of LANGUAGES.entries()) {
    const names = list.map((character) => nameOf(annotated[i], character));
    const nameless = list.filter((_, tile) => names[tile] === undefined);
    if (nameless.length > 0) throw new Error(`no name in “${language}” for ${nameless}`);
    await save(`src/page/text/${language}/${id}.ts`, namesFile(id, language, names));
  }
}
await browser.close();
