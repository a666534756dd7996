/** What the page says of memory, before it takes any. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';

const MIB = 2 ** 20;

const RUN = 'view=run&image=lake&size=64&T=20&seed=1&run=forward&t=3';

/** In MiB, of buffers and textures. */
const taken = async (page: Page) =>
  (await page.evaluate(
    () => (document.querySelector('diffuscope-app') as unknown as { gpu: { bytes: number } }).gpu.bytes,
  )) / MIB;

const said = async (page: Page, scope: string) =>
  Number((await page.locator(`${scope} .memory`).innerText()).match(/≈ ([\d.]+) MiB/)?.[1]);

const optionOf = (page: Page, scope: string, value: string) =>
  page.locator(`${scope} option[value="${value}"]`).first().innerText();

test('a run’s memory is said before it is chosen, while it is typed, and is what it takes', async ({
  page,
}) => {
  await page.goto(`/#${RUN}`);
  const settings = 'diffuscope-settings';
  await expect(page.locator(`${settings} .memory`)).toBeVisible();
  const promised = Number((await optionOf(page, settings, '256')).match(/· ([\d.]+) MiB/)?.[1]);
  expect(promised).toBeGreaterThan(2 * (await said(page, settings)));
  await page.getByLabel('Size').selectOption('256');
  await expect.poll(() => said(page, settings)).toBe(promised);
  // Canvases have their own; what is counted beside the run is a few uniforms and the probe.
  await expect.poll(async () => Math.abs((await taken(page)) - promised)).toBeLessThan(0.06);

  const T = page.locator(`${settings} input[name=T]`);
  await T.fill('900');
  await expect(T).toHaveValue('900');
  await expect.poll(() => said(page, settings)).toBeGreaterThan(promised + 0.4);
  expect(await taken(page)).toBeLessThan(promised + 0.1);
});

test('what the device cannot hold is refused in MiB, and the run stays', async ({ page }) => {
  await page.goto(`/#${RUN}`);
  await expect(page.locator('diffuscope-settings .memory')).toBeVisible();
  const before = await taken(page);
  await page.evaluate(() => {
    const { limits } = (document.querySelector('diffuscope-app') as unknown as { gpu: { device: GPUDevice } })
      .gpu.device;
    Object.defineProperty(limits, 'maxBufferSize', { value: 4 * 2 ** 20 });
  });
  await page.getByLabel('Size').selectOption('1024');
  await expect(page.locator('.notice')).toContainText('needs 12.0 MiB at once; this device allows 4.0 MiB');
  await expect(page.getByLabel('Size')).toHaveValue('64');
  expect(await taken(page)).toBeCloseTo(before, 2);
  await page.locator('header .language').click();
  await page.locator('diffuscope-settings select', { hasText: '2048' }).selectOption('1024');
  await expect(page.locator('.notice').last()).toContainText('一次需要 12.0 MiB');
});

test('samples at once say what they take before they are chosen, and take it', async ({ page }) => {
  await page.goto('/#view=generate&set=ring&k=25&n=1&steps=3&seed=3');
  const controls = 'diffuscope-generate-controls';
  await expect(page.locator(`${controls} .memory`)).toBeVisible();
  const promised = Number((await optionOf(page, controls, '4')).match(/· ([\d.]+) MiB/)?.[1]);
  expect(promised).toBeGreaterThan(await said(page, controls));
  await page.getByLabel('At once').selectOption('4');
  await expect.poll(() => said(page, controls)).toBe(promised);
  await expect.poll(async () => Math.abs((await taken(page)) - promised)).toBeLessThan(0.1);
});

test('a batch that the device cannot hold is refused in MiB and the page’s language, and the wall stays', async ({
  page,
}) => {
  await page.goto('/#view=generate&set=ring&k=25&n=1&steps=3&seed=3');
  await expect(page.locator('diffuscope-generate-controls .memory')).toBeVisible();
  const promised = await said(page, 'diffuscope-generate-controls');
  await page.locator('header .language').click();
  await page.evaluate(() => {
    const { limits } = (document.querySelector('diffuscope-app') as unknown as { gpu: { device: GPUDevice } })
      .gpu.device;
    Object.defineProperty(limits, 'maxStorageBufferBindingSize', { value: 2 ** 20 });
  });
  // Sums for eight images of the set, 32 × 32, and each of the batch.
  await page.locator('diffuscope-generate-controls select:has(option[value="64"])').selectOption('64');
  await expect(page.locator('.notice').last()).toContainText('一次需要 2.0 MiB；此设备最多允许 1.0 MiB');
  await expect.poll(async () => Math.abs((await taken(page)) - promised)).toBeLessThan(0.1);
});

test('a view that is left while it is asked for something else makes nothing out of sight', async ({
  visit,
  page,
}) => {
  const generating = (set: string) => `#view=generate&set=${set}&k=25&n=4&steps=3&seed=3`;
  await page.goto(`/${generating('ring')}`);
  await expect(page.locator('diffuscope-generate-controls .memory')).toBeVisible();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, RUN);
  await expect(page.locator('diffuscope-settings .memory')).toBeVisible();
  await page.evaluate(
    async ([there, back]) => {
      const view = () =>
        document.querySelector<HTMLElement & { ready: Promise<void> }>('diffuscope-generate');
      location.hash = there;
      while (!view()) await new Promise(requestAnimationFrame);
      const left = view();
      location.hash = back;
      while (view()) await new Promise(requestAnimationFrame);
      // What it was making when it was left.
      await left?.ready;
    },
    [generating('shapes'), RUN] as const,
  );
  // What it made next would be there before another run is, which asks the GPU later.
  const url = page.url();
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(url);
  await visit.charted();
  // The run's alone: a set of 288 would be more than 3 MiB.
  expect(await taken(page)).toBeLessThan(1);
});
