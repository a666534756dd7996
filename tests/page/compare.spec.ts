/** Samplers side by side: the same noise, one scrubber, and what a perfect sampler would have made. */
import type { Locator, Page } from '@playwright/test';
import { ladder } from '../../src/diffusion/ladder.ts';
import { lawAfter, lawError } from '../../src/diffusion/law.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { obstacles } from './axe.ts';
import { expect, test } from './fixture.ts';
import { SMALL, type Visit } from './visit.ts';

const view = (page: Page) => page.locator('diffuscope-compare');
const columns = (page: Page) => view(page).locator('diffuscope-compare-column');
const states = (page: Page) => columns(page).locator('canvas.state');
const differences = (page: Page) => columns(page).locator('canvas.difference');
const scrubber = (page: Page) => view(page).getByRole('slider');

const open = async (visit: Visit, compare: string, more = '') => {
  await visit.open(`${SMALL}&view=compare&compare=${compare}${more}&t=0`);
  await expect(columns(visit.page)).toHaveCount(compare.split(',').length - 3);
  await expect(columns(visit.page).last().locator('.error')).toBeVisible();
};

/** The brightest of a picture's values, 0 … 255. */
const brightest = async (visit: Visit, canvas: Locator) =>
  Math.max(...(await visit.pixels(canvas)).data.filter((_, i) => i % 4 !== 3));

const numberAfter = async (element: Locator, words: RegExp) =>
  Number((await element.innerText()).replaceAll('−', '-').match(words)?.[1] ?? Number.NaN);

