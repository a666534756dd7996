/** The two views that explain: the way to them, the numbers in them, and both for everyone. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { condition } from '../../src/diffusion/gaussian.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { obstacles } from './axe.ts';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

const theorem = (page: Page) => page.locator('diffuscope-theorem');
const derivation = (page: Page) => page.locator('diffuscope-derivation');
const title = (view: Locator) => view.getByRole('heading', { level: 2 });
const link = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name });

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

/** The numbers in the fields of m, S, A, b, Q or y. */
const typed = (page: Page, name: string) =>
  theorem(page)
    .locator(`fieldset:has(legend i:text-is("${name}")) input`)
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).valueAsNumber));

const ROWS = ['K', 'mean', 'covariance'] as const;
type Row = (typeof ROWS)[number];

/** The numbers in a row of the results: by the Schur complement, then by precisions. */
async function shown(page: Page, row: Row): Promise<[number[], number[]]> {
  const cells = theorem(page).locator('tbody tr').nth(ROWS.indexOf(row)).getByRole('cell');
  const numbers = async (cell: Locator) => (await cell.locator('mn').allTextContents()).map(parsed);
  return [await numbers(cells.nth(0)), await numbers(cells.nth(1))];
}

const square = ([a = 0, b = 0, c = 0, d = 0]: number[]) => [
  [a, b],
  [c, d],
];

/** The posterior on the page is the library's for the numbers in the fields, both ways. */
async function expectConsistent(page: Page): Promise<void> {
  const [m, S, A, b, Q, y] = (await Promise.all(
    ['m', 'S', 'A', 'b', 'Q', 'y'].map((name) => typed(page, name)),
  )) as [number[], number[], number[], number[], number[], number[]];
  const prior = { mean: m, covariance: square(S) };
  const { mean, covariance, gain } = condition(prior, { A: square(A), b, Q: square(Q) }, y);
  const expected = { mean, covariance: covariance.flat(), K: gain.flat() };
  for (const row of ROWS) {
    const values = expected[row];
    for (const form of await shown(page, row)) {
      expect(form.length, row).toBe(values.length);
      for (const [i, value] of form.entries()) expect(value, row).toBeCloseTo(values[i] as number, 3);
    }
  }
}

test('the views open by link, by key and by hash, and the run goes on behind them', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&t=7`);
  await visit.isAt('forward', 7);
  await visit.charted();
  const picture = await visit.picture();
  await visit.x.evaluate((canvas) => canvas.setAttribute('data-kept', ''));

  await link(page, 'Theorem').click();
  await expect(title(theorem(page))).toBeVisible();
  await expect(visit.x).toBeHidden();
  await expect(page).toHaveURL(/&view=theorem&run=forward&t=7$/);
  await expect(link(page, 'Theorem')).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('d');
  await expect(title(derivation(page))).toBeVisible();
  await expect(theorem(page)).toHaveCount(0);
  await page.keyboard.press('t');
  await expect(title(theorem(page))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(visit.x).toBeVisible();
  await visit.isAt('forward', 7);
  await expect(visit.x).toHaveAttribute('data-kept');
  expect(await visit.picture()).toBe(picture);
  await page.goBack();
  await expect(title(theorem(page))).toBeVisible();

  await page.goto('about:blank');
  await page.goto(`/#${SMALL}&t=7&view=derivation`);
  await expect(title(derivation(page))).toBeVisible();
  await page.evaluate(() => {
    location.hash = `${location.hash.replace('derivation', 'theorem')}`;
  });
  await expect(title(theorem(page))).toBeVisible();
});

test('a view that is none is said to mean nothing', async ({ visit }) => {
  await visit.open(`${SMALL}&t=7&view=nowhere`);
  await expect(visit.problem).toContainText('view=nowhere');
  await expect(visit.x).toBeVisible();
});

