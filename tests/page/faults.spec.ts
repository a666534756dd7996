/** What goes wrong is said in plain words, and costs nothing that was on the screen. */
import { expect, test } from './fixture.ts';
import { gpuBytes, tear } from './torn.ts';
import { SMALL } from './visit.ts';

declare global {
  interface Window {
    /** The devices that the page was given, to break. */
    devices: GPUDevice[];
    /** Animation frames that wait because the page is hidden. */
    heldFrames: FrameRequestCallback[] | undefined;
    /** How long it was. */
    hiddenMs: number;
  }
}

test.describe('without a GPU', () => {
  for (const [what, stub, reason, detail] of [
    [
      'no WebGPU',
      () => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }),
      'This browser has no WebGPU, or has it switched off.',
      'this browser has no WebGPU',
    ],
    [
      'no adapter',
      () => {
        GPU.prototype.requestAdapter = async () => null;
      },
      'This browser has WebGPU, but found no graphics adapter that it may use.',
      'WebGPU found no adapter',
    ],
    [
      'no device',
      () => {
        GPUAdapter.prototype.requestDevice = () => Promise.reject(new Error('the driver is asleep'));
      },
      'This browser found a graphics adapter, but could not start it.',
      'the driver is asleep',
    ],
  ] as const) {
    test(`with ${what} the page says which, and how to get it`, async ({ visit, page }) => {
      await page.addInitScript(stub);
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'This page needs WebGPU' })).toBeVisible();
      await expect(visit.problem.filter({ hasText: reason })).toContainText(detail);
      await expect(page.getByText('chrome://flags')).toBeVisible();
      const still = page.getByRole('img', { name: 'What you would see' });
      await expect(still).toBeVisible();
      expect(await still.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'switch to 中文' }).click();
      await expect(page.getByRole('heading', { name: '本页需要 WebGPU' })).toBeVisible();
      await expect(page.getByText('在 Linux 上打开 chrome://flags')).toBeVisible();
      // Keys have nothing to act on.
      await page.keyboard.press('Space');
      await page.keyboard.press('n');
    });
  }
});

test.describe('with a device that fails', () => {
  test.beforeEach(({ page }) =>
    page.addInitScript(() => {
      window.devices = [];
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (descriptor) {
        const device = await requestDevice.call(this, descriptor);
        window.devices.push(device);
        return device;
      };
    }),
  );

  test('a run at rest comes back as it was', async ({ visit, page }) => {
    await visit.open(`${SMALL}&run=reverse&t=7`);
    await visit.isAt('reverse', 7);
    await visit.charted();
    const before = await visit.picture();
    await page.evaluate(() => window.devices[0]?.destroy());
    await expect(visit.problem).toContainText('The GPU was lost');
    await expect(visit.news).toContainText('The GPU is back');
    expect(await page.evaluate(() => window.devices.length)).toBe(2);
    await expect.poll(() => visit.picture()).toBe(before);
    await visit.isAt('reverse', 7);
    // And it is alive.
    await page.keyboard.press('ArrowRight');
    await visit.isAt('reverse', 6);
    expect(await visit.picture()).not.toBe(before);
  });

  test('a run that plays goes on to its end', async ({ visit, page }) => {
    await visit.open(`${SMALL}&rate=5`);
    // Lost in the page, as soon as it has come so far: from outside it may be over by then.
    await page.evaluate(async () => {
      const caption = document.querySelector('.main figcaption sub') as HTMLElement;
      while (Number(caption.textContent) < 3) await new Promise(requestAnimationFrame);
      window.devices[0]?.destroy();
    });
    await expect(visit.news).toContainText('The GPU is back');
    await page.getByLabel('Speed').selectOption('1000');
    await visit.isAt('reverse', 0);
    expect(await visit.picture()).toBe(await visit.picture(visit.x0));
  });

  test('a device lost while a run is being made is got back, too', async ({ visit, page }) => {
    await visit.open();
    await visit.charted();
    await page.evaluate(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'n' }));
      window.devices[0]?.destroy();
    });
    await expect(visit.news).toContainText('The GPU is back');
    await page.keyboard.press('r');
    await page.keyboard.press('Home');
    await visit.isAt('reverse', 0);
    expect(await visit.picture()).toBe(await visit.picture(visit.x0));
  });

  test('an error that nobody asked about is shown', async ({ visit, page }) => {
    await visit.open();
    await visit.charted();
    await page.evaluate(() => {
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE;
      window.devices[0]?.createBuffer({ label: 'impossible', size: 4, usage });
      // Chrome passes on what was recorded only when there is something to do.
      window.devices[0]?.queue.submit([]);
    });
    await expect(visit.problem).toContainText('The GPU reports an error');
    await expect(visit.problem).toContainText('impossible');
  });
});

