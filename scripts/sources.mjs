// Draws the pictures that the page makes new ones from into public/sources/. Run it after changing one:
//   npm run sources
// The fruit are glyphs of Noto Color Emoji (OFL-1.1), which must be installed for them alone.

import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { launchOptions } from './browser.mjs';
import { hash } from './samples/noise.mjs';
import { hills } from './sources/hills.mjs';
import { brick, pebbles, strokes } from './sources/textures.mjs';
import { city, dungeon, garden, paint } from './sources/tiles.mjs';

const PUBLIC = new URL('../public/sources/', import.meta.url);
const SUBSAMPLES = 3;

/** A function of the unit square, `size` pixels a side, averaged over a grid of samples a pixel. */
function draw(scene, size) {
  const rgba = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0];
      for (let k = 0; k < SUBSAMPLES ** 2; k++) {
        const [dx, dy] = [(k % SUBSAMPLES) + 0.5, Math.floor(k / SUBSAMPLES) + 0.5];
        const colour = scene((x + dx / SUBSAMPLES) / size, (y + dy / SUBSAMPLES) / size);
        for (const c of [0, 1, 2]) sum[c] += colour[c];
      }
      rgba.push(...sum.map((s) => Math.round(255 * Math.min(1, s / SUBSAMPLES ** 2))), 255);
    }
  return { width: size, height: size, rgba };
}

/** Glyphs on a torus, none on another: where each is, how large and how turned. */
function strewn(glyphs, size, tall) {
  const n = Math.floor(size / (tall * 1.12));
  const step = size / n;
  return Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    const random = (seed) => hash(column, row, seed) - 0.5;
    return {
      glyph: glyphs[Math.floor(hash(column, row, 31) * glyphs.length)],
      x: (column + 0.5 + (row % 2) / 2) * step + random(32) * step * 0.16,
      y: (row + 0.5) * step + random(33) * step * 0.16,
      turn: random(34) * 0.9,
    };
  });
}

const toWebp = (page, picture, quality) =>
  page.evaluate(
    ([{ width, height, rgba }, quality]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d').putImageData(new ImageData(Uint8ClampedArray.from(rgba), width, height), 0, 0);
      return canvas.toDataURL(quality ? 'image/webp' : 'image/png', quality).split(',')[1];
    },
    [picture, quality],
  );

const fruit = (page, size, tall) =>
  page.evaluate(
    ([placed, size, tall]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
      const context = canvas.getContext('2d');
      context.fillStyle = '#fdf3e0';
      context.fillRect(0, 0, size, size);
      context.font = `${tall}px "Noto Color Emoji"`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      for (const { glyph, x, y, turn } of placed)
        for (const dx of [-size, 0, size])
          for (const dy of [-size, 0, size]) {
            context.setTransform(1, 0, 0, 1, x + dx, y + dy);
            context.rotate(turn);
            context.fillText(glyph, 0, 0);
          }
      return canvas.toDataURL('image/webp', 0.9).split(',')[1];
    },
    [strewn(['🍓', '🍊', '🍋', '🥝', '🍉', '🍒', '🍇'], size, tall), size, tall],
  );

const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
await mkdir(PUBLIC, { recursive: true });
const save = async (name, base64) => {
  const bytes = Buffer.from(base64, 'base64');
  await writeFile(new URL(name, PUBLIC), bytes);
  console.log(`public/sources/${name}  ${(bytes.length / 1000).toFixed(1)} kB`);
};
for (const [name, scene, size] of [
  ['hills', hills, 192],
  ['brick', brick, 128],
  ['pebbles', pebbles, 128],
  ['strokes', strokes, 128],
])
  await save(`${name}.webp`, await toWebp(page, draw(scene, size), 0.86));
await save('fruit.webp', await fruit(page, 144, 24));
for (const [name, tiles] of Object.entries({ garden, dungeon, city }))
  await save(`${name}.png`, await toWebp(page, paint(tiles())));
await browser.close();
