/** The opening view: noise becomes new images, and whatever is said of them is so. */
import type { Page } from '@playwright/test';
import { obstacles } from './axe.ts';
import { firstPictureOf } from './first-picture.ts';
import { expect, test } from './fixture.ts';
import { gpuBytes, tear } from './torn.ts';
import type { Pixels, Visit } from './visit.ts';

/** Few images, few steps, and a set of 128 rings of 32 × 32 in grey. */
const TINY = 'view=generate&set=ring&k=25&n=4&steps=5&seed=3';

declare global {
  interface Window {
    /** Of the buffers for sets, in bytes. */
    sizes: number[];
  }
}

const view = (page: Page) => page.locator('diffuscope-generate');
const wall = (page: Page) => view(page).locator('diffuscope-wall');
const tile = (page: Page, b: number) => wall(page).locator(`[data-sample="${b}"]`);
const stage = (page: Page) => view(page).locator('diffuscope-generated');
const film = (page: Page) => view(page).locator('diffuscope-film');
const scrubber = (page: Page) => film(page).getByRole('slider');
const chips = (page: Page) => wall(page).locator('.chip');

/** Opened, played to the end, and measured. */
async function finished(page: Page, link = TINY): Promise<void> {
  await page.goto(`/#${link}`);
  await expect(chips(page).first()).toBeAttached();
}

/** Tile `b` of the wall, cut out. */
async function tilePixels(visit: Visit, b: number, columns = 2): Promise<number[]> {
  const { width, data } = await visit.pixels(wall(visit.page).locator('canvas.x'));
  const size = width / columns;
  const [left, top] = [(b % columns) * size, Math.floor(b / columns) * size];
  return Array.from({ length: size }, (_, y) => {
    const from = 4 * ((top + y) * width + left);
    return data.slice(from, from + 4 * size);
  }).flat();
}

const values = ({ data }: Pixels) => data.filter((_, i) => i % 4 === 0).map((byte) => byte / 127.5 - 1);
const rms = (x: readonly number[], y: readonly number[]) =>
  Math.sqrt(x.reduce((sum, value, i) => sum + (value - (y[i] as number)) ** 2, 0) / x.length);

test('the page opens on noise that becomes faces, and fetches little for it', async ({ page }) => {
  // What the picture came of is counted.
  expect(await firstPictureOf(page, 100_000, '/')).toBeGreaterThan(30_000);
  await page.waitForFunction(() => performance.getEntriesByName('diffuscope: moving').length > 0);
  await expect(wall(page).locator('.badge.denoiser')).toHaveText('Local posterior mean: generates');
  await expect(page.locator('header nav [aria-current=page]')).toHaveText('Generate');
  await expect(film(page)).toContainText('of 30');
});

test('it plays to the end by itself, and says how new every sample is', async ({ visit, page }) => {
  await finished(page);
  await expect(scrubber(page)).toHaveValue('5');
  await expect(chips(page)).toHaveCount(4);
  await expect(view(page).locator('.novelty')).toContainText('of 4 are not copies');

  // What the page says of sample 2 is so: computed here from the pixels on the screen.
  await tile(page, 1).click();
  await expect(stage(page).locator('figure.nearest b')).toContainText('RMS');
  const said = Number((await stage(page).locator('figure.nearest b').innerText()).match(/RMS ([\d.]+)/)?.[1]);
  await expect.poll(async () => (await visit.pixels(stage(page).locator('canvas.x'))).width).toBe(32);
  const sample = values(await visit.pixels(stage(page).locator('canvas.x')));
  const nearest = values(await visit.pixels(stage(page).locator('canvas.nearest')));
  expect(rms(sample, nearest)).toBeCloseTo(said, 1.5);
  // And nothing in the set is nearer.
  const known = view(page).locator('.known canvas');
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 120; i += 7)
    least = Math.min(least, rms(sample, values(await visit.pixels(known.nth(i)))));
  expect(least).toBeGreaterThan(said - 0.01);
});

