/** A sampler takes the run back: its menus, and the table of its coefficients. */
import type { Page } from '@playwright/test';
import { ladder } from '../../src/diffusion/ladder.ts';
import { sampledPath } from '../../src/diffusion/path.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { obstacles } from './axe.ts';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

const menu = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
const count = (page: Page) => page.getByRole('spinbutton', { name: 'Sampler steps' });
const table = (page: Page) => page.locator('main .coefficients').first();
const lit = (page: Page) => table(page).locator('tr[aria-current=step]');

/** A number as the page writes it. */
const parsed = (text: string) =>
  Number(
    text
      .replaceAll('−', '-')
      .replace(
        /\s×\s10(.+)/,
        (_, power: string) =>
          `e${[...power].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`,
      ),
  );

/** The cells of every row that holds numbers, the row's head first. */
const rows = (page: Page) =>
  table(page)
    .locator('tbody tr:not(.space)')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')));

test('the menus change the run and its link, and say what was chosen', async ({ visit, page }) => {
  await visit.open(`${SMALL}&run=reverse&t=20`);
  await visit.isAt('reverse', 20);
  await expect(lit(page)).toHaveCount(1);
  expect(await rows(page)).toHaveLength(21);

  await menu(page, 'Sampler').selectOption('dpmpp-2m');
  await expect(page).toHaveURL(/&sampler=dpmpp-2m&spacing=linspace&steps=20&/);
  await expect(page.locator('diffuscope-sampler-menus')).toContainText('stores the last x̂₀');
  await expect(page.locator('a.paper')).toHaveAttribute('href', 'https://arxiv.org/abs/2211.01095');
  await count(page).fill('6');
  await count(page).press('Enter');
  await menu(page, 'Spacing').selectOption('karras');
  await expect(page).toHaveURL(/&sampler=dpmpp-2m&spacing=karras&steps=6&/);
  await expect.poll(async () => (await rows(page)).length).toBe(7);
  await visit.charted();
});

test('the table has the library’s numbers, and its lit row is where the run is', async ({ visit, page }) => {
  await visit.open(`${SMALL}&sampler=dpmpp-2m&spacing=karras&steps=6&seed=3&run=reverse&t=0`);
  await visit.isAt('reverse', 0);
  await expect(lit(page)).toHaveCount(1);
  const schedule = cosine(20);
  const steps = samplers['dpmpp-2m'].make()(ladder(schedule, 'karras', 6));
  const path = sampledPath(schedule, 3, 'forward', steps);
  const expected = path.rows.slice(21).map(({ a, b, s, c = [] }) => [a, b, c[0] ?? 0, s]);
  const shown = (await rows(page)).map((row) => row.slice(1, 5).map(parsed));
  expect(shown.length).toBe(7);
  const apart = shown.flat().map((value, i) => Math.abs(value - (expected.flat()[i] as number)));
  expect(Math.max(...apart)).toBeLessThan(1e-3);

  await expect(lit(page)).toHaveAttribute('aria-rowindex', '8');
  await page.keyboard.press('ArrowLeft');
  await expect(lit(page)).toHaveAttribute('aria-rowindex', '7');
  await expect(visit.caption).toContainText('t = 1 of');
  // By its rows, too.
  await table(page).locator('tbody tr').nth(3).click();
  await expect(lit(page)).toHaveAttribute('aria-rowindex', '5');
  await expect.poll(() => visit.t()).toBeCloseTo(path.back[3] as number, 1);
  await table(page).press('ArrowDown');
  await expect(lit(page)).toHaveAttribute('aria-rowindex', '6');
  await table(page).press('Home');
  await visit.isAt('reverse', 20);
  await page.keyboard.press('f');
  await expect(page.locator('diffuscope-coefficients h2')).toHaveText('Coefficients: Forward q');
  await expect(lit(page)).toContainText('19 → 20');
});

test('of a long table only what is in sight is there, and that is where the run is', async ({
  visit,
  page,
}) => {
  await visit.open('size=64&T=300&t=150');
  await visit.isAt('forward', 150);
  await expect(lit(page)).toContainText('149 → 150');
  // In the table's own window; the panel round it is longer than the screen.
  const outside = () =>
    lit(page).evaluate((row) => {
      const [own, sight] = [row, row.closest('.coefficients') as Element].map((e) =>
        e.getBoundingClientRect(),
      );
      return Math.max(
        (sight as DOMRect).top - (own as DOMRect).top,
        (own as DOMRect).bottom - (sight as DOMRect).bottom,
      );
    });
  await expect.poll(outside).toBeLessThan(1);
  expect((await rows(page)).length).toBeLessThan(60);
  await expect(table(page).locator('table')).toHaveAttribute('aria-rowcount', '302');
});

test('what cannot be is said, and what was there stays', async ({ visit, page }) => {
  await visit.open(`${SMALL}&sampler=ddim&steps=5&spacing=nowhere&t=0`);
  await expect(visit.problem.last()).toContainText('spacing=nowhere');
  await expect(page).toHaveURL(/&sampler=ddim&spacing=linspace&steps=5&/);
  const steps = count(page);
  for (const text of ['0', '1001', '2.5', '']) {
    await steps.fill(text);
    await steps.press('Enter');
    await expect(visit.problem.last()).toContainText(`steps: “${text}” is not a valid value`);
    await expect(steps).toHaveValue('5');
  }
  await page.goto(`/#${SMALL}&sampler=unheard-of&steps=0&t=3`);
  await expect(visit.problem.last()).toContainText('sampler=unheard-of, steps=0');
  await expect(page).toHaveURL(/&sampler=ddim&spacing=linspace&steps=5&.*&t=3$/);
});

test('axe finds no obstacle, in either language', async ({ visit, page }) => {
  await visit.open(`${SMALL}&sampler=lms&steps=6&run=reverse&t=0`);
  await expect(lit(page)).toHaveCount(1);
  expect(await obstacles(page, ['light', 'dark'], 'main')).toEqual([]);
  await page.keyboard.press('l');
  await expect(page.locator('diffuscope-coefficients h2')).toHaveText('系数表：反向 p');
  await expect(page.locator('diffuscope-sampler-menus')).toContainText('多项式');
  expect(await obstacles(page, ['light'], 'main')).toEqual([]);
});
