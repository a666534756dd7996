/** Bayes at a pixel, the bound of the run, noise in colours and a schedule drawn by hand, as a visitor sees them. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

const probe = 'diffuscope-probe';
const number = (text: string) => Number(text.replaceAll('−', '-'));

/** Mean and variance of a role, as the card prints them. */
async function gaussian(page: Page, role: string): Promise<{ mean: number; variance: number }> {
  const [mean = '', variance = ''] = await page.locator(`${probe} tr.${role} td`).allTextContents();
  return { mean: number(mean), variance: number(variance) };
}

const drawn = async (page: Page) =>
  number(((await page.locator(`${probe} .draw`).textContent()) ?? '').replace('drawn: ', ''));

/** x_t, as the formula of the mean has it. */
const shownXt = async (page: Page) =>
  number(((await page.locator(`${probe} math .xt`).textContent()) ?? '').replace(/[()]/g, ''));

test('the posterior is the product of prior and likelihood, and its draw is the next state', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&run=reverse&t=10`);
  await visit.isAt('reverse', 10);
  await expect(page.locator(`${probe} .draw`)).toBeVisible();
  const [prior, likelihood, posterior] = await Promise.all(
    ['prior', 'likelihood', 'posterior'].map((role) => gaussian(page, role)),
  );
  if (!prior || !likelihood || !posterior) throw new Error('three rows are printed');
  // Precisions add; the figures are printed to four decimals.
  expect(1 / posterior.variance).toBeCloseTo(1 / prior.variance + 1 / likelihood.variance, 0);
  const weighed = prior.mean / prior.variance + likelihood.mean / likelihood.variance;
  expect(posterior.mean).toBeCloseTo(weighed * posterior.variance, 2);

  const draw = await drawn(page);
  await page.keyboard.press('ArrowRight');
  await visit.isAt('reverse', 9);
  await expect.poll(() => shownXt(page)).toBeCloseTo(draw, 3);
});

test('on the way there the draw is the state before', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=12`);
  await visit.isAt('forward', 12);
  await expect(page.locator(`${probe} .draw`)).toBeVisible();
  const draw = await drawn(page);
  await page.keyboard.press('ArrowLeft');
  await visit.isAt('forward', 11);
  await expect.poll(() => shownXt(page)).toBeCloseTo(draw, 3);
});

test('the pixel is chosen by pointer and by keyboard, the channel by name', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=10`);
  await visit.isAt('forward', 10);
  const title = page.locator(`${probe} h2`);
  await expect(title).toHaveText('Pixel (32, 32): Bayes at this step');
  await page.locator('.crosshair').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(title).toHaveText('Pixel (33, 42): Bayes at this step');
  const before = await gaussian(page, 'posterior');
  const box = await visit.x.boundingBox();
  if (!box) throw new Error('the stage is there');
  await visit.x.click({ position: { x: box.width * (5.5 / 64), y: box.height * (7.5 / 64) } });
  await expect(title).toHaveText('Pixel (5, 7): Bayes at this step');
  await expect.poll(() => gaussian(page, 'posterior')).not.toEqual(before);
  const red = await gaussian(page, 'posterior');
  await page.locator(`${probe} select`).selectOption('blue');
  await expect.poll(() => gaussian(page, 'posterior')).not.toEqual(red);
  // The arrow keys moved the pixel, not the run.
  await visit.isAt('forward', 10);
});

test('the bound is summed for the blurred oracle, and the badge says which one runs', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&t=10&denoiser=blurred-oracle`);
  await expect(page.locator('.badge.denoiser')).toHaveText('blurred oracle: knows x₀, out of focus');
  const cells = page.locator('diffuscope-bound td');
  await expect(cells).toHaveCount(4);
  const figures = async () => (await cells.allTextContents()).map(number);
  const [prior = 0, diffusion = 0, reconstruction = 0, sum] = await figures();
  expect(diffusion).toBeGreaterThan(0.1);
  expect(sum).toBeCloseTo(prior + diffusion + reconstruction, 3);
  await page.getByLabel('Decoder').selectOption('DDPM: bins');
  const [, same, bins] = await figures();
  expect(same).toBe(diffusion);
  expect(bins).not.toBe(reconstruction);

  await page.getByLabel('Denoiser').selectOption('oracle');
  await expect(page.locator('.badge.denoiser')).toHaveText('oracle: knows x₀');
  await expect.poll(async () => (await figures())[1]).toBe(0);
});

test('noise lives in other colours, and comes back to the source all the same', async ({ visit, page }) => {
  await visit.open(`${SMALL}&noise=luma-first&run=reverse&t=0`);
  await visit.isAt('reverse', 0);
  const source = await visit.picture(visit.x0);
  await expect.poll(() => visit.picture()).toBe(source);
  await page.keyboard.press('f');
  await page.keyboard.press('End');
  await visit.isAt('forward', 20);
  const luma = await visit.picture();
  await page.getByLabel('Noise in').selectOption('your own covariance');
  await expect.poll(() => visit.picture()).not.toBe(luma);
  const own = await visit.picture();
  // The link follows once all is still.
  await expect(page).toHaveURL(/&noise=custom&/);
  const url = page.url();
  await page.getByLabel('Σ RG').fill('7');
  await page.getByLabel('Σ RG').press('Enter');
  await expect(visit.problem).toContainText('positive definite');
  expect(await visit.picture()).toBe(own);
  expect(page.url()).toBe(url);
});

test('the curve is drawn by hand, and the link brings it back', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=10`);
  await visit.isAt('forward', 10);
  const before = await visit.picture();
  await page.locator('.handle').nth(2).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(/schedule=curve&/);
  await visit.isAt('forward', 10);
  await expect.poll(() => visit.picture()).not.toBe(before);
  const [url, drawnByHand] = [page.url(), await visit.picture()];
  await page.goto('about:blank');
  await page.goto(url);
  await visit.isAt('forward', 10);
  await expect.poll(() => visit.picture()).toBe(drawnByHand);
});
