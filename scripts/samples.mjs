// Draws the project's own artwork into public/: sample pictures, icons and the
// still shown where WebGPU is missing. Run it after changing a scene:
//   node scripts/samples.mjs

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { lake } from './samples/lake.mjs';
import { gaussian } from './samples/noise.mjs';
import { planet } from './samples/planet.mjs';
import { rose } from './samples/window.mjs';

const PUBLIC = new URL('../public/', import.meta.url);
const SIZE = 512;
const SUBSAMPLES = 3;
const BACKGROUND = [0x0f, 0x12, 0x18];
const kB = 1000;

function createPicture(width, height) {
  return { width, height, rgba: new Uint8ClampedArray(width * height * 4).fill(255) };
}

/** Averages a grid of samples per pixel, so that fine edges stay smooth. */
function drawScene(scene) {
  const picture = createPicture(SIZE, SIZE);
  const offsets = Array.from({ length: SUBSAMPLES }, (_, i) => (i + 0.5) / SUBSAMPLES);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const sum = [0, 0, 0];
      for (const dy of offsets) {
        for (const dx of offsets) {
          const rgb = scene((x + dx) / SIZE, (y + dy) / SIZE);
          for (let c = 0; c < 3; c++) sum[c] += rgb[c];
        }
      }
      const mean = sum.map((s) => (255 * s) / SUBSAMPLES ** 2);
      picture.rgba.set(mean, (y * SIZE + x) * 4);
    }
  }
  return picture;
}

/** Box-filtered crop of `source`, `width` x `height` pixels of `step` source pixels each. */
function shrink(source, left, top, step, width, height) {
  const picture = createPicture(width, height);
  const covered = (from, to, at) => Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [x0, y0] = [left + x * step, top + y * step];
      const sum = [0, 0, 0];
      for (let sy = Math.floor(y0); sy < y0 + step; sy++) {
        for (let sx = Math.floor(x0); sx < x0 + step; sx++) {
          const weight = covered(x0, x0 + step, sx) * covered(y0, y0 + step, sy);
          for (let c = 0; c < 3; c++) sum[c] += weight * source.rgba[(sy * source.width + sx) * 4 + c];
        }
      }
      picture.rgba.set(
        sum.map((s) => s / step ** 2),
        (y * width + x) * 4,
      );
    }
  }
  return picture;
}

/** A draw from q(x_t | x_0) = N(sqrt(abar) x_0, 1 - abar), with x in [-1, 1]. */
function diffuse(source, abar, seed) {
  const picture = createPicture(source.width, source.height);
  for (let i = 0; i < source.rgba.length; i++) {
    if (i % 4 === 3) continue;
    const x0 = source.rgba[i] / 127.5 - 1;
    const xt = Math.sqrt(abar) * x0 + Math.sqrt(1 - abar) * gaussian(i, seed);
    picture.rgba[i] = 127.5 * (xt + 1);
  }
  return picture;
}

/** Pastes `source`, each of its pixels a `zoom` x `zoom` square. */
function paste(picture, source, left, zoom) {
  for (let y = 0; y < source.height * zoom; y++) {
    for (let x = 0; x < source.width * zoom; x++) {
      const from = (Math.floor(y / zoom) * source.width + Math.floor(x / zoom)) * 4;
      picture.rgba.set(source.rgba.subarray(from, from + 4), (y * picture.width + left + x) * 4);
    }
  }
}

/** Five stages of the forward process side by side. */
function drawStill(source) {
  const still = createPicture(960, 400);
  for (let i = 0; i < still.rgba.length; i += 4) still.rgba.set(BACKGROUND, i);
  // Grain of 2 px stays visible on dense screens and keeps the file small.
  const zoom = 2;
  const [width, height, gap] = [92, 200, 10];
  const step = SIZE / height;
  const left = 0.57 * SIZE - (width * step) / 2;
  const x0 = shrink(source, left, 0, step, width, height);
  [1, 0.9, 0.6, 0.25, 0.02].forEach((abar, i) => {
    paste(still, diffuse(x0, abar, 900 + i), i * (width * zoom + gap), zoom);
  });
  return still;
}

/** Encodes as WebP in the browser, at the best quality that fits `limit` bytes. */
async function encodeWebp(page, { width, height, rgba }, limit) {
  const pixels = Buffer.from(rgba.buffer).toString('base64');
  const base64 = await page.evaluate(
    ([pixels, width, height, limit]) => {
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const bytes = Uint8ClampedArray.from(atob(pixels), (char) => char.charCodeAt(0));
      canvas.getContext('2d').putImageData(new ImageData(bytes, width, height), 0, 0);
      for (let quality = 0.92; ; quality -= 0.02) {
        const data = canvas.toDataURL('image/webp', quality).split(',')[1];
        if (data.length * 0.75 <= limit) return data;
      }
    },
    [pixels, width, height, limit],
  );
  return Buffer.from(base64, 'base64');
}

/** Rasterises the icon; `fullBleed` squares it off for masks cut by the system. */
async function rasteriseIcon(page, svg, size, fullBleed) {
  const base64 = await page.evaluate(
    async ([url, size, background]) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = size;
      const context = canvas.getContext('2d');
      context.fillStyle = background;
      context.fillRect(0, 0, size, size);
      context.drawImage(image, 0, 0, size, size);
      return canvas.toDataURL('image/png').split(',')[1];
    },
    [
      `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
      size,
      fullBleed ? `rgb(${BACKGROUND})` : 'transparent',
    ],
  );
  return Buffer.from(base64, 'base64');
}

async function save(name, bytes) {
  await writeFile(new URL(name, PUBLIC), bytes);
  console.log(`public/${name}  ${(bytes.length / kB).toFixed(1)} kB`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
await mkdir(new URL('samples/', PUBLIC), { recursive: true });

const lakePicture = drawScene(lake);
await save('samples/lake.webp', await encodeWebp(page, lakePicture, 90 * kB));
await save('samples/window.webp', await encodeWebp(page, drawScene(rose), 90 * kB));
await save('samples/planet.webp', await encodeWebp(page, drawScene(planet), 90 * kB));
await save('still.webp', await encodeWebp(page, drawStill(lakePicture), 120 * kB));

const svg = await readFile(new URL('icon.svg', PUBLIC));
await save('icon-192.png', await rasteriseIcon(page, svg, 192, false));
await save('icon-512.png', await rasteriseIcon(page, svg, 512, false));
await save('icon-maskable-512.png', await rasteriseIcon(page, svg, 512, true));

await browser.close();
