/** For everyone: by keyboard, by ear, on small screens, in light and dark, in English and Chinese. */
import type { Page } from '@playwright/test';
import { obstacles } from './axe.ts';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

async function expectNoObstacles(page: Page): Promise<void> {
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    expect(await obstacles(page, ['light', 'dark']), `${size.width} pixels wide`).toEqual([]);
  }
}

test('axe finds no obstacle on the page, its notices and its help', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=5&speed=9`);
  await visit.charted();
  await expectNoObstacles(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNoObstacles(page);
});

test('axe finds no obstacle where there is no GPU', async ({ page }) => {
  await page.addInitScript(() => {
    GPU.prototype.requestAdapter = async () => null;
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'This page needs WebGPU' })).toBeVisible();
  await expectNoObstacles(page);
});

test('the Tab key reaches every control', async ({ visit, page }) => {
  await visit.open();
  await visit.charted();
  const controls = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('button, input, select, a[href]')];
    const shown = all.filter((control) => control.checkVisibility() && !control.matches(':disabled'));
    for (const [i, control] of shown.entries()) control.dataset.order = String(i);
    return shown.length;
  });
  const reached = new Set<number>();
  // Scrolling panels may take the focus, too.
  for (let i = 0; i < controls + 5; i++) {
    await page.keyboard.press('Tab');
    const order = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.order);
    if (order !== undefined) reached.add(Number(order));
  }
  expect([...reached]).toEqual(Array.from({ length: controls }, (_, i) => i));
});

test('help opens and closes by keyboard, and lists keys that work', async ({ visit, page }) => {
  await visit.open();
  await visit.charted();
  const help = page.getByRole('dialog');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  // watch.spec.ts presses the other half of them, and generate.spec.ts B.
  const listed = 'Space ← → Shift ← Shift → Home End ↑ ↓ F R + − N B 1 2 3 O C S L G P T D V Esc ?';
  expect((await help.locator('kbd').allTextContents()).join(' ')).toBe(listed);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.keyboard.press('?');
  await expect(help).toBeHidden();

  for (const [key, image] of Object.entries({ 2: 'window', 3: 'planet', 1: 'lake' })) {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`#image=${image}&`));
  }
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('o');
  await chooser;
  const download = page.waitForEvent('download');
  await page.keyboard.press('s');
  await download;
  await page.keyboard.press('c');
  await expect(visit.problem).toContainText('camera');
  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
});

test('nothing is wider than the screen, and nothing too small to touch', async ({ visit, page }) => {
  await visit.open();
  await visit.charted();
  const tooWide = () =>
    page.evaluate(() =>
      Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    );
  for (const language of ['en', 'zh-Hans']) {
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    for (const width of [360, 390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      // What follows a new width does so a frame later.
      await expect.poll(tooWide, `pixels beyond ${width}, ${language}`).toBe(0);
    }
    await page.keyboard.press('l');
  }
  await page.setViewportSize(PHONE);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, input')]
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ control, box }) => control.checkVisibility() && Math.min(box.width, box.height) < 24)
      .map(({ control, box }) => `${control.outerHTML} is ${box.width} × ${box.height}`),
  );
  expect(small).toEqual([]);
});

test('a jump is announced', async ({ visit, page }) => {
  await visit.open();
  await visit.isAt('forward', 0);
  await page.keyboard.press('End');
  await expect(page.locator('[aria-live=polite].spoken')).toHaveText(
    /^Forward q: t = 20 of 20, SNR −[\d.]+ dB$/,
  );
});

test('the language is switched, and remembered', async ({ visit, page }) => {
  await visit.open();
  await page.getByRole('button', { name: 'switch to 中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(visit.badge).toHaveText('前向 q');
  await page.reload();
  await expect(visit.badge).toHaveText('前向 q');
  await page.getByRole('button', { name: '切换到 EN' }).click();
  await expect(visit.badge).toHaveText('Forward q');
});

test.describe('in a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });

  test('the page is in Chinese, all of it', async ({ visit, page }) => {
    await visit.open();
    await visit.charted();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await page.keyboard.press('?');
    const words = await page.evaluate(() => {
      const labels = [...document.querySelectorAll('[aria-label], [title], [alt]')].flatMap((element) =>
        ['aria-label', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
      );
      // The adapter's name is its own, and so are those of samplers and of who thought of them.
      for (const own of document.querySelectorAll('header .gpu, diffuscope-sampler-menus select, .paper'))
        own.remove();
      return [document.body.innerText, ...labels].join(' ').match(/[A-Za-z]{2,}/g);
    });
    const names =
      'diffuscope GPU PNG EN dB space Space Shift Home End MiB RGB KL log VDM DDPM Esc JAX pcg Box Muller';
    expect([...new Set(words)].filter((word) => !names.split(' ').includes(word))).toEqual([]);
  });
});
