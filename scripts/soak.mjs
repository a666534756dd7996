// `npm run soak`: ten minutes of a visitor's whims in the built site, on a window that is resized and a GPU that is lost;
// `-- --minutes 1` for fewer. Fails where the page keeps more than it began with, logs an error, or lets a frame wait.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { launchOptions } from './browser.mjs';
import { faultsOf } from './soak/faults.mjs';
import { soak } from './soak/soak.mjs';

const { argv } = process;
const number = (name, otherwise) => (argv.includes(name) ? Number(argv[argv.indexOf(name) + 1]) : otherwise);
const minutes = number('--minutes', 10);
const seed = number('--seed', 1);
if (!(minutes > 0)) throw new RangeError('--minutes must be a positive number');

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 0, strictPort: false, open: false } });
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage({ locale: 'en-US' });
  const found = await soak(page, server.resolvedUrls.local[0], { ms: 60_000 * minutes, seed });
  const software = await page.evaluate(() => document.querySelector('diffuscope-app').gpu.software);
  const { done, before, after, gaps, frames } = found;
  console.log(
    `${minutes} min, seed ${seed}: ${Object.entries(done)
      .map(([name, n]) => `${n} × ${name}`)
      .join(', ')}`,
  );
  console.table(
    Object.fromEntries(
      Object.keys(before).map((name) => [name, { before: before[name], after: after[name] }]),
    ),
  );
  const most = (name) => Math.max(0, ...gaps.filter(({ doing }) => doing === name).map(({ ms }) => ms));
  console.log(`${frames} frames; the longest wait for one, in ms, while doing what:`);
  console.table(Object.fromEntries(Object.keys(done).map((name) => [name, Math.round(most(name))])));
  const faults = faultsOf(found, software);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('Nothing kept, nothing logged, no frame that waited too long.');
} finally {
  await browser.close();
  await server.close();
}
