/** The library's passes, on the page of the GPU tests, in the browser that they use. */
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import type {} from '../../tests/gpu/harness.ts';
import { launchOptions } from '../browser.mjs';

/** Opens the page for as long as `use` takes. @throws when there is no browser, or no GPU in it. */
export async function withGpu<Result>(use: (page: Page) => Promise<Result>): Promise<Result> {
  const server = await createServer({
    server: { port: 0, strictPort: false, open: false },
    logLevel: 'warn',
  });
  await server.listen();
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    // Optimising a dependency late would reload the page in the middle of a run.
    await page.routeWebSocket('**', () => {});
    await page.goto(new URL('tests/gpu/harness.html', server.resolvedUrls?.local[0]).href);
    await page.waitForFunction(() => 'harness' in window);
    return await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The state after the steps x' = a·x + b·x̂_0 in turn, in float32. */
export async function gpuSteps(
  page: Page,
  steps: readonly { readonly a: number; readonly b: number }[],
  x: readonly number[],
  x0Hat: readonly number[],
): Promise<Float32Array> {
  return page.evaluate((given) => window.harness.steps(given), {
    shape: { n: 1, c: 1, h: 1, w: x.length },
    rows: steps.map(({ a, b }) => ({ a, b, s: 0, key: [0, 0] as const })),
    x: new Float32Array(x),
    x0Hat: new Float32Array(x0Hat),
  });
}
