/** What the first picture needs of the built site's scripts. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect } from './visit.ts';

/**
 * Opens a page whose scripts come as they are asked for, up to so many bytes, compressed; what goes beyond is held back until
 * a canvas is drawn on, and so the picture has to do without. Resolves to the bytes it came of.
 */
export async function firstPictureOf(page: Page, most: number, link: string): Promise<number> {
  let bytes = 0;
  const names: string[] = [];
  let drawn = false;
  let draw = () => {};
  const picture = new Promise<void>((resolve) => {
    draw = resolve;
  });
  await page.exposeFunction('firstPicture', () => {
    drawn = true;
    draw();
  });
  await page.addInitScript(() => {
    const { getCurrentTexture } = GPUCanvasContext.prototype;
    GPUCanvasContext.prototype.getCurrentTexture = function () {
      GPUCanvasContext.prototype.getCurrentTexture = getCurrentTexture;
      (window as unknown as { firstPicture(): void }).firstPicture();
      return getCurrentTexture.call(this);
    };
  });
  await page.route(/assets\/[^/]+\.js$/, async (route) => {
    const name = basename(route.request().url());
    const size = gzipSync(readFileSync(`dist/assets/${name}`)).length;
    if (!drawn && bytes + size <= most) {
      bytes += size;
      names.push(name);
    } else await picture;
    await route.continue();
  });
  await page.goto(link);
  await expect.poll(() => drawn, `a picture of ${names.join(', ')}`).toBe(true);
  return bytes;
}
