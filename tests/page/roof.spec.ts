/** The page says how near its steps come to what memory allows, where that can be said. */
import type { Trajectory } from '../../src/trajectory/trajectory.ts';
import { expect, test } from './fixture.ts';

test('a share of the memory’s limit is said once steps have followed each other, and of nothing before', async ({
  page,
}) => {
  await page.goto('/#view=run&image=lake&size=64&T=20&seed=1&run=forward&t=10');
  const share = page.locator('header .share');
  await expect(page.locator('header .speed')).toBeVisible();
  // On a slow machine steps never follow each other fast enough: so they are said to have.
  const ms = 0.5;
  const before = await page.evaluate(async (ms) => {
    type Room = HTMLElement & { session?: { run?: Trajectory } };
    const run = document.querySelector<Room>('diffuscope-run-room')?.session?.run as Trajectory;
    while (!run.chart.done) await new Promise(requestAnimationFrame);
    const shown = document.querySelectorAll('header .share').length;
    Object.defineProperty(run, 'busyMsPerStep', { value: ms });
    return { shown, bytes: run.gpu.bytes };
  }, ms);
  expect(before.shown).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect(share).toHaveText(/^\d+ % of memory bandwidth$/);
  await expect(share).toHaveAttribute('title', /reads xₜ and x̂₀/);
  await page.locator('header .language').click();
  await expect(share).toHaveText(/带宽的 \d+ %$/);
});
