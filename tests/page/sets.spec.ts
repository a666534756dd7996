/** Sets of images: those that come with the page, and the visitor's own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { ports } from '../../vite/ports.ts';
import { obstacles } from './axe.ts';
import { photograph, type Upload, upload } from './files.ts';
import { expect, test } from './fixture.ts';

test.use({ baseURL: `http://localhost:${ports.test}` });

const panel = (page: Page) => page.locator('diffuscope-set-panel');
const select = (page: Page) => panel(page).getByRole('combobox', { name: 'The set' });
const facts = (page: Page) => panel(page).locator('.facts b');
const news = (page: Page) => page.locator('diffuscope-add-set').getByRole('status');
const chosen = (page: Page) => select(page).locator('option:checked');
const skipped = (page: Page) => panel(page).locator('.skipped');

const open = async (page: Page, query = '') => {
  // An edit to a source file must not reload the page in the middle of a test.
  await page.routeWebSocket('**', () => {});
  await page.goto(`/tests/page/sets.html${query}`);
  await expect(panel(page).locator('canvas')).toBeVisible();
};

const give = async (page: Page, files: Upload[]) => {
  await panel(page).locator('input.files').setInputFiles(files);
};

/** A PNG of one colour. */
const plain = (page: Page, name: string, colour: string, width = 48, height = 40) =>
  page
    .evaluate(
      async ({ colour, width, height }) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
        context.fillStyle = colour;
        context.fillRect(0, 0, width, height);
        return Array.from(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()));
      },
      { colour, width, height },
    )
    .then((bytes) => upload(name, 'image/png', Uint8Array.from(bytes)));

test('every built-in set has its images, none blank, no two the same, all named in two languages', async ({
  page,
}) => {
  await open(page);
  for (const { id, group, shape } of await page.evaluate(() => window.sets.entries)) {
    const set = await page.evaluate((id) => window.sets.facts(id), id);
    const { n, c, h, w } = set.shape;
    expect([c, h, w], id).toEqual([shape.c, shape.h, shape.w]);
    if (group === 'glyphs') {
      expect(n, id).toBeLessThanOrEqual(shape.n);
      expect(n, id).toBeGreaterThanOrEqual(new Set(set.en).size);
    } else expect(n, id).toBe(shape.n);
    expect(set.length, id).toBe(n * c * h * w);
    expect(set.distinct, id).toBe(n);
    expect(set.blank, id).toBe(0);
    expect(set.en.every(Boolean) && set.zh.every(Boolean), id).toBe(true);
    expect(set.same, `${id}, asked for twice`).toBe(true);
  }
});

test('a face is the picture in the atlas, byte by byte', async ({ page }) => {
  await open(page);
  const expected = await page.evaluate(async () => {
    const image = new Image();
    image.src = '/sets/faces.webp';
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext(
      '2d',
    ) as OffscreenCanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, 64, 64);
    return [0, 1, 2].flatMap((c) => Array.from({ length: 64 * 64 }, (_, i) => data[4 * i + c]));
  });
  const { first, en, zh } = await page.evaluate(() => window.sets.facts('faces'));
  expect(first).toEqual(expected);
  expect(en[0]).toBe('grinning face');
  expect(en).toContain('face with thermometer');
  expect(zh[0]).toBe('嘿嘿');
});

test('digits are all ten, and every one has ink in the middle', async ({ page }) => {
  await open(page);
  const { en, first } = await page.evaluate(() => window.sets.facts('digits'));
  expect([...new Set(en)].join('')).toBe('0123456789');
  const ink = first.map((value, i) => ({ dark: 255 - value, x: i % 32, y: Math.floor(i / 32) }));
  const mass = ink.reduce((sum, { dark }) => sum + dark, 0);
  for (const axis of ['x', 'y'] as const) {
    const middle = ink.reduce((sum, pixel) => sum + pixel.dark * (pixel[axis] + 0.5), 0) / mass;
    expect(Math.abs(middle - 16)).toBeLessThan(1.5);
  }
});