test('the derivation carries the numbers of the present t', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=derivation`);
  const view = derivation(page);
  const schedule = cosine(20);
  const numbers = async (section: string) =>
    (await view.locator(`#${section} tbody td`).allTextContents()).map(parsed);
  const expectNumbers = async (t: number) => {
    await expect(view.locator('.bar p')).toContainText(`t=${t},`);
    const { a, b, variance } = posterior(schedule, t - 1, t);
    const rows = await numbers('forms');
    for (const form of [0, 1]) {
      expect(rows[3 * 0 + form]).toBeCloseTo(a, 6);
      expect(rows[3 * 1 + form]).toBeCloseTo(b, 6);
      expect(rows[3 * 3 + form]).toBeCloseTo(variance, 6);
    }
    expect(rows[2]).toBeLessThan(1e-14);
  };
  await expectNumbers(7);
  const before = await view.locator('#conjugate .equation').allTextContents();
  await page.keyboard.press('ArrowRight');
  await expectNumbers(8);
  expect(await view.locator('#conjugate .equation').allTextContents()).not.toEqual(before);

  // Bayes' rule multiplied out, and the closed form.
  const densities = view.locator('#bayes .equation').last().locator('.posterior mn');
  const values = (await densities.allTextContents()).map(parsed);
  expect(values.at(0)).toBeCloseTo(values.at(-1) as number, 5);

  await view.getByRole('slider').fill('1');
  await expect(view.locator('.bar p')).toContainText('t=1,');
  await expect(view.locator('#careless')).toContainText('NaN');
  await expect(view.locator('#theorem')).toContainText('S is not positive definite');
  await view.getByRole('slider').fill('0');
  await expect(view.locator('article > .aside')).toContainText('t = 0');
});

test('the files that the derivation names are there', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=derivation`);
  const paths = derivation(page).locator('.aside code');
  await expect(paths.first()).toBeVisible();
  for (const path of await paths.allTextContents()) expect(() => readFileSync(path), path).not.toThrow();
});

test('points are dragged and pushed, and the posterior follows', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=theorem`);
  const handle = (name: string) => theorem(page).locator(`.handle[data-name="${name}"]`);
  await expect(title(theorem(page))).toBeVisible();
  await expectConsistent(page);
  for (const name of ['m', 'S1', 'S2', 'y', 'Q1', 'Q2', 'A1', 'A2']) {
    const row = name === 'm' || name === 'y' || name === 'A1' ? 'mean' : 'covariance';
    let before = await shown(page, row);
    await handle(name).scrollIntoViewIfNeeded();
    const box = await handle(name).locator('.dot').boundingBox();
    if (!box) throw new Error(`${name} is nowhere`);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 21, box.y + box.height / 2 - 13, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => shown(page, row), name).not.toEqual(before);
    await expectConsistent(page);
    before = await shown(page, row);
    await handle(name).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => shown(page, row), name).not.toEqual(before);
    await expectConsistent(page);
  }
  // The arrow keys were the points', not the run's.
  await expect(page).toHaveURL(/&t=7$/);
});

