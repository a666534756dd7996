import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';

test.use({ serviceWorkers: 'allow' });

const singleFile = pathToFileURL(resolve('dist/diffuscope.html')).href;

/** All that a page asks for, the service worker included, and every error on its console. */
function watch(context: BrowserContext) {
  const urls: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) urls.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('weberror', (error) => errors.push(error.error().message));
  return { urls, errors };
}

async function expectStarted(page: Page) {
  await page.waitForFunction(() => customElements.get('diffuscope-app'));
  await expect(page.locator('diffuscope-app h1').first()).toContainText(/diffuscope/i);
}

/** What the policy did about a request to another origin: the directive that it names, or undefined. */
const blockedBy = (page: Page) =>
  page.evaluate(async () => {
    const violation = new Promise<string>((done) =>
      document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective)),
    );
    return fetch('https://example.com').then(
      () => undefined,
      () => violation,
    );
  });

test('the site works without a network after one visit', async ({ page, context }) => {
  await page.goto('/');
  await expectStarted(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await context.setOffline(true);
  await page.reload();
  await expectStarted(page);
});

test('the site asks no other origin for anything', async ({ page, context, baseURL }) => {
  const { urls, errors } = watch(context);
  await page.goto('/');
  await expectStarted(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(urls.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
  expect(errors).toEqual([]);
  expect(await blockedBy(page)).toBe('connect-src');
});

test('the single file starts from disk and asks for nothing but itself', async ({ page, context }) => {
  const { urls, errors } = watch(context);
  await page.goto(singleFile);
  await expectStarted(page);
  expect(urls).toEqual([singleFile]);
  expect(errors).toEqual([]);
  expect(await blockedBy(page)).toBe('connect-src');
});

test('in the single file, images come out of the emoji, and a new picture out of one', async ({
  page,
  context,
}) => {
  const { urls, errors } = watch(context);
  await page.goto(`${singleFile}#view=generate&set=faces&n=1&steps=2&seed=3`);
  await expect(page.locator('diffuscope-wall .chip')).toHaveText(/^0\.\d+$|^copy$/, { timeout: 60_000 });
  // Sources of either format.
  for (const source of ['dungeon', 'brick']) {
    await page.goto(`${singleFile}#view=single&source=${source}&w=16&h=16&seed=3`);
    await expect(page.locator('diffuscope-single figure.source')).toContainText(source, {
      ignoreCase: true,
      timeout: 60_000,
    });
    await expect(page.locator('diffuscope-single .where')).toHaveText(/^done/, { timeout: 60_000 });
  }
  expect(urls).toEqual([singleFile]);
  expect(errors).toEqual([]);
});
