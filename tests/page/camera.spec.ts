/** A camera's frames, noised live. The browser plays a test film in place of a camera. */
import { launchOptions } from '../../scripts/browser.mjs';
import { expect, test } from './fixture.ts';
import { SMALL } from './visit.ts';

declare global {
  interface Window {
    cameras: MediaStream[];
  }
}

const options = launchOptions();
test.use({
  launchOptions: { ...options, args: [...options.args, '--use-fake-device-for-media-stream'] },
  permissions: ['camera'],
});

test.beforeEach(async ({ page, visit }) => {
  await page.addInitScript(() => {
    window.cameras = [];
    const { getUserMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const stream = await getUserMedia.call(this, constraints);
      window.cameras.push(stream);
      return stream;
    };
  });
  await visit.open(`${SMALL}&t=5`);
  await visit.isAt('forward', 5);
});

test('the camera is live at any t, and stopping it brings the run back', async ({ visit, page }) => {
  const before = await visit.picture();
  await page.getByRole('button', { name: 'camera' }).click();
  await expect(visit.badge).toHaveText('camera · closed form');
  await expect(page.locator('.badge.denoiser')).toHaveText('oracle: knows x₀');
  await expect(visit.play).toBeDisabled();
  await visit.scrubber.focus();
  await page.keyboard.press('Home');
  await expect(visit.caption).toContainText('t = 0 of 20');
  // At t = 0 there is no noise: only the film itself can change the picture.
  const still = await visit.picture();
  expect(still).not.toBe(before);
  await expect.poll(() => visit.picture()).not.toBe(still);
  await page.keyboard.press('End');
  await expect(visit.caption).toContainText('t = 20 of 20');
  await page.getByRole('button', { name: 'One step back' }).click();
  await expect(visit.caption).toContainText('t = 19 of 20');
  await page.getByLabel('Steps T').fill('10');
  await page.getByLabel('Steps T').press('Enter');
  await expect(visit.caption).toContainText('t = 10 of 10');
  await page.getByRole('button', { name: 'Stop the camera' }).click();
  await visit.isAt('forward', 5);
  await expect(visit.caption).toContainText('of 20');
  await expect(page.getByLabel('Steps T')).toHaveValue('20');
  await expect.poll(() => visit.picture()).toBe(before);
});

test('a frozen frame becomes the picture of a run', async ({ visit, page }) => {
  await page.getByRole('button', { name: 'camera' }).click();
  await page.getByRole('button', { name: 'Freeze this frame' }).click();
  await expect(page).toHaveURL(/#image=own&.*&run=reverse&t=0$/);
  await expect(visit.badge).toHaveText('Reverse p');
  expect(await visit.picture()).toBe(await visit.picture(visit.x0));
  const live = await page.evaluate(() => window.cameras.filter((camera) => camera.active).length);
  expect(live).toBe(0);
});

test('asked for twice at once, one camera opens, and it closes', async ({ visit, page }) => {
  await page.keyboard.press('c');
  await page.keyboard.press('c');
  await expect(visit.badge).toHaveText('camera · closed form');
  expect(await page.evaluate(() => window.cameras.length)).toBe(1);
  await page.keyboard.press('c');
  await visit.isAt('forward', 5);
  expect(await page.evaluate(() => window.cameras.some((camera) => camera.active))).toBe(false);
});

test('a camera that is not allowed is said to be so, and the run stays', async ({ visit, page, context }) => {
  await context.clearPermissions();
  await page.getByRole('button', { name: 'camera' }).click();
  await expect(visit.problem).toContainText('The camera is not allowed');
  await visit.isAt('forward', 5);
});
