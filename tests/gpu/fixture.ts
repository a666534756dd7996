/** One page for all tests of a worker: `gpu.evaluate(() => harness.…)` runs on its GPU. No GPU is a failure. */
import { expect, type Page, test as plain } from '@playwright/test';
import type {} from './harness.ts';

export { expect };

interface Workers {
  gpu: Page;
}

export const test = plain.extend<{ noErrors: undefined }, Workers>({
  gpu: [
    async ({ browser }, use, { project }) => {
      const page = await browser.newPage();
      // An edit to a source file must not reload the page in the middle of a test.
      await page.routeWebSocket('**', () => {});
      await page.goto(`${project.use.baseURL}/tests/gpu/harness.html`);
      await page.waitForFunction(() => 'harness' in window);
      await use(page);
      await page.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  noErrors: [
    async ({ gpu }, use) => {
      const errors: string[] = [];
      const note = (error: Error) => errors.push(error.message);
      gpu.on('pageerror', note);
      await use(undefined);
      gpu.off('pageerror', note);
      errors.push(...(await gpu.evaluate(() => window.harness.takeErrors())));
      expect(errors, 'errors that nobody caught').toEqual([]);
    },
    { auto: true },
  ],
});

/** Writes a measured figure into the test's report. */
export function report(name: string, value: number): void {
  test.info().annotations.push({ type: name, description: value.toPrecision(3) });
}