test('a tile comes to the stage as the same picture, and can be followed from noise to image', async ({
  visit,
  page,
}) => {
  await finished(page);
  const expected = await tilePixels(visit, 2);
  await tile(page, 2).click();
  await expect(stage(page)).toBeVisible();
  const x = stage(page).locator('canvas.x');
  await expect.poll(async () => (await visit.pixels(x)).data).toEqual(expected);
  await expect(stage(page).locator('.badge.denoiser')).toHaveText('Local posterior mean: generates');
  await expect(film(page).locator('.frame.empty')).toHaveCount(0);

  // Back by the scrubber's keys, by a frame, by the page's keys; the wall follows.
  await scrubber(page).press('Home');
  await expect(stage(page).locator('figcaption').first()).toContainText('step 0 of 5');
  await expect(page).toHaveURL(/&sample=2&t=5$/);
  const noise = await visit.picture(x);
  expect(await visit.picture(stage(page).locator('canvas.x0-hat'))).not.toBe(noise);
  await expect.poll(() => tilePixels(visit, 2)).toEqual((await visit.pixels(x)).data);
  await film(page).locator('.frame[data-p="3"]').click();
  await expect(stage(page).locator('figcaption').first()).toContainText('step 3 of 5');
  await stage(page).locator('.main figcaption').click();
  await page.keyboard.press('ArrowRight');
  await expect(stage(page).locator('figcaption').first()).toContainText('step 4 of 5');
  await page.keyboard.press('End');
  await expect.poll(async () => (await visit.pixels(x)).data).toEqual(expected);
  await page.keyboard.press('Space');
  await expect(stage(page).locator('figcaption').first()).toContainText('step 5 of 5');
  await page.keyboard.press('Escape');
  await expect(stage(page)).toBeHidden();
  await expect(tile(page, 2)).toBeFocused();
});

test('arrow keys move from tile to tile, and Enter picks one', async ({ page }) => {
  await finished(page);
  await tile(page, 0).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(tile(page, 3)).toBeFocused();
  await expect(tile(page, 3)).toHaveAttribute('aria-label', /^Sample 4 of 4: .*[\d.]+ from/);
  await page.keyboard.press('Enter');
  await expect(tile(page, 3)).toHaveAttribute('aria-pressed', 'true');
});

test('branches come apart early, and hardly at all late', async ({ page }) => {
  await finished(page, `${TINY}&steps=10`);
  await tile(page, 0).click();
  const branches = view(page).locator('diffuscope-branches');
  const branch = branches.getByRole('button', { name: /Branch at step/ });
  await expect(branch).toBeDisabled();
  const apart: number[] = [];
  for (const step of [1, 9]) {
    await scrubber(page).fill(String(step));
    await expect(branch).toContainText(`step ${step}`);
    if (step === 1) await branch.click();
    else await page.keyboard.press('b');
    await expect(branches.locator('figcaption')).toHaveText(`8 branches from step ${step}`);
    await expect(branches.locator('.badge')).toHaveText('Local posterior mean: generates');
    await expect(branches.locator('.verdict')).toBeVisible();
    apart.push(Number((await branches.locator('.verdict').innerText()).match(/RMS ([\d.]+)/)?.[1]));
  }
  expect(apart[0]).toBeGreaterThan(5 * (apart[1] as number));
  await expect(branches.locator('circle')).toHaveCount(2);
});

test('the ideal denoiser says that it memorises, and which image the noise is becoming', async ({
  visit,
  page,
}) => {
  await finished(page, `${TINY}&denoiser=ideal&sample=1`);
  await expect(wall(page).locator('.badge.denoiser')).toHaveText('Exact posterior mean: memorises');
  await expect(view(page).locator('.novelty')).toContainText('0 of 4 are not copies');
  for (const b of [0, 1, 2, 3])
    await expect(tile(page, b)).toHaveAttribute('aria-label', /a copy, .* from an image of the set$/);
  await expect(stage(page).locator('.badge.denoiser')).toHaveText('Exact posterior mean: memorises');
  const becoming = view(page).locator('diffuscope-becoming');
  await expect(becoming.locator('li b').first()).toHaveText('100.0 %');
  await expect(becoming).toContainText('0.00 bits are open, of log₂ N = 7.00');
  // What it has become is what it is nearest to, to the pixel.
  const [x, nearest] = [stage(page).locator('canvas.x'), stage(page).locator('canvas.nearest')];
  const apart = async () => rms(values(await visit.pixels(x)), values(await visit.pixels(nearest)));
  await expect.poll(apart).toBeLessThan(0.01);
  const name = await becoming.locator('li .name').first().innerText();
  await expect(stage(page).locator('figure.nearest figcaption')).toContainText(name);
  await scrubber(page).press('Home');
  const open = async () => Number((await becoming.innerText()).match(/([\d.]+) bits are open/)?.[1]);
  await expect.poll(open).toBeGreaterThan(3);
  expect(await open()).toBeLessThanOrEqual(7);
});

