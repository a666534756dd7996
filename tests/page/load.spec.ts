/** What the first moving picture waits for. */
import { watchLoad } from '../../scripts/bench/load/watch.mjs';
import { expect, test } from './fixture.ts';

test('few pipelines are made for the first picture, all at once and before it', async ({ page }) => {
  await page.addInitScript(watchLoad);
  await page.goto('/');
  await page.waitForFunction(() => performance.getEntriesByName('diffuscope: moving').length > 0);
  const { events, moving } = await page.evaluate(() => ({
    events: window.load.events,
    moving: performance.getEntriesByName('diffuscope: moving')[0]?.startTime ?? 0,
  }));
  const of = (kind: string) => events.filter((event) => event.kind === kind && event.begun < moving);
  const labels = of('pipeline').map(({ label }) => label);
  expect(labels.length, labels.join(', ')).toBeLessThanOrEqual(8);
  const submitted = of('submit')[0]?.begun ?? 0;
  expect(Math.max(...of('pipeline').map(({ done }) => done))).toBeLessThanOrEqual(submitted);
  // The step's does not wait for the denoiser's.
  const asked = (label: string) => of('pipeline').filter((one) => one.label.startsWith(label));
  const stepAskedAt = Math.max(...asked('linear-Gaussian step').map(({ begun }) => begun));
  const denoiserThereAt = Math.min(...asked('local').map(({ done }) => done));
  expect(stepAskedAt).toBeLessThan(denoiserThereAt);
});
