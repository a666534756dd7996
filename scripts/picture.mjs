// `npm run picture`: the README's picture of the page, docs/page.jpg, half-way through the reverse run.
import { chromium } from 'playwright';
import { preview } from 'vite';
import { launchOptions } from './browser.mjs';

const link = '#image=lake&size=256&T=250&run=reverse&t=86';

const server = await preview({ preview: { port: 0, strictPort: false, open: false } });
const browser = await chromium.launch(launchOptions());
try {
  const viewport = { width: 1440, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme: 'dark', locale: 'en-US' });
  await page.goto(new URL(link, server.resolvedUrls.local[0]).href);
  // The whole run is on the strips once nothing is left to chart.
  await page.locator('.charting progress').waitFor({ timeout: 60_000 });
  await page.locator('.charting progress').waitFor({ state: 'detached', timeout: 600_000 });
  await page.screenshot({ path: 'docs/page.jpg', type: 'jpeg', quality: 82 });
} finally {
  await browser.close();
  await server.close();
}
