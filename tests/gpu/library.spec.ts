import { expect, test } from '@playwright/test';

test('the ten lines of the README run, and come back to x_0', async ({ page }) => {
  const printed = page.waitForEvent('console', (message) => message.type() === 'log');
  await page.goto('/tests/gpu/harness.html');
  await page.evaluate(() => import(/* @vite-ignore */ `${location.origin}/tests/gpu/harness/example.ts`));
  const [x40, same] = await Promise.all((await printed).args().map((arg) => arg.jsonValue()));
  expect(Object.keys(x40)).toHaveLength(3 * 64 * 64);
  expect(same).toBe(true);
});
