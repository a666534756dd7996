// `npm run sheets`: contact sheets of what the denoisers generate, and how far it is from their sets, into docs/sheets/.
// `npm run sheets -- local` makes only those of these names; the list is tests/sheets/list.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from './browser.mjs';

const folder = 'docs/sheets';
const results = `${folder}/novelty.json`;
const wanted = process.argv.slice(2);

const digits = (value) => value.toFixed(3);

function tableOf(measured) {
  const lines = Object.entries(measured).flatMap(([name, { rows }]) =>
    rows.map(({ label, n, novelty, within, copied }) =>
      [
        `[${name}](${name}.webp)`,
        label,
        n,
        ...(novelty
          ? [digits(novelty.mean), digits(novelty.min), digits(novelty.max), `${novelty.copies} of ${n}`]
          : ['', '', '', '']),
        within ? digits(within.mean) : '',
        copied === undefined ? '' : `${Math.round(100 * copied)} %`,
      ].join(' | '),
    ),
  );
  const titles = Object.entries(measured).map(([name, { title }]) => `- \`${name}\`: ${title}`);
  return `# Contact sheets

Made by \`npm run sheets\`, from pure noise, every sample as it came. Distances are root mean squares per value, values being in
[−1, 1], from a sample to the nearest item of the set; below 0.05 it counts as a copy. "The set's own" is the mean distance of
the set's items to their nearest other one. "In pieces" is how much of the row's first sample is copied from its source piece
by piece: the part of its pixels whose nearest patch of 7 × 7 is next to that of the pixel before; a shifted copy has 100 %.

${titles.join('\n')}

| sheet | row | samples | mean | least | greatest | copies | the set's own | in pieces |
|---|---|---|---|---|---|---|---|---|
${lines.map((line) => `| ${line} |`).join('\n')}
`;
}

mkdirSync(folder, { recursive: true });
const measured = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
const server = await createServer({ server: { port: 0, strictPort: false, open: false }, logLevel: 'warn' });
await server.listen();
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(new URL('tests/sheets/sheets.html', server.resolvedUrls.local[0]).href);
  await page.waitForFunction(() => 'contact' in globalThis);
  for (const { name, title } of await page.evaluate(() => contact.names())) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const { url, found } = await page.evaluate((name) => contact.sheet(name), name);
    writeFileSync(`${folder}/${name}.webp`, Buffer.from(url.split(',')[1], 'base64'));
    for (const { label, n, ms } of found)
      console.log(`${name}, ${label}: ${n} in ${(ms / 1000).toFixed(1)} s`);
    // Times are of the machine, and stay out of what is kept.
    measured[name] = { title, rows: found.map(({ ms, ...row }) => row) };
    // At once: the next may take a quarter of an hour.
    writeFileSync(results, `${JSON.stringify(measured, null, 2)}\n`);
    writeFileSync(`${folder}/README.md`, tableOf(measured));
  }
} finally {
  await browser.close();
  await server.close();
}