test('the Wiener denoiser takes the spectrum of the image that is chosen', async ({ visit, page }) => {
  await page.goto(`/#${TINY}&set=shapes&denoiser=wiener&source=3`);
  await expect(wall(page).locator('.badge.denoiser')).toHaveText('Wiener: new textures from one spectrum');
  await expect(scrubber(page)).toHaveValue('5');
  const x = wall(page).locator('canvas.x');
  const before = await visit.picture(x);
  await view(page).locator('.known button').nth(30).click();
  await expect(page).toHaveURL(/source=30&/);
  await expect(scrubber(page)).toHaveValue('5');
  await expect.poll(() => visit.picture(x)).not.toBe(before);
  await expect(chips(page)).toHaveCount(0);
  // That is more images than the set has.
  await page.goto(`/#${TINY}&set=shapes&denoiser=wiener&source=300`);
  await expect(visit.problem.filter({ hasText: 'no image 301 in a set of 288' })).toBeVisible();
  await expect(page).toHaveURL(/source=30&/);
});

test('a link brings everything back, and what cannot be changes nothing', async ({ visit, page }) => {
  await finished(page);
  await tile(page, 1).click();
  await expect(stage(page)).toBeVisible();
  await view(page).getByLabel('Sampler').selectOption('heun');
  await expect(page).toHaveURL(/sampler=heun/);
  // Heun's steps look twice, but for the last.
  await expect(scrubber(page)).toHaveAttribute('max', '9');
  await expect.poll(() => scrubber(page).inputValue()).toBe('9');
  await scrubber(page).fill('6');
  await expect(page).toHaveURL(/n=4&seed=3&sampler=heun&steps=5&eta=0&sample=1&t=3$/);
  const x = stage(page).locator('canvas.x');
  await expect(stage(page).locator('figcaption').first()).toContainText('step 6 of 9');
  const before = await visit.picture(x);
  const url = page.url();
  await page.reload();
  await expect(stage(page).locator('figcaption').first()).toContainText('step 6 of 9');
  await expect.poll(() => visit.picture(x)).toBe(before);
  expect(page.url()).toBe(url);

  const steps = view(page).getByLabel('Steps');
  for (const text of ['1', '999', '']) {
    await steps.fill(text);
    await steps.press('Enter');
    await expect(visit.problem.last()).toContainText(`steps: “${text}” is not a valid value`);
    await expect(steps).toHaveValue('5');
  }
  await page.goto('/#view=generate&set=nowhere');
  await expect(visit.problem.filter({ hasText: 'nowhere' }).first()).toBeVisible();
  await expect.poll(() => visit.picture(x)).toBe(before);
  await page.goto(`/#${TINY}&n=0&sample=9&wall=1`);
  await expect(visit.problem.last()).toContainText('n=0, wall=1, sample=9');
});

test('other noise is other images; the run’s view and back is the same', async ({ visit, page }) => {
  await finished(page);
  const x = wall(page).locator('canvas.x');
  const before = await visit.picture(x);
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(/seed=3&/);
  await expect(scrubber(page)).toHaveValue('5');
  await expect(chips(page)).toHaveCount(4);
  const other = await visit.picture(x);
  expect(other).not.toBe(before);
  await page.goto('/#size=64&T=20&t=5');
  await visit.isAt('forward', 5);
  await page.locator('header nav a').first().click();
  await expect(chips(page)).toHaveCount(4);
  await expect.poll(() => visit.picture(x)).toBe(other);
});

test('a set is put in order and uploaded once for the wall, its sample, its branches and the walls after it', async ({
  page,
}) => {
  // 128 rings of a byte a pixel, eight by eight.
  const size = 128 * 32 * 32;
  await page.addInitScript(() => {
    window.sizes = [];
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      if (descriptor.label === 'set of images') window.sizes.push(descriptor.size);
      return createBuffer.call(this, descriptor);
    };
  });
  const uploads = () => page.evaluate((size) => window.sizes.filter((one) => one === size).length, size);
  await finished(page);
  expect(await uploads()).toBe(1);
  await tile(page, 1).click();
  await expect(stage(page)).toBeVisible();
  await expect.poll(() => page.url()).toContain('sample=1');
  await scrubber(page).fill('2');
  await expect(stage(page).locator('figcaption').first()).toContainText('step 2 of 5');
  await page.keyboard.press('b');
  await expect(view(page).locator('diffuscope-branches figcaption')).toHaveText('8 branches from step 2');
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(/seed=3&/);
  await view(page).locator('diffuscope-generate-controls .creativity input').fill('0');
  await expect(page).not.toHaveURL(/k=25&/);
  await expect(scrubber(page)).toHaveValue('5');
  expect(await uploads()).toBe(1);
});

