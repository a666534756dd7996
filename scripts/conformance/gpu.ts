/** The library's passes, on the page of the GPU tests, in the browser that they use. */
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { samplerRows } from '../../src/diffusion/sampler-rows.ts';
import { asks } from '../../src/diffusion/step.ts';
import type { Denoised, Walk } from '../../src/diffusion/walk.ts';
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

/** As `walk` of the library goes, but with every step taken by the kernel. */
export async function* gpuWalk(page: Page, { steps, x, denoise, noise }: Walk): AsyncGenerator<Float32Array> {
  const floats = (values: ArrayLike<number> | undefined) => values && Float32Array.from(values);
  const walker = await page.evaluateHandle(([rows, x]) => window.harness.walker(rows, x), [
    samplerRows(steps),
    Float32Array.from(x),
  ] as const);
  try {
    let state = Float32Array.from(x);
    for (const [i, step] of steps.entries()) {
      const answer = asks(step) ? denoise(Float64Array.from(state), step.at, i) : undefined;
      const { x0Hat, unclipped = x0Hat, v = [] } = isAnswer(answer) ? answer : { x0Hat: answer };
      const { s = 0, spread = 0 } = step;
      const drawn = s === 0 ? undefined : noise?.(i);
      const z = drawn && Array.from(drawn, (value, k) => value * Math.exp(spread * (v[k] ?? 0)));
      const told = { x0Hat: floats(x0Hat), unclipped: floats(unclipped), z: floats(z) };
      state = await walker.evaluate((w, [i, told]) => w.step(i, told), [i, told] as const);
      yield state;
    }
  } finally {
    await walker.evaluate((w) => w.release());
    await walker.dispose();
  }
}

const isAnswer = (answer: Denoised | undefined): answer is Exclude<Denoised, ArrayLike<number>> =>
  answer !== undefined && 'x0Hat' in answer;
