/** Watching a run: it plays by itself, stops, goes anywhere, and a link brings it back. */
import { firstPictureOf } from './first-picture.ts';
import { expect, test } from './fixture.ts';
import { type Pixels, SMALL } from './visit.ts';

const dot = (u: readonly number[], v: readonly number[]) =>
  u.reduce((sum, x, i) => sum + x * (v[i] as number), 0);

function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, x) => sum + x) / values.length;
    return values.map((x) => x - mean);
  };
  const [u, v] = [centred(a), centred(b)];
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}

/** Without opacity, which is the same everywhere. */
const colours = ({ data }: Pixels) => data.filter((_, i) => i % 4 !== 3);

test('the run opens of few scripts, names the GPU and plays by itself', async ({ visit, page }) => {
  // So slowly that it is still under way when it is looked at.
  expect(await firstPictureOf(page, 100_000, '/#view=run&rate=5')).toBeGreaterThan(50_000);
  await expect(visit.pause).toBeVisible();
  await expect(page.locator('header .gpu')).toHaveText(/\w+\s.*· [\d.]+ ms\/step/s);
  await expect.poll(() => visit.t()).toBeGreaterThan(3);
  await expect(visit.badge).toHaveText('Forward q');
  await expect(page.locator('.badge.denoiser')).toHaveText('oracle: knows x₀');
});

test('it plays the picture into noise and back, and rests on the source', async ({ visit, page }) => {
  await visit.open(`${SMALL}&rate=30`);
  await expect(visit.badge).toHaveText('Reverse p');
  await expect(page.locator('.badge.denoiser')).toHaveText('oracle: knows x₀');
  await visit.isAt('reverse', 0);
  await expect(visit.play).toBeVisible();
  expect(await visit.picture()).toBe(await visit.picture(visit.x0));
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('it rests mid-way', async ({ visit }) => {
    await visit.open(SMALL);
    await expect(visit.play).toBeVisible();
    await visit.isAt('forward', 8);
  });
});

test('play and pause by button and by space', async ({ visit, page }) => {
  // Forward for 100 seconds.
  await visit.open('size=64&T=100&rate=1&t=0');
  await visit.isAt('forward', 0);
  await visit.play.click();
  await expect.poll(() => visit.t()).toBeGreaterThan(0);
  await visit.pause.click();
  const paused = await visit.t();
  await visit.isAt('forward', paused);
  // Off the button, whose own key space is.
  await visit.pause.or(visit.play).evaluate((button) => (button as HTMLElement).blur());
  await page.keyboard.press('Space');
  await expect(visit.pause).toBeVisible();
  await expect.poll(() => visit.t()).toBeGreaterThan(paused);
  await page.keyboard.press('Space');
  await expect(visit.play).toBeVisible();
});

test('keys step, skip and jump along the run', async ({ visit, page }) => {
  await visit.open('size=64&T=40&t=5');
  const press = async (key: string, direction: 'forward' | 'reverse', t: number) => {
    await page.keyboard.press(key);
    await visit.isAt(direction, t);
  };
  await press('ArrowRight', 'forward', 6);
  await press('ArrowLeft', 'forward', 5);
  await press('Shift+ArrowRight', 'forward', 7);
  await press('Shift+ArrowLeft', 'forward', 5);
  await press('r', 'reverse', 5);
  await press('ArrowRight', 'reverse', 4);
  await press('f', 'forward', 4);
  await press('End', 'forward', 40);
  await press('ArrowRight', 'reverse', 40);
  await press('Home', 'reverse', 0);
  await press('ArrowRight', 'reverse', 0);
  await page.keyboard.press('f');
  await press('Home', 'forward', 0);
  await press('ArrowLeft', 'forward', 0);
});

test('buttons and the scrubber move along the run, and the keys still work after', async ({
  visit,
  page,
}) => {
  await visit.open();
  await page.getByRole('button', { name: 'One step ahead' }).click();
  await visit.isAt('forward', 1);
  await page.getByRole('button', { name: 'One step back' }).click();
  await visit.isAt('forward', 0);
  await visit.scrubber.click();
  await visit.isAt('forward', 10);
  await page.keyboard.press('ArrowRight');
  await visit.isAt('forward', 11);
  await page.keyboard.press('r');
  await visit.isAt('reverse', 11);
  await page.keyboard.press('Space');
  await visit.isAt('reverse', 0);
  await page.getByRole('button', { name: 'Forward q image to noise' }).click();
  await visit.isAt('forward', 0);
});

test('both strips fill, and their frames are places to go', async ({ visit }) => {
  await visit.open();
  await visit.charted();
  await visit.frame('forward', 11).click();
  await visit.isAt('forward', 11);
  const dissolving = await visit.picture();
  await visit.frame('reverse', 11).click();
  await visit.isAt('reverse', 11);
  // Two draws at the same t are not the same picture, and going back is.
  expect(await visit.picture()).not.toBe(dissolving);
  await visit.frame('forward', 11).click();
  await visit.isAt('forward', 11);
  expect(await visit.picture()).toBe(dissolving);
});