test('a lost device comes back with the same pictures', async ({ visit, page }) => {
  await page.addInitScript(() => {
    window.devices = [];
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      const device = await requestDevice.call(this, descriptor);
      window.devices.push(device);
      return device;
    };
  });
  await finished(page, `${TINY}&sample=1`);
  await expect(stage(page)).toBeVisible();
  const x = stage(page).locator('canvas.x');
  await expect(scrubber(page)).toHaveValue('5');
  await scrubber(page).fill('3');
  await expect(stage(page).locator('figcaption').first()).toContainText('step 3 of 5');
  await expect.poll(() => page.url()).toContain('t=2');
  const before = await visit.picture(x);
  await page.evaluate(() => window.devices[0]?.destroy());
  await expect(page.locator('diffuscope-notices')).toContainText('The GPU is back');
  await expect.poll(() => visit.picture(x)).toBe(before);
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('it shows the finished images', async ({ page }) => {
    await finished(page);
    await expect(scrubber(page)).toHaveValue('5');
    await expect(film(page).getByRole('button', { name: 'Play' })).toBeVisible();
    // Nothing but the last was shown.
    await expect(film(page).locator('.frame:not(.empty)')).toHaveCount(1);
  });
});

test('axe finds no obstacle, in either language, and nothing is wider than a phone', async ({ page }) => {
  await finished(page, `${TINY}&sample=0`);
  await expect(stage(page)).toBeVisible();
  expect(await obstacles(page, ['light', 'dark'], 'main')).toEqual([]);
  await stage(page).getByRole('button', { name: 'Back to all' }).click();
  expect(await obstacles(page, ['dark'], 'main')).toEqual([]);
  await page.getByRole('button', { name: 'switch to 中文' }).click();
  await expect(view(page).getByRole('heading', { name: '从未有人画过的图' })).toBeVisible();
  expect(await obstacles(page, ['light'], 'main')).toEqual([]);
  const beyond = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const width of [390, 768, 1024]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(beyond, `${width}`).toBe(0);
    await tile(page, 1).click();
    await expect(stage(page)).toBeVisible();
    await expect.poll(beyond, `${width}, picked`).toBe(0);
    await page.keyboard.press('Escape');
  }
  const latin = await view(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const own of copy.querySelectorAll('select')) own.remove();
    const labels = [...copy.querySelectorAll('[aria-label], [title]')].flatMap((each) =>
      ['aria-label', 'title'].map((name) => each.getAttribute(name) ?? ''),
    );
    return [copy.textContent, ...labels].join(' ').match(/[A-Za-z]{2,}/g) ?? [];
  });
  expect([...new Set(latin)].filter((word) => !['space', 'max', 'xt', 'GPU', 'MiB'].includes(word))).toEqual(
    [],
  );
});

test('a wall that cannot be put on its canvas leaves the one before and no memory taken', async ({
  visit,
  page,
}) => {
  await finished(page);
  const canvas = wall(page).locator('canvas.x');
  const [before, url, taken] = [await visit.picture(canvas), page.url(), await gpuBytes(page)];
  await tear(page, 'GPUDevice', 'createBindGroup');
  await page.keyboard.press('n');
  await expect(visit.problem).toContainText('the canvas is torn');
  await expect.poll(() => gpuBytes(page)).toBe(taken);
  expect(await visit.picture(canvas)).toBe(before);
  expect(page.url()).toBe(url);
  // It lives on, and the next one shows.
  await page.keyboard.press('Home');
  await expect.poll(() => visit.picture(canvas)).not.toBe(before);
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(url);
  await expect(chips(page).first()).toBeAttached();
});

test('what is on the stage stays there until the next is ready, and changes at once are both kept', async ({
  page,
}) => {
  await finished(page);
  await tile(page, 1).click();
  const studio = view(page).locator('.studio');
  await expect(studio).toHaveClass(/picked/);
  await studio.evaluate((element) => {
    // However short it may be, a glimpse of the wall is one.
    new MutationObserver(() => {
      if (!element.classList.contains('picked')) document.body.dataset.left = 'the stage';
    }).observe(element, { attributes: true, attributeFilter: ['class'] });
  });
  // Before either can have been made.
  await view(page).evaluate((element) => {
    const change = (name: string, value: string) =>
      element
        .querySelector('.studio')
        ?.dispatchEvent(new CustomEvent('wanted', { detail: { name, value }, bubbles: true }));
    change('seed', '77');
    change('steps', '4');
  });
  await expect(page).toHaveURL(/&seed=77&.*&steps=4&.*&sample=1/);
  await expect(stage(page).locator('figcaption').first()).toContainText('of 4');
  await expect(studio).toHaveClass(/picked/);
  expect(await page.evaluate(() => document.body.dataset.left)).toBeUndefined();
});
