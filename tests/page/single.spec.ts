/** One picture makes new ones: whatever comes, what is made of it, and what is said of that. */
import type { Page } from '@playwright/test';
import { obstacles } from './axe.ts';
import { drop, paste, photograph, type Upload, upload } from './files.ts';
import { expect, test } from './fixture.ts';
import { gpuBytes, tear } from './torn.ts';
import type { Pixels } from './visit.ts';

/** At two levels, the finer one approximate; and at one. */
const HILLS = 'view=single&source=hills&w=24&h=30&seed=3';
const DUNGEON = 'view=single&source=dungeon&w=18&h=16&seed=3';

const view = (page: Page) => page.locator('diffuscope-single');
const badge = (page: Page) => view(page).locator('.badge.denoiser');
const x = (page: Page) => view(page).locator('canvas.x');
const source = (page: Page) => view(page).locator('figure.source');
const progress = (page: Page) => view(page).getByRole('progressbar');
/** On a busy machine without a GPU that may take its time. */
const done = (page: Page) =>
  expect(view(page).locator('.where')).toHaveText(/^done in [\d.]+ s$/, { timeout: 60_000 });

/** Ten frames, in each of which it would go on, and the GPU has done what it was given in them. */
const still = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    const app = document.querySelector('diffuscope-app') as unknown as { gpu: { device: GPUDevice } };
    await app.gpu.device.queue.onSubmittedWorkDone();
    await new Promise(requestAnimationFrame);
  });

const colours = ({ data }: Pixels) =>
  new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join()));