test('a set is chosen by keyboard, and the panel says which, how many and how large', async ({ page }) => {
  await open(page);
  await expect(facts(page)).toHaveText('89 images · 64 × 64 · colour');
  await expect(panel(page)).toContainText('Noto Color Emoji, © Google, SIL Open Font License 1.1');
  await expect(panel(page).locator('canvas')).toHaveAttribute(
    'aria-label',
    /^32 of 89 images: grinning face, /,
  );
  await select(page).focus();
  await page.keyboard.type('Dot');
  await expect(facts(page)).toHaveText('128 images · 32 × 32 · grey');
  // On the way there is what “D” alone chooses.
  expect((await page.evaluate(() => window.sets.asked)).at(-1)).toBe('ring');
  await expect(panel(page)).not.toContainText('Noto');
  await expect(panel(page).getByRole('button', { name: 'Delete' })).toHaveCount(0);
});

test('files become a set; a broken one is named and skipped', async ({ page }) => {
  await open(page);
  const files = [
    await plain(page, 'red.png', 'red'),
    upload('torn.png', 'image/png', (await plain(page, 'x', 'blue')).buffer.subarray(0, 30)),
    upload('void.png', 'image/png', ''),
    upload('letter.txt', 'text/plain', 'words'),
    await plain(page, 'green.png', 'lime', 10, 90),
    await photograph(page, 'image/jpeg', 300, 200),
  ];
  await give(page, files);
  await expect(news(page)).toHaveText('“My images”: 3 images added.');
  await expect(facts(page)).toHaveText('3 images · 32 × 32 · colour');
  await expect(chosen(page)).toHaveText('My images');
  await skipped(page).locator('summary').click();
  expect(await skipped(page).locator('li').allTextContents()).toEqual([
    'torn.png: damaged, or of a kind that this browser does not know',
    'void.png: empty',
    'letter.txt: not a picture',
  ]);
  const id = (await page.evaluate(() => window.sets.asked)).at(-1) as string;
  const set = await page.evaluate((id) => window.sets.facts(id), id);
  expect(set.en).toEqual(['red.png', 'green.png', 'photograph.jpeg']);
  expect(set.first).toEqual([255, 0, 0].flatMap((value) => Array(32 * 32).fill(value)));
});

test('white margins, and 64 × 64, if asked for', async ({ page }) => {
  await open(page);
  await panel(page).getByLabel('Size').selectOption('64');
  await panel(page).getByLabel('Not square?').selectOption('pad');
  await give(page, [await plain(page, 'tall.png', 'black', 20, 80)]);
  await expect(facts(page)).toHaveText('1 image · 64 × 64 · colour');
  await expect(chosen(page)).toHaveText('tall');
  const id = (await page.evaluate(() => window.sets.asked)).at(-1) as string;
  const { first } = await page.evaluate((id) => window.sets.facts(id), id);
  const row = first.slice(32 * 64, 33 * 64);
  expect(row).toEqual(Array.from({ length: 64 }, (_, x) => (x >= 24 && x < 40 ? 0 : 255)));
});

