/** Runs that turn part-way, and those that lead a picture to its own noise and back. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

const strength = (page: Page) => page.getByRole('spinbutton', { name: 'Strength' });
const start = (page: Page) => page.getByRole('combobox', { name: 'Reverse from' });
const sampler = (page: Page) => page.getByRole('combobox', { name: 'Sampler', exact: true });
const scrubber = (page: Page) => page.locator('.scrubber');
const missed = (page: Page) => page.locator('.missed');
const notices = (page: Page) => page.locator('diffuscope-notices');

test('a strength is where the run turns, the link has it, and what is no strength is said', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&run=reverse&t=20`);
  await visit.isAt('reverse', 20);
  await expect(scrubber(page)).toHaveAttribute('max', '20');
  await strength(page).fill('0.5');
  await strength(page).press('Enter');
  await expect(scrubber(page)).toHaveAttribute('max', '10');
  await expect(page).toHaveURL(/&strength=0\.5&.*&run=reverse&t=10$/);
  await expect(page.locator('diffuscope-bound')).toContainText('for whole runs');

  await strength(page).fill('1.5');
  await strength(page).press('Enter');
  await expect(notices(page)).toContainText('strength: “1.5” is not a valid value');
  await expect(strength(page)).toHaveValue('0.5');
  await expect(scrubber(page)).toHaveAttribute('max', '10');

  // The exact chain with an oracle undoes whatever was done.
  await visit.charted();
  await expect(missed(page)).toHaveText('ends RMS 0.0000 from x₀');
  // From fresh noise the way back is whole, whatever the strength.
  await start(page).selectOption('fresh');
  await expect(scrubber(page)).toHaveAttribute('max', '20');
  await expect(strength(page)).toBeDisabled();
});

test('a sampler’s run turns at the level of its first step, also between two times', async ({
  visit,
  page,
}) => {
  // Of 6 steps by Karras the last 3; none of their times is whole.
  await visit.open(`${SMALL}&sampler=heun&spacing=karras&steps=6&strength=0.5&denoiser=gaussian`);
  await visit.charted();
  await expect(missed(page)).toHaveText(/^ends RMS 0\.\d{4} from x₀$/);
  await expect(missed(page)).not.toHaveText('ends RMS 0.0000 from x₀');
  const most = Number(await scrubber(page).getAttribute('max'));
  expect(Number.isInteger(most)).toBe(true);
  expect(most).toBeLessThan(20);
  await page.keyboard.press('r');
  await page.keyboard.press('End');
  await visit.isAt('reverse', most);
});

test('a picture’s own noise is found, and led back; samplers that draw noise cannot, and say so', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&denoiser=blurred-oracle&radius=3&run=reverse&t=0`);
  await visit.isAt('reverse', 0);
  await expect(sampler(page)).toHaveValue('posterior');
  await start(page).selectOption('inversion');
  await expect(notices(page)).toContainText('DDIM is chosen');
  await expect(sampler(page)).toHaveValue('ddim');
  await expect(page).toHaveURL(/&start=inversion&strength=1&.*&sampler=ddim&/);
  await expect(page.locator('.run-name').first()).toContainText('Inversion');
  await visit.charted();
  // It ends in what the denoiser says, the blurred picture.
  const text = await missed(page).innerText();
  expect(Number(/RMS (\S+)/.exec(text)?.[1])).toBeGreaterThan(0.01);

  await sampler(page).selectOption('ddpm');
  await expect(notices(page)).toContainText('This sampler draws noise at every step');
  await expect(sampler(page)).toHaveValue('ddim');
  await page.getByRole('combobox', { name: 'Noise in' }).selectOption('luma-first');
  await expect(notices(page)).toContainText('independent in every channel');
  await expect(page).toHaveURL(/&start=inversion&/);

  // The link opens the same run.
  const url = page.url();
  await page.goto('about:blank');
  await page.goto(url);
  await visit.charted();
  await expect(missed(page)).toHaveText(text);
  await page.locator('header .language').click();
  await expect(page.locator('.run-name').first()).toContainText('反演');
});

test('a link made before there was a strength opens the same run', async ({ visit, page }) => {
  await visit.open(`${SMALL}&start=forward&sampler=ddpm&steps=5&run=reverse&t=20`);
  await visit.isAt('reverse', 20);
  await expect(strength(page)).toHaveValue('1');
  await expect(scrubber(page)).toHaveAttribute('max', '20');
});
