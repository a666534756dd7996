import { expect, type Page, test } from '@playwright/test';
import { ladder } from '../../src/diffusion/ladder.ts';
import { lawAfter } from '../../src/diffusion/law.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';

/** What an example prints. */
async function printedBy(page: Page, example: string): Promise<unknown[]> {
  const printed = page.waitForEvent('console', (message) => message.type() === 'log');
  await page.goto('/tests/gpu/harness.html');
  await page.evaluate(
    (name) => import(/* @vite-ignore */ `${location.origin}/tests/gpu/harness/${name}.ts`),
    example,
  );
  return Promise.all((await printed).args().map((arg) => arg.jsonValue()));
}

test('the ten lines of the README run, and come back to x_0', async ({ page }) => {
  const [x40, same] = await printedBy(page, 'example');
  expect(Object.keys(x40 as object)).toHaveLength(3 * 64 * 64);
  expect(same).toBe(true);
});

test("the README's sampler draws from the law that it has on the host", async ({ page }) => {
  const [x0] = (await printedBy(page, 'sampler-example')) as [Record<string, number>];
  const off = Object.values(x0).map((value, i) => value - Math.sin(i / 7));
  const mean = off.reduce((sum, value) => sum + value, 0) / off.length;
  const deviation = Math.sqrt(off.reduce((sum, value) => sum + value ** 2, 0) / off.length);
  const steps = samplers['dpmpp-2m'].make()(ladder(cosine(1000), 'karras', 12));
  const law = lawAfter(steps, { mean: 0, variance: 0.1 ** 2 }).covariance[0]?.[0] as number;
  expect(off).toHaveLength(3 * 64 * 64);
  expect(Math.abs(mean)).toBeLessThan(0.004);
  expect(Math.abs(deviation / Math.sqrt(law) - 1)).toBeLessThan(0.03);
});

test('one picture makes another, by what the library offers', async ({ page }) => {
  const [picture, palette, approximate] = (await printedBy(page, 'pyramid-example')) as [
    Record<string, number>,
    number[][],
    boolean,
  ];
  const greys = palette.map(([grey]) => Math.fround(grey as number));
  expect(new Set(greys).size).toBe(2);
  expect(Object.keys(picture)).toHaveLength(3 * 16 * 24);
  expect(new Set(Object.values(picture))).toEqual(new Set(greys));
  expect(approximate).toBe(false);
});
