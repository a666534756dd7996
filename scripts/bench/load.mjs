// From a link to the first picture that moves, by phase: the built site, a browser without a past, three times.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { launchOptions } from '../browser.mjs';
import { watchLoad } from './load/watch.mjs';
import { goal, table } from './table.mjs';

/** src/page/generate/view.ts sets it. */
const MOVING = 'diffuscope: moving';
const GOALS = { scripts: 100_000, site: 3_000_000 };
const MOST_NAMED = 5;

/** Everything up to the first picture that moves, in milliseconds after the link was followed. */
async function coldStart(url) {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage({ locale: 'en-US' });
    await page.addInitScript(watchLoad);
    await page.goto(url);
    await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, MOVING);
    const { moving, html, files, events } = await page.evaluate((mark) => {
      const [navigation] = performance.getEntriesByType('navigation');
      return {
        moving: performance.getEntriesByName(mark)[0].startTime,
        html: navigation.responseEnd,
        files: performance
          .getEntriesByType('resource')
          .map(({ name, responseEnd }) => ({ name, responseEnd })),
        events: window.load.events,
      };
    }, MOVING);
    return { moving, html, files, events: events.filter(({ begun }) => begun < moving) };
  } finally {
    await browser.close();
  }
}

const first = (events, kind) => events.find((event) => event.kind === kind);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The phases follow each other, but for the files, which come beside them. */
function phasesOf({ moving, html, files, events }) {
  const [adapter, device, submit] = ['adapter', 'device', 'submit'].map((kind) => first(events, kind));
  const pipelines = events.filter(({ kind }) => kind === 'pipeline');
  const begun = Math.min(...pipelines.map((one) => one.begun));
  const done = Math.max(...pipelines.map((one) => one.done));
  // What is fetched after the first submission is not waited for.
  const needed = files.filter(({ responseEnd }) => responseEnd < submit.begun);
  return {
    'the page itself downloaded': html,
    'its first scripts downloaded, parsed and evaluated, an adapter asked for': adapter.begun - html,
    'adapter and device': device.done - adapter.begun,
    'code and set of the view there, until pipelines are asked for': begun - device.done,
    'pipelines, from the first asked for to the last ready': done - begun,
    'the rest of making the run, to the first submission': submit.begun - done,
    'first submission to first moving picture': moving - submit.begun,
    'first moving picture, in all': moving,
    'beside these: last needed file downloaded, at': Math.max(
      ...needed.map(({ responseEnd }) => responseEnd),
    ),
    'and the pipelines’ own times summed, waiting for each other included': pipelines.reduce(
      (sum, one) => sum + one.done - one.begun,
      0,
    ),
  };
}

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/** Scripts that were there before the first picture moved, gzipped; and the whole site but for its single-file twin. */
function bytesOf({ files, events }) {
  const before = files.filter(
    ({ name, responseEnd }) => name.endsWith('.js') && responseEnd < first(events, 'submit').begun,
  );
  const scripts = before
    .map(({ name }) => gzipSync(readFileSync(join('dist', new URL(name).pathname))).length)
    .reduce((sum, length) => sum + length, 0);
  const site = filesIn('dist')
    .filter((file) => !file.endsWith('diffuscope.html'))
    .reduce((sum, file) => sum + statSync(file).size, 0);
  return { scripts, site };
}

function slowest({ events }) {
  const pipelines = events.filter(({ kind }) => kind === 'pipeline');
  const named = pipelines.toSorted((a, b) => b.done - b.begun - (a.done - a.begun)).slice(0, MOST_NAMED);
  const words = named.map(({ label, begun, done }) => `${label} (${(done - begun).toFixed(0)} ms)`);
  return `${pipelines.length} pipelines; those that took longest, waiting for each other included: ${words.join('; ')}.`;
}

export const load = {
  name: 'load',
  title: 'Load: from nothing to the first moving picture',
  async measure({ quick }) {
    await build({ logLevel: 'warn' });
    const server = await preview({ preview: { port: 0, strictPort: false, open: false } });
    try {
      const [url] = server.resolvedUrls.local;
      const starts = [];
      for (let k = 0; k < (quick ? 1 : 3); k++) starts.push(await coldStart(url));
      const phases = starts.map(phasesOf);
      const rows = Object.keys(phases[0]).map((name) => [
        name,
        median(phases.map((one) => one[name])).toFixed(0),
      ]);
      const { scripts, site } = bytesOf(starts[0]);
      return {
        text:
          `Medians of ${starts.length} cold starts, each in a browser without a past, from a server on this machine.\n\n` +
          `${table(['phase', 'ms'], rows)}\n\n${slowest(starts.at(-1))}`,
        goals: [
          goal('scripts up to the first frame, gzipped, in kB', scripts / 1000, {
            most: GOALS.scripts / 1000,
          }),
          goal('the whole site, in MB', site / 1e6, { most: GOALS.site / 1e6 }),
        ],
      };
    } finally {
      await server.close();
    }
  },
};