test('four samplers come from the same noise, and end where their laws say', async ({ visit, page }) => {
  await open(visit, 'leading,10,0.2,ddim,heun,dpmpp-2m,ddpm');
  await expect(scrubber(page)).toHaveValue('10');
  const evaluations = columns(page).locator('figcaption:has(.error)');
  for (const [i, count] of [10, 19, 10, 10].entries())
    await expect(evaluations.nth(i)).toContainText(`t = 0 · ${count} evaluations`);
  for (const [i, name] of (['ddim', 'heun', 'dpmpp-2m', 'ddpm'] as const).entries()) {
    const steps = samplers[name].make()(ladder(cosine(20), 'leading', 10));
    const { covariance } = lawAfter(steps, { mean: 0, variance: 0.04 }, { mean: 0, variance: 1 });
    const spread = await numberAfter(evaluations.nth(i), /noise ([\d.]+),/);
    expect(spread / Math.sqrt(covariance[0]?.[0] as number), name).toBeCloseTo(1, 1);
    if (i > 0) expect(await brightest(visit, differences(page).nth(i))).toBeGreaterThan(10);
  }
  const last = await visit.picture(states(page).first());

  await page.keyboard.press('Home');
  await expect(scrubber(page)).toHaveValue('0');
  await expect(evaluations.last()).toContainText('· 0 evaluations');
  const noise = await visit.picture(states(page).first());
  expect(noise).not.toBe(last);
  for (const i of [1, 2, 3]) {
    expect(await visit.picture(states(page).nth(i))).toBe(noise);
    expect(await brightest(visit, differences(page).nth(i))).toBe(0);
  }
  await view(page).getByRole('button', { name: 'Play' }).click();
  await expect(view(page).getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(scrubber(page)).toHaveValue('10');
  await expect(view(page).getByRole('button', { name: 'Play' })).toBeVisible();
  expect(await visit.picture(states(page).first())).toBe(last);
});

test('a sampler does not differ from itself, drawing noise or not', async ({ visit, page }) => {
  await open(visit, 'linspace,4,0.3,ddpm,ddpm,ddim');
  await expect(columns(page).nth(1).locator('.apart')).toHaveText('RMS 0');
  expect(await brightest(visit, differences(page).nth(1))).toBe(0);
  expect(await numberAfter(columns(page).nth(2).locator('.apart'), /RMS ([\d.]+)/)).toBeGreaterThan(0.01);
  // From the exact solution, the first differs as well.
  await view(page).getByLabel('Difference from').selectOption('exact');
  await expect(columns(page).first().locator('.apart')).toHaveText(/RMS 0\.\d+/);
  // The table's rows are places to go.
  const lit = view(page).locator('tr[aria-current=step]');
  await expect(lit).toContainText('1 → 0');
  await view(page).locator('.rows-of button').nth(2).click();
  await view(page).locator('.coefficients tbody tr').nth(2).click();
  await expect(scrubber(page)).toHaveValue('2');
  await expect(lit).toHaveAttribute('aria-rowindex', '4');
});

test('settings are in the link, and a link brings them back; what cannot be changes nothing', async ({
  visit,
  page,
}) => {
  await open(visit, 'leading,5,0.2,ddim,heun');
  await view(page).getByRole('button', { name: 'Add a run' }).click();
  await expect(columns(page)).toHaveCount(3);
  await view(page).getByLabel('Sampler 3').selectOption('lms');
  await view(page).getByLabel('Spacing').first().selectOption('quadratic');
  const steps = view(page).getByLabel('Steps', { exact: true });
  await steps.fill('7');
  await steps.press('Enter');
  const seed = view(page).getByLabel('Seed');
  await seed.fill('99');
  await seed.press('Enter');
  const there = /seed=99&.*compare=quadratic%2C7%2C0\.2%2Cddim%2Cheun%2Clms&.*view=compare/;
  await expect(page).toHaveURL(there);
  await page.reload();
  await expect(columns(page)).toHaveCount(3);
  await expect(steps).toHaveValue('7');
  await expect(columns(page).last().locator('.error')).toBeVisible();
  // T is 20.
  for (const text of ['0', '21', '']) {
    await steps.fill(text);
    await steps.press('Enter');
    await expect(view(page).locator('.refusal').first()).toContainText(`“${text}” is not valid`);
    await expect(steps).toHaveValue('7');
  }
  await expect(page).toHaveURL(there);
  await page.goto(`/#${SMALL}&view=compare&compare=leading,5,0.2,ddim,nobody&t=0`);
  await expect(visit.problem.last()).toContainText('nobody');
  await expect(columns(page)).toHaveCount(3);
});

test('errors fall by their orders, and are the library’s', async ({ visit, page }) => {
  await open(visit, 'log-snr,5,0.5,ddim,heun,dpmpp-2m');
  const plot = page.locator('diffuscope-error-plot');
  const legend = plot.locator('.orders li');
  await plot.locator('summary').click();
  const row = plot.locator('table.numbers tbody tr', { has: page.getByRole('rowheader', { name: '200' }) });
  await expect(row.locator('td').last()).not.toHaveText('–');
  for (const [i, name] of (['ddim', 'heun', 'dpmpp-2m'] as const).entries()) {
    const seen = await numberAfter(legend.nth(i), /slope here ([\d.]+)/);
    expect(Math.abs(seen - samplers[name].order), name).toBeLessThan(0.35);
    const steps = samplers[name].make()(ladder(cosine(1000), 'log-snr', 201).slice(0, -1));
    const error = lawError(steps, { mean: 0.3, variance: 0.25 });
    const [digits = '', power = '0'] = (await row.locator('td').nth(i).innerText()).split(/\s×\s10/);
    const exponent = [...power].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('');
    expect(Number(`${digits}e${power === '0' ? 0 : exponent}`) / error, name).toBeCloseTo(1, 2);
  }
  await plot.getByRole('combobox', { name: 'Against' }).selectOption('evaluations');
  // Heun's 200 steps to the last noisy level ask twice each.
  await expect(plot.locator('table.numbers tbody th').last()).toHaveText('400');
  await plot.getByRole('combobox', { name: 'Add a sampler…' }).selectOption('ddpm');
  await expect(legend.nth(3)).toContainText('DDPM order 1');
  await plot.getByLabel('deviation of the data').fill('-1');
  await plot.getByLabel('deviation of the data').press('Enter');
  await expect(plot.locator('.refusal')).toContainText('“-1” is not valid');
});

test('axe finds no obstacle, in either language, and nothing is wider than a phone', async ({
  visit,
  page,
}) => {
  await open(visit, 'leading,5,0.2,ddim,heun,dpmpp-2m,ddpm');
  expect(await obstacles(page, ['light', 'dark'], 'main.view')).toEqual([]);
  await page.keyboard.press('l');
  await expect(view(page).getByRole('heading', { name: '采样器并排比较' })).toBeVisible();
  expect(await obstacles(page, ['light'], 'main.view')).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  const beyond = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(beyond).toBe(0);
  const latin = await view(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    // The names of samplers are their own.
    for (const name of copy.querySelectorAll('select, .orders, .rows-of, thead, tbody th, math'))
      name.remove();
    const labels = [...copy.querySelectorAll('[aria-label], [title]')].flatMap((each) =>
      ['aria-label', 'title'].map((name) => each.getAttribute(name) ?? ''),
    );
    return [copy.textContent, ...labels].join(' ').match(/[A-Za-z]{2,}/g) ?? [];
  });
  const names = ['DDIM', 'DDPM', 'DPM', 'Heun', 'RMS', 'Wasserstein', 'space', 'SNR', 'dB'];
  expect(latin.filter((word) => !names.includes(word))).toEqual([]);
});