test('a ZIP becomes a set, kept over a reload, and deleted only when that is confirmed', async ({ page }) => {
  await open(page);
  const [a, b] = [await plain(page, 'a', 'orange'), await plain(page, 'b', 'navy')];
  const zip = zipSync({
    'birds/a.png': a.buffer,
    'birds/b.png': b.buffer,
    'birds/torn.png': a.buffer.subarray(0, 40),
    'birds/notes.txt': strToU8('words'),
    '__MACOSX/birds/._a.png': strToU8('x'),
    'birds/.DS_Store': strToU8('x'),
  });
  await give(page, [upload('birds.zip', 'application/zip', zip)]);
  await expect(news(page)).toHaveText('“birds”: 2 images added.');
  await skipped(page).locator('summary').click();
  expect(await skipped(page).locator('li').allTextContents()).toEqual([
    'birds.zip/birds/torn.png: damaged, or of a kind that this browser does not know',
    'birds.zip/birds/notes.txt: not a picture',
  ]);
  const id = (await page.evaluate(() => window.sets.asked)).at(-1) as string;
  const before = await page.evaluate((id) => window.sets.facts(id), id);

  await open(page, `?set=${id}`);
  await expect(chosen(page)).toHaveText('birds');
  await expect(facts(page)).toHaveText('2 images · 32 × 32 · colour');
  expect(await page.evaluate((id) => window.sets.facts(id), id)).toEqual(before);

  const remove = panel(page).getByRole('button', { name: 'Delete…' });
  await remove.click();
  await expect(panel(page).getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(remove).toBeFocused();
  await remove.click();
  await panel(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(panel(page).getByRole('status').first()).toHaveText('“birds” is deleted.');
  await expect(chosen(page)).toHaveText('Faces');
  await expect(select(page)).toBeFocused();
  await expect(select(page).locator('option', { hasText: 'birds' })).toHaveCount(0);

  await page.goto(`/tests/page/sets.html?set=${id}`);
  await expect(panel(page).getByRole('alert')).toHaveText('This set is not in this browser.');
  await expect(select(page).locator('option', { hasText: 'birds' })).toHaveCount(0);
});

const flowers = async (page: Page, folder: string) => {
  mkdirSync(`${folder}/inner`, { recursive: true });
  writeFileSync(`${folder}/rose.png`, (await plain(page, 'rose', 'crimson')).buffer);
  writeFileSync(`${folder}/inner/iris.png`, (await plain(page, 'iris', 'indigo')).buffer);
};

const names = async (page: Page) => {
  const id = (await page.evaluate(() => window.sets.asked)).at(-1) as string;
  return (await page.evaluate((id) => window.sets.facts(id), id)).en.sort();
};

/** As a visitor drops files of the machine: what a page sends itself holds no folders. */
async function drop(page: Page, target: Locator, files: string[]) {
  await target.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await target.boundingBox()) as DOMRect;
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data });
}

test('a folder that is chosen becomes a set of its name', async ({ page }, info) => {
  const folder = info.outputPath('flowers');
  await open(page);
  await flowers(page, folder);
  await panel(page).locator('input.folder').setInputFiles(folder);
  await expect(news(page)).toHaveText('“flowers”: 2 images added.');
  expect(await names(page)).toEqual(['flowers/inner/iris.png', 'flowers/rose.png']);
});

test('so does one that is dropped', async ({ page }, info) => {
  const folder = info.outputPath('flowers');
  await open(page);
  await flowers(page, folder);
  await drop(page, panel(page).locator('.drop'), [folder]);
  await expect(news(page)).toHaveText('“flowers”: 2 images added.');
  expect(await names(page)).toEqual(['flowers/inner/iris.png', 'flowers/rose.png']);
});

test('what is dropped on the panel is the panel’s; what is dropped elsewhere, the page’s', async ({
  page,
}) => {
  await open(page);
  const { buffer } = await plain(page, 'dropped.png', 'teal');
  const dropOn = (selector: string) =>
    page.evaluate(
      ([selector, base64]) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64 as string), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true, dataTransfer: data };
        const target = document.querySelector(selector as string);
        for (const type of ['dragover', 'drop']) target?.dispatchEvent(new DragEvent(type, options));
      },
      [selector, buffer.toString('base64')],
    );
  await dropOn('diffuscope-add-set .drop');
  await expect(news(page)).toHaveText('“dropped”: 1 image added.');
  expect(await page.evaluate(() => window.sets.taken)).toEqual([]);
  await dropOn('body');
  expect(await page.evaluate(() => window.sets.taken)).toEqual(['dropped.png']);
});

test('nothing usable adds nothing, and says so', async ({ page }) => {
  await open(page);
  await give(page, [upload('fake.zip', 'application/zip', 'no archive'), upload('a.txt', 'text/plain', 'a')]);
  await expect(news(page)).toHaveText('None of these files gave an image: nothing was added.');
  await skipped(page).locator('summary').click();
  expect(await skipped(page).locator('li').allTextContents()).toEqual([
    'fake.zip: not a ZIP',
    'a.txt: not a picture',
  ]);
  expect(await page.evaluate(() => window.sets.asked)).toEqual([]);
  await expect(chosen(page)).toHaveText('Faces');
});