/** What a text has said since, each once, in turn. */
async function said(page: Page, selector: string): Promise<() => Promise<string[]>> {
  const list = await page.evaluateHandle((selector) => {
    const seen: string[] = [];
    const look = () => {
      const words = document.querySelector(selector)?.textContent?.trim();
      if (words && !seen.includes(words)) seen.push(words);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    return seen;
  }, selector);
  return () => list.jsonValue();
}

/** Pixel art of three colours, 10 × 10 pixels of `side` × `side` each. */
async function art(page: Page, side: number): Promise<Upload> {
  const base64 = await page.evaluate(async (side) => {
    const canvas = new OffscreenCanvas(10 * side, 10 * side);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    for (let i = 0; i < 100; i++) {
      const [x, y] = [i % 10, Math.floor(i / 10)];
      context.fillStyle = ['#204080', '#f0d020', '#108040'][
        (Math.floor(x / 3) + Math.floor(y / 4)) % 3
      ] as string;
      context.fillRect(x * side, y * side, side, side);
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, side);
  return upload('tiles.png', 'image/png', Buffer.from(base64, 'base64'));
}

test('a new picture grows from coarse to fine, and the badge always says what is at work', async ({
  visit,
  page,
}) => {
  await page.goto('/#view=run&size=64&T=20&t=0');
  const badges = await said(page, 'diffuscope-single .badge');
  const spoken = await said(page, '.spoken');
  await page.goto(`/#${HILLS}`);
  await done(page);
  await expect(progress(page)).toHaveJSProperty('value', 1);
  expect(await badges()).toEqual([
    'Patch posterior, exact: generates',
    'Patch posterior, approximate: generates',
  ]);
  await expect(badge(page)).toHaveText('Patch posterior, approximate: generates');
  await expect(view(page).locator('.levels li')).toHaveText([
    /12 × 15[\s\S]*all/,
    /24 × 30[\s\S]*candidates/,
  ]);
  // Each level is said, and no step.
  expect((await spoken()).slice(-3)).toEqual([
    'Level 1 of 2, 12 × 15 pixels',
    'Level 2 of 2, 24 × 30 pixels',
    'The new picture is done',
  ]);
  const approximate = await visit.pixels(x(page));
  expect([approximate.width, approximate.height]).toEqual([24, 30]);
  expect(colours(approximate).size).toBeGreaterThan(5);

  await view(page).getByRole('switch', { name: 'Exact at every level' }).check();
  await expect(page).toHaveURL(/exact=1$/);
  await expect(view(page).locator('.levels .approximate')).toHaveCount(0);
  const exactly = await said(page, 'diffuscope-single .badge');
  await done(page);
  await expect(badge(page)).toHaveText('Patch posterior, exact: generates');
  expect(await exactly()).toEqual(['Patch posterior, exact: generates']);
  expect((await visit.pixels(x(page))).data).not.toEqual(approximate.data);
});

test('a link brings the same picture back, and what cannot be changes nothing', async ({ visit, page }) => {
  await page.goto(`/#${DUNGEON}&n=4`);
  await done(page);
  const before = await visit.pixels(x(page));
  expect([before.width, before.height]).toEqual([36, 32]);
  await expect(page).toHaveURL(/view=single&source=dungeon&kind=pixels&w=18&h=16&n=4&seed=3&exact=0$/);
  const url = page.url();
  await page.reload();
  await done(page);
  expect((await visit.pixels(x(page))).data).toEqual(before.data);
  expect(page.url()).toBe(url);
  // Only the source's colours.
  const palette = colours(await visit.pixels(source(page).locator('canvas')));
  expect([...colours(before)].filter((colour) => !palette.has(colour))).toEqual([]);

  const width = view(page).getByLabel('Width');
  for (const text of ['3', '5000', '']) {
    await width.fill(text);
    await width.press('Enter');
    await expect(visit.problem.last()).toContainText(`w: “${text}” is not a valid value`);
    await expect(width).toHaveValue('18');
  }
  await page.goto(`/#${DUNGEON}&n=4&kind=portrait&wall=1`);
  await expect(visit.problem.last()).toContainText('kind=portrait, wall=1');
  expect((await visit.pixels(x(page))).data).toEqual(before.data);

  await view(page).getByRole('button', { name: 'tall' }).click();
  await expect(page).toHaveURL(/w=16&h=32&/);
  await expect(x(page)).toHaveJSProperty('height', 32);
  await view(page).getByRole('button', { name: 'City' }).click();
  await expect(page).toHaveURL(/source=city&kind=pixels&w=16&h=32&/);
  await expect(source(page)).toContainText('30 × 30');
});

test('an own picture becomes the source, and one that is none changes nothing', async ({ visit, page }) => {
  await page.goto(`/#${DUNGEON}`);
  await done(page);
  const before = await visit.picture(x(page));
  await drop(page, upload('notes.txt', 'text/plain', 'no picture'));
  await expect(visit.problem).toContainText('“notes.txt” is not a picture');
  await drop(page, upload('broken.png', 'image/png', 'nothing'));
  await expect(visit.problem).toContainText('“broken.png” could not be decoded');
  await paste(page);
  await expect(visit.problem).toContainText('holds no picture file');
  await drop(page, await photograph(page, 'image/png', 90, 4));
  await expect(visit.problem).toContainText('is too small');
  await expect(page).toHaveURL(/source=dungeon/);
  expect(await visit.picture(x(page))).toBe(before);

  // Pixel art is known for what it is, and brought back to its own pixels.
  await drop(page, await art(page, 8));
  await expect(source(page)).toContainText('tiles.png');
  await expect(source(page)).toContainText('10 × 10');
  await expect(source(page)).toContainText('from 80 × 80; no colour has changed');
  await expect(page).toHaveURL(/source=own&kind=pixels&w=18&h=16/);
  await done(page);
  const made = colours(await visit.pixels(x(page)));
  expect([...made].filter((colour) => !['32,64,128', '240,208,32', '16,128,64'].includes(colour))).toEqual(
    [],
  );

  // It is there again, and so is what was made of it; for others it is not.
  const picture = await visit.picture(x(page));
  await page.reload();
  await done(page);
  await expect(source(page)).toContainText('tiles.png');
  expect(await visit.picture(x(page))).toBe(picture);
  await page.evaluate(() => indexedDB.deleteDatabase('diffuscope-single'));
  await page.reload();
  await expect(visit.problem).toContainText('never left their machine');
  await expect(visit.problem).toContainText('City');
  await expect(page).toHaveURL(/source=city&kind=pixels/);
});

test('a photograph is shrunk, and it is said', async ({ visit, page }) => {
  await page.goto(`/#${HILLS}`);
  await expect(badge(page)).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('o');
  await (await chooser).setFiles([await photograph(page, 'image/jpeg', 1000, 500)]);
  // Its green falls from top to bottom, so it is taken for a landscape, and as high as what is made.
  await expect(view(page).getByLabel('It is')).toHaveValue('landscape');
  await expect(view(page).locator('.weakness')).toContainText('No step takes in the whole picture');
  await expect(source(page)).toContainText('60 × 30');
  await expect(source(page)).toContainText('shrunk from 1000 × 500: a landscape is as high as');
  await view(page).getByLabel('It is').selectOption('texture');
  await expect(source(page)).toContainText('256 × 128');
  await expect(source(page)).toContainText(
    'shrunk from 1000 × 500: photographs and textures have at most 256',
  );
  await expect(visit.problem.locator('p')).toHaveCount(0);
});

test('by keyboard: pause, go on, once more, other noise, save', async ({ visit, page }) => {
  await page.goto(`/#${DUNGEON}`);
  await done(page);
  const first = await visit.picture(x(page));
  // Paused in the page, as soon as it has begun: from outside it may be over by then.
  await page.evaluate(() => {
    const view = document.querySelector('diffuscope-single') as HTMLElement;
    const observer = new MutationObserver(() => {
      const value = view.querySelector('progress')?.value ?? 0;
      if (value === 0 || value === 1) return;
      observer.disconnect();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
    });
    observer.observe(view, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(/seed=3&/);
  const value = () => progress(page).evaluate((bar) => (bar as HTMLProgressElement).value);
  await expect(view(page).getByRole('button', { name: 'Play' })).toBeVisible();
  await still(page);
  const resting = await value();
  expect(resting).toBeGreaterThan(0);
  expect(resting).toBeLessThan(1);
  await still(page);
  expect(await value()).toBe(resting);
  await page.keyboard.press(' ');
  await done(page);
  const second = await visit.picture(x(page));
  expect(second).not.toBe(first);
  const buttons = await said(page, 'diffuscope-single button.toggle');
  await page.keyboard.press(' ');
  await expect.poll(buttons).toContain('Pause');
  await done(page);
  expect(await visit.picture(x(page))).toBe(second);
  const download = page.waitForEvent('download');
  await page.keyboard.press('s');
  expect((await download).suggestedFilename()).toMatch(/^diffuscope-dungeon-18x16-\d+\.png$/);
  await page.keyboard.press('g');
  await expect(page).toHaveURL(/view=generate/);
  await page.keyboard.press('p');
  await done(page);
  expect(await visit.picture(x(page))).toBe(second);
});

test('a lost device comes back with the same picture; out of sight the view holds no memory', async ({
  visit,
  page,
}) => {
  await page.addInitScript(() => {
    window.devices = [];
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      const device = await requestDevice.call(this, descriptor);
      window.devices.push(device);
      return device;
    };
  });
  await page.goto(`/#${DUNGEON}`);
  await done(page);
  const before = await visit.picture(x(page));
  await page.evaluate(() => window.devices[0]?.destroy());
  await expect(page.locator('diffuscope-notices')).toContainText('The GPU is back');
  await done(page);
  expect(await visit.picture(x(page))).toBe(before);
  const bytes = () =>
    page.evaluate(
      () => (document.querySelector('diffuscope-app') as unknown as { gpu: { bytes: number } }).gpu.bytes,
    );
  expect(await bytes()).toBeGreaterThan(0);
  await view(page).evaluate((element) => element.remove());
  expect(await bytes()).toBe(0);
});

for (const [what, prototype, method] of [
  ['bound to its canvases', 'GPUDevice', 'createBindGroup'],
  ['put on its canvas', 'GPUCanvasContext', 'configure'],
] as const) {
  test(`what cannot be ${what} leaves the picture before and no memory taken`, async ({ visit, page }) => {
    await page.goto(`/#${DUNGEON}`);
    await done(page);
    const before = await visit.picture(x(page));
    const url = page.url();
    const taken = await gpuBytes(page);
    await tear(page, prototype, method);
    await page.keyboard.press('n');
    await expect(visit.problem).toContainText('the canvas is torn');
    await expect.poll(() => gpuBytes(page)).toBe(taken);
    expect(await visit.picture(x(page))).toBe(before);
    expect(page.url()).toBe(url);
    // The next one shows.
    await page.keyboard.press('n');
    await expect(page).not.toHaveURL(url);
    await done(page);
    expect(await gpuBytes(page)).toBe(taken);
  });
}

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('only the finished picture is shown', async ({ visit, page }) => {
    // Asked for frame by frame in the page: from outside it may be over before it is asked for.
    await page.addInitScript(() => {
      const widths = new Set<number>();
      const look = () => {
        const view = document.querySelector('diffuscope-single');
        const progress = view?.querySelector('progress')?.value ?? 0;
        const width = view?.querySelector<HTMLCanvasElement>('canvas.x')?.width;
        if (progress > 0 && progress < 1 && width) widths.add(width);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      Object.assign(window, { widths });
    });
    await page.goto(`/#${DUNGEON}`);
    await done(page);
    const widths = await page.evaluate(() => [...(window as unknown as { widths: Set<number> }).widths]);
    expect(widths).toEqual([300]); // as it is before anything is shown on it
    await expect(x(page)).toHaveJSProperty('width', 18);
    await expect.poll(async () => colours(await visit.pixels(x(page))).size).toBeGreaterThan(3);
  });
});

test('axe finds no obstacle, in either language, and nothing is wider than a phone', async ({ page }) => {
  await page.goto(`/#${DUNGEON}`);
  await done(page);
  expect(await obstacles(page, ['light', 'dark'], 'main')).toEqual([]);
  await page.getByRole('button', { name: 'switch to 中文' }).click();
  await expect(view(page).getByRole('heading', { name: '由一张图生成新图' })).toBeVisible();
  const beyond = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const width of [360, 390, 768, 1024]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(beyond, `${width}`).toBe(0);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await obstacles(page, ['light', 'dark'], 'main')).toEqual([]);
  const latin = await view(page).evaluate((element) => {
    const labels = [...element.querySelectorAll('[aria-label], [title], [alt]')].flatMap((each) =>
      ['aria-label', 'title', 'alt'].map((name) => each.getAttribute(name) ?? ''),
    );
    return [element.textContent, ...labels].join(' ').match(/[A-Za-z]{2,}/g) ?? [];
  });
  expect([...new Set(latin)].filter((word) => !['space', 'xt'].includes(word))).toEqual([]);
  await page.getByRole('button', { name: '切换到 EN' }).click();
  for (const width of [360, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(beyond, `${width}, in English`).toBe(0);
  }
});
