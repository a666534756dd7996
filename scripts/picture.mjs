// `npm run picture`: the README's pictures of the page: docs/generate.jpg, a sample made from noise and what is nearest to it;
// docs/single.jpg, a landscape made from another; and docs/page.jpg, half-way through the reverse run.
import { chromium } from 'playwright';
import { preview } from 'vite';
import { launchOptions } from './browser.mjs';

const viewport = { width: 1440, height: 900 };
const minutes = (n) => ({ timeout: 60_000 * n });

const pictures = [
  {
    file: 'docs/generate.jpg',
    link: '#view=generate&n=16&sample=9&t=0',
    colorScheme: 'light',
    // The samples are held to the set once they are finished.
    ready: (page) => page.locator('canvas.nearest:not(.waiting)').waitFor(minutes(2)),
  },
  {
    file: 'docs/single.jpg',
    link: '#view=single&source=hills&w=448&h=128&seed=3',
    colorScheme: 'light',
    ready: (page) => page.locator('diffuscope-single progress[value="1"]').waitFor(minutes(5)),
  },
  {
    file: 'docs/page.jpg',
    link: '#image=lake&size=256&T=250&run=reverse&t=86',
    colorScheme: 'dark',
    // The whole run is on the strips once nothing is left to chart.
    ready: async (page) => {
      await page.locator('.charting progress').waitFor(minutes(1));
      await page.locator('.charting progress').waitFor({ state: 'detached', ...minutes(10) });
    },
  },
];

const server = await preview({ preview: { port: 0, strictPort: false, open: false } });
const browser = await chromium.launch(launchOptions());
try {
  for (const { file, link, colorScheme, ready } of pictures) {
    const page = await browser.newPage({ viewport, colorScheme, locale: 'en-US' });
    await page.goto(new URL(link, server.resolvedUrls.local[0]).href);
    await ready(page);
    await page.screenshot({ path: file, type: 'jpeg', quality: 82 });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