test('where nothing can be stored, a set lasts as long as the page, and the panel says so', async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  await open(page);
  await give(page, [await plain(page, 'one.png', 'gold')]);
  await expect(facts(page)).toHaveText('1 image · 32 × 32 · colour');
  await expect(panel(page).getByRole('alert')).toContainText('Storage is full');
  await select(page).selectOption('ring');
  await expect(facts(page)).toHaveText('128 images · 32 × 32 · grey');
  await select(page).selectOption({ label: 'one' });
  await expect(facts(page)).toHaveText('1 image · 32 × 32 · colour');
  await open(page);
  await expect(select(page).locator('option', { hasText: 'one' })).toHaveCount(0);
});

test('long work shows how far it is, and can be stopped', async ({ page }) => {
  await open(page);
  // Small to send, slow to decode.
  const file = await plain(page, 'large.png', 'navy', 3000, 2000);
  await give(
    page,
    Array.from({ length: 60 }, (_, i) => ({ ...file, name: `${i}.png` })),
  );
  await expect(news(page)).toHaveText(/^[1-9]\d* images taken…$/);
  await panel(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(news(page)).toHaveText('Cancelled: nothing was added.');
  expect(await page.evaluate(() => window.sets.asked)).toEqual([]);
});

test('axe finds no obstacle, and nothing is wider than a phone', async ({ page }) => {
  await open(page);
  await give(page, [
    await plain(page, `${'long'.repeat(30)}.png`, 'tan'),
    upload('broken.png', 'image/png', 'x'),
  ]);
  await expect(skipped(page)).toBeVisible();
  await skipped(page).locator('summary').click();
  await panel(page).getByRole('button', { name: 'Delete…' }).click();
  for (const width of [360, 390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await obstacles(page, ['light', 'dark'], 'diffuscope-set-panel')).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      `pixels beyond ${width}`,
    ).toBe(0);
    const small = await panel(page).evaluate((element) =>
      [...element.querySelectorAll('button, select, summary')]
        .map((control) => ({ control, box: control.getBoundingClientRect() }))
        .filter(({ control, box }) => control.checkVisibility() && Math.min(box.width, box.height) < 24)
        .map(({ control }) => control.outerHTML),
    );
    expect(small).toEqual([]);
  }
});

test('in Chinese, all of it', async ({ page }) => {
  await open(page, '?language=zh-Hans');
  await expect(facts(page)).toHaveText('89 张图像 · 64 × 64 · 彩色');
  const words = await panel(page).evaluate((element) => {
    const labels = [...element.querySelectorAll('[aria-label]')].map((e) => e.getAttribute('aria-label'));
    const options = [...element.querySelectorAll('option, optgroup')].map(
      (e) => e.textContent + (e as HTMLOptGroupElement).label,
    );
    element.querySelector('.hint')?.remove(); // Names and licences are as they are.
    return [(element as HTMLElement).innerText, ...labels, ...options].join(' ').match(/[A-Za-z]{2,}/g);
  });
  expect(words).toBeNull();
});

test('of an archive that is cut off, what is whole is added, and it is said that more may be missing', async ({
  page,
}) => {
  await open(page);
  const [a, b] = [await plain(page, 'a.png', '#f00'), await plain(page, 'b.png', '#0f0')];
  const zip = zipSync({
    'a.png': [Uint8Array.from(a.buffer), { level: 0 }],
    'b.png': [Uint8Array.from(b.buffer), { level: 0 }],
  });
  await give(page, [upload('cut.zip', 'application/zip', zip.slice(0, -30))]);
  await expect(news(page)).toContainText('2 images added');
  await expect(skipped(page)).toContainText('cut.zip');
  await expect(skipped(page)).toContainText('cut off');
});