test('the forward run ends in pure noise', async ({ visit }) => {
  await visit.open(`${SMALL}&t=20`);
  await visit.isAt('forward', 20);
  const noise = colours(await visit.pixels());
  const source = colours(await visit.pixels(visit.x0));
  const clipped = noise.filter((byte) => byte === 0 || byte === 255).length / noise.length;
  // N(0, 1) is outside [−1, 1] with probability 0.317; bounds are five standard deviations of 12288 draws.
  expect(clipped).toBeGreaterThan(0.317 - 0.021);
  expect(clipped).toBeLessThan(0.317 + 0.021);
  expect(Math.abs(correlation(noise, source))).toBeLessThan(0.045);
  expect(Math.abs(correlation(noise.slice(3), noise.slice(0, -3)))).toBeLessThan(0.045);
});

test('+ and − change the speed, whether or not it was chosen before', async ({ visit, page }) => {
  await visit.open();
  const speed = page.getByLabel('Speed');
  await expect(speed).toHaveValue('120');
  await page.keyboard.press('+');
  await expect(speed).toHaveValue('240');
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await expect(speed).toHaveValue('60');
  await speed.selectOption('1000');
  await expect(page).toHaveURL(/rate=1000&/);
  await speed.blur();
  await page.keyboard.press('+');
  await expect(speed).toHaveValue('Infinity');
  await page.keyboard.press('-');
  await expect(speed).toHaveValue('1000');
  await expect(page).toHaveURL(/rate=1000&/);
});

test('a new seed is new noise at the same place', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=9`);
  await visit.isAt('forward', 9);
  const [link, before] = [page.url(), await visit.picture()];
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(link);
  await visit.isAt('forward', 9);
  expect(await visit.picture()).not.toBe(before);
  const seed = page.getByLabel('Seed', { exact: true });
  await seed.fill('20240');
  await seed.press('Enter');
  await expect(page).toHaveURL(link);
  await expect.poll(() => visit.picture()).toBe(before);
});

test('two settings changed at once are both kept', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=9`);
  await page.getByRole('combobox', { name: 'Schedule' }).selectOption('linear');
  await page.getByRole('combobox', { name: 'Colour' }).selectOption('grey');
  await expect(page).toHaveURL(/colour=grey&schedule=linear/);
});

test('a link reopens the same run at the same place, to the pixel', async ({ visit, page }) => {
  const link = 'image=planet&size=64&T=20&seed=7&schedule=linear&start=fresh&run=reverse&t=6';
  await visit.open(link);
  await visit.isAt('reverse', 6);
  const [url, picture] = [page.url(), await visit.picture()];
  // Elsewhere first, so that it is not merely what was there before.
  await page.goto('about:blank');
  await page.goto(url);
  await visit.isAt('reverse', 6);
  await expect.poll(() => visit.picture()).toBe(picture);
  expect(page.url()).toBe(url);
});

test('the link can be edited, and the browser goes back and forward', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=3`);
  await visit.isAt('forward', 3);
  await page.evaluate(() => {
    location.hash = 'size=64&T=10&run=reverse&t=8';
  });
  await visit.isAt('reverse', 8);
  await expect(visit.caption).toContainText('of 10');
  await page.goBack();
  await visit.isAt('forward', 3);
  await expect(visit.caption).toContainText('of 20');
  await page.goForward();
  await visit.isAt('reverse', 8);
});

test('a link that names no place keeps the present one, in proportion', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=20`);
  await visit.isAt('forward', 20);
  await page.evaluate(() => {
    location.hash = 'T=10';
  });
  await expect(visit.caption).toContainText('of 10');
  await visit.isAt('forward', 10);
});

test('the link is shared and the picture saved', async ({ visit, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.open(`${SMALL}&t=4`);
  await visit.isAt('forward', 4);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(visit.news).toContainText('on the clipboard');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await download).suggestedFilename()).toBe('diffuscope-forward-t4.png');
});

test('fast normals are chosen in the settings, are another run, and are named in the link and the file', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&t=4`);
  await visit.isAt('forward', 4);
  const before = await visit.pixels();
  const warning = page.getByText('cannot be reproduced in JAX');
  await expect(warning).toHaveCount(0);
  await page.getByLabel('Normals').selectOption('fast');
  await expect(page).toHaveURL(/normals=fast/);
  await expect(warning).toBeVisible();
  await visit.isAt('forward', 4);
  await expect.poll(async () => (await visit.pixels()).data).not.toEqual(before.data);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await download).suggestedFilename()).toBe('diffuscope-forward-t4-fast-noise.png');
});
