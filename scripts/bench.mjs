// `npm run bench`: times the page's kernels in the browser. `npm run bench -- --quick` is a short check that it works.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from './browser.mjs';

const quick = process.argv.includes('--quick');
const sizes = quick ? [64, 128] : [256, 512, 1024, 2048];
const played = quick ? { side: 64, steps: 100, turns: 2 } : { side: 512, steps: 1000, turns: 10 };
const GOAL = 1.25;
const measured = quick ? { sides: [64], steps: 50, rounds: 3 } : { sides: [256, 512], steps: 100, rounds: 3 };
const BOUND_GOAL = 1.3;
const SAMPLER_GOAL = 1.15;
const idealSet = quick ? { n: 200, side: 16, rounds: 3 } : { n: 4000, side: 64, rounds: 5 };
const IDEAL_GOALS = { products: 0.6, peers: 2 };

const table = (head, rows) => {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padStart(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

/** Steps a round, so that a round of any size takes about the same time. */
const stepsPerRound = (side) => Math.max(2, Math.round(40 * (256 / side) ** 2));

function printSizes() {
  if (!existsSync('dist/assets')) return;
  for (const name of readdirSync('dist/assets').filter((file) => file.endsWith('.js'))) {
    const gzipped = gzipSync(readFileSync(`dist/assets/${name}`)).length;
    console.log(`${name}: ${(gzipped / 1000).toFixed(1)} kB gzipped`);
  }
}

const server = await createServer({ server: { port: 0, strictPort: false, open: false }, logLevel: 'warn' });
await server.listen();
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(new URL('tests/bench/bench.html', server.resolvedUrls.local[0]).href);
  await page.waitForFunction(() => 'bench' in globalThis);

  const { name, timestamps } = await page.evaluate(() => bench.adapter());
  console.log(`adapter: ${name}; times by ${timestamps ? 'timestamp queries' : 'the wall clock'}\n`);

  const rows = [];
  for (const side of sizes) {
    const arguments_ = [side, quick ? 2 : 5, stepsPerRound(side)];
    const times = await page.evaluate((a) => bench.stepTimes(...a), arguments_);
    rows.push([
      `${side}² RGB`,
      times.forwardMs.toFixed(3),
      times.reverseMs.toFixed(3),
      times.forwardGBs.toFixed(2),
      times.reverseGBs.toFixed(2),
    ]);
  }
  console.log(table(['size', 'forward ms/step', 'reverse ms/step', 'forward GB/s', 'reverse GB/s'], rows));

  const { side, steps, turns } = played;
  const colour = await page.evaluate(
    (a) => bench.colourRatio(...a),
    [side, quick ? 2 : 5, stepsPerRound(side)],
  );
  console.log(
    `\ncolour noise at ${side}²: ${colour.colourMs.toFixed(3)} ms a step with matrices, ` +
      `${colour.scalarMs.toFixed(3)} ms with numbers; ratio ${colour.ratio.toFixed(3)}`,
  );
  const samplers = await page.evaluate(
    (a) => bench.samplerRatios(...a),
    [side, quick ? 2 : 9, stepsPerRound(side)],
  );
  console.log(
    `\na step of each one-stage sampler at ${side}², as a multiple of DDPM's (goal: at most ${SAMPLER_GOAL})`,
  );
  console.log(
    table(
      ['sampler', 'ratio'],
      samplers.map(({ name, ratio }) => [name, ratio.toFixed(3)]),
    ),
  );
  for (const side of measured.sides) {
    const limits = await page.evaluate(
      (a) => bench.limitRatios(...a),
      [side, quick ? 2 : 9, stepsPerRound(side)],
    );
    console.log(
      `x̂_0 clipped at ${side}²: ${limits.clip.toFixed(3)} of a step back; ` +
        `thresholded: ${limits.threshold.toFixed(3)}`,
    );
  }
  const ratio = await page.evaluate((a) => bench.playedRatio(...a), [side, steps, turns]);
  console.log(
    `\nplayed ${ratio.steps} steps at ${side}²: ${ratio.playedMs.toFixed(0)} ms; bare kernel loop: ` +
      `${ratio.bareMs.toFixed(0)} ms; ratio ${ratio.ratio.toFixed(3)} (goal: at most ${GOAL})`,
  );
  for (const side of measured.sides) {
    const { steps, rounds } = measured;
    const bound = await page.evaluate((a) => bench.boundRatio(...a), [side, steps, rounds]);
    console.log(
      `bound of ${steps} steps at ${side}²: ${bound.boundMs.toFixed(0)} ms; charting alone: ` +
        `${bound.aloneMs.toFixed(0)} ms; ratio ${bound.ratio.toFixed(3)} (goal: at most ${BOUND_GOAL})`,
    );
  }
  const bytes = await page.evaluate((s) => bench.memory(s), side);
  console.log(`GPU memory of a run at ${side}², T = 1000: ${(bytes / 2 ** 20).toFixed(2)} MiB`);

  const { n, side: edge, rounds } = idealSet;
  for (const sigma of [40, 1]) {
    const rates = await page.evaluate((a) => bench.idealRates(...a), [n, edge, sigma, rounds]);
    console.log(
      `\nthe ideal denoiser, batch 16, ${n} images of 3 × ${edge} × ${edge}, σ = ${sigma}: times as multiples of its ` +
        `own (goals: plain products at least ${IDEAL_GOALS.products}, libraries at least ${IDEAL_GOALS.peers})`,
    );
    console.log(
      table(
        ['what', 'ms', 'ratio', 'from ours'],
        rates.map(({ name, ms, ratio, difference, failure }) => [
          name,
          failure ? '-' : ms.toFixed(1),
          failure ? failure.slice(0, 100) : ratio.toFixed(2),
          difference === undefined ? '' : difference.toExponential(1),
        ]),
      ),
    );
  }
  printSizes();
} finally {
  await browser.close();
  await server.close();
}