test('numbers are typed; what is no covariance is turned down', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=theorem`);
  const field = (name: string) => theorem(page).getByLabel(name, { exact: true });
  const type = async (name: string, value: string) => {
    await field(name).fill(value);
    await field(name).press('Enter');
  };
  const refusal = theorem(page).getByRole('status');
  await type('S₁₂', '0.3');
  await expect(field('S₂₁')).toHaveValue('0.3');
  await type('A₂₁', '-0.5');
  await type('b₂', '0.25');
  await expectConsistent(page);
  const before = await shown(page, 'covariance');
  await type('S₂₁', '7');
  await expect(refusal).toContainText('S is not positive definite');
  await expect(field('S₂₁')).toHaveValue('0.3');
  await type('y₁', '');
  await expect(refusal).toContainText('enter a number');
  await type('Q₁₁', '-1');
  await expect(refusal).toContainText('Q is not positive definite');
  expect(await shown(page, 'covariance')).toEqual(before);
  await type('y₁', '0.125');
  await expect(refusal).toBeEmpty();
});

test('examples: a band, and an error that leaves the picture', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=theorem`);
  const choose = (name: string) => theorem(page).getByRole('button', { name }).click();
  await choose('Sensor fusion');
  await expectConsistent(page);
  await choose('Projection');
  await expect(theorem(page).locator('.plane.x polygon')).toHaveCount(2);
  await expectConsistent(page);
  const picture = await theorem(page).locator('.planes').innerHTML();
  await choose('Badly conditioned');
  await expect(theorem(page).getByRole('status')).toContainText(
    'Q is badly conditioned: its condition number',
  );
  expect(await theorem(page).locator('.planes').innerHTML()).toBe(picture);
  await expect(theorem(page).getByRole('button', { name: 'Projection' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('following the run, the theorem gives what the probe gives', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=theorem`);
  const follow = theorem(page).getByRole('checkbox', { name: 'follow the run (t = 7)' });
  await follow.check();
  await expect(theorem(page)).toContainText('the same numbers');
  const { a, variance } = posterior(cosine(20), 6, 7);
  expect((await shown(page, 'covariance'))[0][0]).toBeCloseTo(variance, 4);
  expect((await shown(page, 'K'))[0][0]).toBeCloseTo(a, 4);
  await page.getByRole('heading', { name: 'Numbers' }).click();
  await page.keyboard.press('ArrowRight');
  await expect(theorem(page)).toContainText('t = 8');
  await expect
    .poll(async () => (await shown(page, 'covariance'))[0][0])
    .toBeCloseTo(posterior(cosine(20), 7, 8).variance, 4);
});

for (const view of ['theorem', 'derivation'] as const) {
  test(`axe finds no obstacle in the ${view}`, async ({ page }) => {
    await page.goto(`/#${SMALL}&t=7&view=${view}`);
    await expect(page.locator(`diffuscope-${view} h2`)).toBeVisible();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await obstacles(page, ['light', 'dark']), `${width} pixels wide`).toEqual([]);
    }
  });

  test(`nothing in the ${view} is wider than the screen, in either language`, async ({ page }) => {
    await page.goto(`/#${SMALL}&t=7&view=${view}`);
    await expect(page.locator(`diffuscope-${view} h2`)).toBeVisible();
    for (const language of ['en', 'zh-Hans']) {
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      for (const width of [360, 1024, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        const wider = await page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('main.view, .equation')]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(
              ({ tagName, textContent, scrollWidth }) =>
                `${tagName}, ${scrollWidth}: ${textContent?.slice(0, 80)}`,
            ),
        );
        expect(wider, `${width} pixels, ${language}`).toEqual([]);
      }
      await page.getByRole('main').press('l');
    }
  });

  test.describe('in a Chinese browser', () => {
    test.use({ locale: 'zh-CN' });

    test(`the ${view} is in Chinese, all of it`, async ({ page }) => {
      await page.goto(`/#${SMALL}&t=7&view=${view}`);
      await expect(page.locator(`diffuscope-${view} h2`)).toBeVisible();
      const words = await page.locator('main.view').evaluate((main) => {
        const labels = [...main.querySelectorAll('[aria-label]')].map((element) =>
          element.getAttribute('aria-label'),
        );
        for (const foreign of main.querySelectorAll('code, math, svg, [lang=en]')) foreign.remove();
        return [(main as HTMLElement).innerText, ...labels].join(' ').match(/[A-Za-z]{2,}/g);
      });
      const names = 'Ho DDIM VDM SNR Woodbury betas float GPU NaN Tab Shift src diffusion posterior ts';
      expect([...new Set(words)].filter((word) => !names.split(' ').includes(word))).toEqual([]);
    });
  });
}

test('a derivation’s formula leads to the file that computes it', async ({ page }) => {
  await page.goto(`/#${SMALL}&t=7&view=derivation`);
  await page.getByRole('button', { name: 'src/diffusion/posterior.ts' }).first().click();
  const file = page.getByRole('dialog', { name: 'src/diffusion/posterior.ts' });
  await expect(file.locator('pre')).toContainText('export function posterior(');
  await page.keyboard.press('Escape');
  await expect(file).toBeHidden();
  await expect(page.locator('diffuscope-derivation h2')).toBeVisible();
});
