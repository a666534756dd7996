/** Every choice of every menu can be read whole: in all views, at three sizes and in two languages. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
/** A view, and a menu that it has. */
const views = [
  ['view=generate', 'diffuscope-generate select'],
  ['view=single', 'diffuscope-single select'],
  [`view=run&${SMALL}`, 'diffuscope-settings select'],
  [`view=compare&${SMALL}`, 'diffuscope-compare select'],
  ['view=theorem', 'diffuscope-theorem select'],
] as const;

/** Choices that need more room than their menu has: a menu with one choice alone takes what that choice needs. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('select')]
      .filter((menu) => menu.offsetWidth > 0)
      .flatMap((menu) => {
        const alone = menu.cloneNode(false) as HTMLSelectElement;
        alone.style.cssText = 'width: max-content; min-width: 0; position: absolute; visibility: hidden';
        menu.after(alone);
        const longer = [...menu.options].filter(({ text }) => {
          alone.replaceChildren(new Option(text));
          return alone.offsetWidth > menu.offsetWidth;
        });
        alone.remove();
        return longer.map(({ text }) => text);
      }),
  );

for (const locale of ['en-US', 'zh-CN']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('no choice of any menu is cut off', async ({ page }) => {
      for (const [link, menu] of views) {
        await page.goto(`/#${link}`);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await expect(page.locator(menu).first()).toBeAttached();
          expect(await cutOff(page), `${link} at ${size.width}`).toEqual([]);
        }
      }
    });
  });
}

test('prior, likelihood and posterior are all seen where the likelihood decides', async ({ visit, page }) => {
  await visit.open('size=64&T=1000&run=forward&t=600');
  await expect(page.locator('diffuscope-probe tr.posterior')).toBeVisible();
  const count = () =>
    page.locator('diffuscope-probe .plot canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, width, height);
      const rgb = (name: string) => {
        const probe = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
        probe.fillStyle = getComputedStyle(canvas).getPropertyValue(name).trim();
        probe.fillRect(0, 0, 1, 1);
        return probe.getImageData(0, 0, 1, 1).data;
      };
      return ['--prior', '--likelihood', '--posterior'].map((name) => {
        const colour = rgb(name);
        let pixels = 0;
        for (let i = 0; i < data.length; i += 4) {
          const near = [0, 1, 2].every((c) => Math.abs((data[i + c] as number) - (colour[c] as number)) < 24);
          if (near && (data[i + 3] as number) > 200) pixels++;
        }
        return pixels;
      });
    });
  await expect.poll(async () => Math.min(...(await count()))).toBeGreaterThan(60);
});
