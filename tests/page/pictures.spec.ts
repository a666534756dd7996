/** Pictures that visitors bring: photographs come back as they were, and odd files get an answer. */
import { animatedGif, decoded, drop, paste, photograph, type Upload, upload } from './files.ts';
import { expect, test } from './fixture.ts';
import { type Pixels, SMALL } from './visit.ts';

const OWN = /#image=own&.*&run=reverse&t=0$/;

/** The largest difference of any channel of any pixel, in 255ths. */
function furthest(a: Pixels, b: Pixels): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((most, byte, i) => Math.max(most, Math.abs(byte - (b.data[i] as number))), 0);
}

/** Red, green and blue in the middle. */
function middle({ width, height, data }: Pixels): number[] {
  const at = 4 * (Math.floor(height / 2) * width + Math.floor(width / 2));
  return data.slice(at, at + 3);
}

const svg = (attributes: string) =>
  upload(
    'drawing.svg',
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="100%" height="100%" fill="#08f"/></svg>`,
  );

for (const [type, width, height] of [
  ['image/png', 173, 131],
  ['image/jpeg', 201, 97],
  ['image/webp', 97, 143],
] as const) {
  test(`a dropped ${type} of ${width} × ${height} dissolves and comes back`, async ({ visit, page }) => {
    await visit.open('size=64&frame=whole&T=5&t=0');
    const file = await photograph(page, type, width, height);
    await drop(page, file);
    await expect(visit.x).toHaveJSProperty('width', Math.round((64 * width) / Math.max(width, height)));
    await page.getByLabel('Size').selectOption('original');
    await expect(visit.x).toHaveJSProperty('width', width);
    await page.keyboard.press('r');
    await page.keyboard.press('Home');
    await expect(page).toHaveURL(OWN);
    expect(furthest(await visit.pixels(), await decoded(page, file))).toBeLessThanOrEqual(1);
  });
}

test('pictures come in by the file dialogue and by pasting, too', async ({ visit, page }) => {
  await visit.open('size=original&frame=whole&T=2&image=planet&t=0');
  const wide = await photograph(page, 'image/png', 60, 40);
  const tall = await photograph(page, 'image/png', 40, 60);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'choose a file' }).click();
  await (await chooser).setFiles(wide);
  await expect(page).toHaveURL(OWN);
  await expect(visit.x).toHaveJSProperty('width', 60);
  await paste(page, tall);
  await expect(visit.x).toHaveJSProperty('width', 40);
  await expect(visit.x).toHaveJSProperty('height', 60);
});

test('what is no picture is turned down with a reason, and the run stays', async ({
  visit,
  page,
  expected,
}) => {
  // The browser's own report of the torn SVG is styled.
  expected.push(/^Applying inline style violates/);
  await visit.open(`${SMALL}&t=6`);
  await visit.isAt('forward', 6);
  const [url, picture] = [page.url(), await visit.picture()];
  const turnedDown: [Upload | undefined, string][] = [
    [upload('none.png', 'image/png', ''), '“none.png” is an empty file'],
    [upload('bad.png', 'image/png', 'not a PNG'), '“bad.png” could not be decoded'],
    [upload('notes.txt', 'text/plain', 'words'), '“notes.txt” is not a picture'],
    [
      upload('torn.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><g>'),
      '“torn.svg” could not',
    ],
    [upload('unnamed', '', 'words'), '“unnamed” could not be decoded'],
    [undefined, 'holds no picture file'],
  ];
  for (const [file, reason] of turnedDown) {
    await drop(page, file);
    await expect(visit.problem).toContainText(reason);
  }
  await paste(page);
  await expect(visit.problem).toContainText('holds no picture file');
  await visit.isAt('forward', 6);
  expect(page.url()).toBe(url);
  expect(await visit.picture()).toBe(picture);
});

test.describe('unusual pictures', () => {
  // At rest the picture is on the screen as it is.
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test.beforeEach(({ visit }) => visit.open('size=64&frame=whole&T=2&t=0'));

  test('an SVG without a size takes its view box’s shape, or a square', async ({ visit, page }) => {
    await drop(page, svg('viewBox="0 0 30 10"'));
    await expect(visit.x).toHaveJSProperty('height', 21);
    await expect.poll(async () => middle(await visit.pixels())).toEqual([0, 136, 255]);
    await drop(page, svg(''));
    await expect(visit.x).toHaveJSProperty('height', 64);
    await expect.poll(async () => middle(await visit.pixels())).toEqual([0, 136, 255]);
  });

  test('an enormous SVG is drawn smaller', async ({ visit, page }) => {
    await drop(page, svg('width="60000" height="30000" viewBox="0 0 60 30"'));
    await expect(visit.x).toHaveJSProperty('height', 32);
    await expect.poll(async () => middle(await visit.pixels())).toEqual([0, 136, 255]);
  });

  test('an SVG keeps its own styles', async ({ visit, page, expected }) => {
    // The browser says so of the copy that is read for its size; what is drawn is another document.
    expected.push(/^Applying inline style violates/);
    const styles =
      '<style>circle { fill: #08f }</style><circle r="9" /><rect width="9" height="9" style="fill: #08f" />';
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 8 8">${styles}</svg>`;
    await drop(page, upload('styled.svg', 'image/svg+xml', drawing));
    await expect(page).toHaveURL(/#image=own&/);
    await expect.poll(async () => middle(await visit.pixels())).toEqual([0, 136, 255]);
    expect((await visit.pixels()).data.slice(0, 3)).toEqual([0, 136, 255]);
  });

  test('of an animation the first frame is used, and the page says so', async ({ visit, page }) => {
    await drop(page, animatedGif());
    await expect(visit.news).toContainText('its first frame is used');
    await expect.poll(async () => middle(await visit.pixels())).toEqual([255, 0, 0]);
  });

  test('a picture is known by its bytes where its name says nothing', async ({ visit, page }) => {
    await drop(page, { ...animatedGif(), name: 'blink', mimeType: '' });
    await expect.poll(async () => middle(await visit.pixels())).toEqual([255, 0, 0]);
  });

  test('white shines through a transparent PNG', async ({ visit, page }) => {
    const file = await photograph(page, 'image/png', 64, 64, 0);
    await drop(page, file);
    await expect(page).toHaveURL(/#image=own&/);
    await expect
      .poll(async () => furthest(await visit.pixels(), await decoded(page, file)))
      .toBeLessThanOrEqual(1);
  });

  test('a picture beyond the GPU’s textures is shrunk, and the page says so', async ({ visit, page }) => {
    const most = await page.evaluate(async () => {
      const adapter = await navigator.gpu.requestAdapter();
      return adapter?.limits.maxTextureDimension2D as number;
    });
    await drop(page, await photograph(page, 'image/png', most + 1, 2));
    await expect(visit.news).toContainText('has been shrunk');
    await expect(visit.x).toHaveJSProperty('width', 64);
    await expect(visit.x).toHaveJSProperty('height', 1);
  });
});

test('a size beyond the device is turned down, and the run stays', async ({ visit, page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(GPUSupportedLimits.prototype, 'maxStorageBufferBindingSize', {
      get: () => 2 ** 20,
    }),
  );
  await visit.open(`${SMALL}&t=6`);
  await visit.isAt('forward', 6);
  const [url, picture] = [page.url(), await visit.picture()];
  const size = page.getByLabel('Size');
  await size.selectOption('1024');
  await expect(visit.problem).toContainText('it needs 12.0 MiB at once; this device allows 1.0 MiB');
  await expect(size).toHaveValue('64');
  await visit.isAt('forward', 6);
  expect(page.url()).toBe(url);
  expect(await visit.picture()).toBe(picture);
  // What was turned down does not cling to the next change.
  await page.keyboard.press('n');
  await expect(page).not.toHaveURL(url);
  await expect(page).toHaveURL(/size=64&/);
});