test('nonsense in a link is named, and the rest is used', async ({ visit, page }) => {
  await visit.open('size=64&T=20&t=4&colour=grey&schedule=square&speed=9&run=forward&seed=-1&__proto__=1');
  await expect(visit.problem).toContainText('schedule=square, speed=9, seed=-1, __proto__=1');
  await visit.isAt('forward', 4);
  await expect(page.getByLabel('Colour')).toHaveValue('grey');
  const { data } = await visit.pixels(visit.x0);
  expect(data.every((byte, i) => i % 4 === 3 || byte === data[i - (i % 4)])).toBe(true);
});

test('a direction that is none is named even without a time', async ({ visit }) => {
  await visit.open(`${SMALL}&run=sideways`);
  await expect(visit.problem).toContainText('run=sideways');
});

test('a link to someone’s own picture says why it is not here', async ({ visit, page }) => {
  await visit.open(`image=own&${SMALL}&t=4`);
  await expect(visit.problem).toContainText('never left their machine');
  await visit.isAt('forward', 4);
  await expect(page).toHaveURL(/#image=lake&/);
});

test('a number out of range is turned down, and the one in force stays', async ({ visit, page }) => {
  await visit.open(`${SMALL}&t=4`);
  await visit.isAt('forward', 4);
  const [url, picture] = [page.url(), await visit.picture()];
  const steps = page.getByLabel('Steps T');
  for (const typed of ['0', '99999', '2.5', '']) {
    await steps.fill(typed);
    await steps.press('Enter');
    await expect(visit.problem).toContainText(`“${typed}” is not a valid value`);
    await expect(steps).toHaveValue('20');
  }
  await visit.isAt('forward', 4);
  expect(page.url()).toBe(url);
  expect(await visit.picture()).toBe(picture);
});

test('a camera that is not there is said to be so', async ({ visit, page }) => {
  await visit.open();
  const camera = page.getByRole('button', { name: 'camera' });
  await camera.click();
  await expect(visit.problem).toContainText('No camera was found');
  await expect(camera).toHaveAttribute('aria-pressed', 'false');
  await visit.isAt('forward', 0);
});

test('a hidden page stands still, and goes on from there', async ({ visit, page }) => {
  // A hidden page gets no animation frames; then they come as late as it was hidden.
  await page.addInitScript(() => {
    const { requestAnimationFrame } = window;
    window.hiddenMs = 0;
    window.requestAnimationFrame = (callback) =>
      window.heldFrames?.push(callback) ?? requestAnimationFrame((now) => callback(now + window.hiddenMs));
  });
  await visit.open(`${SMALL}&rate=5`);
  await expect.poll(() => visit.t()).toBeGreaterThan(1);
  await page.evaluate(() => {
    window.heldFrames = [];
  });
  await expect.poll(() => page.evaluate(() => window.heldFrames?.length)).toBeGreaterThan(0);
  const { hidden, seen } = await page.evaluate(async () => {
    const app = document.querySelector('diffuscope-app') as unknown as { gpu: { device: GPUDevice } };
    // What was under way when it was hidden arrives.
    await app.gpu.device.queue.onSubmittedWorkDone();
    const caption = document.querySelector('.main figcaption sub') as HTMLElement;
    const hidden = Number(caption.textContent);
    const seen = new Promise<number>((resolve) => {
      new MutationObserver(() => resolve(Number(caption.textContent))).observe(caption, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
    window.hiddenMs = 3_600_000;
    const frames = window.heldFrames ?? [];
    window.heldFrames = undefined;
    for (const frame of frames) requestAnimationFrame(frame);
    return { hidden, seen: await seen };
  });
  // The hour does not count: a quarter of a second does at most, two steps.
  expect(seen).toBeGreaterThan(hidden);
  expect(seen).toBeLessThanOrEqual(hidden + 2);
});

test('a run that cannot be put on its canvases leaves the one before and no memory taken', async ({
  visit,
  page,
}) => {
  await visit.open(`${SMALL}&run=forward&t=7`);
  await visit.isAt('forward', 7);
  await visit.charted();
  const [before, url, taken] = [await visit.picture(), page.url(), await gpuBytes(page)];
  await tear(page, 'GPUDevice', 'createBindGroup');
  await page.keyboard.press('n');
  await expect(visit.problem).toContainText('the canvas is torn');
  await expect.poll(() => gpuBytes(page)).toBe(taken);
  expect(await visit.picture()).toBe(before);
  expect(page.url()).toBe(url);
  await page.keyboard.press('ArrowRight');
  await visit.isAt('forward', 8);
});
