// What a soak does: everything that a visitor may do again and again. Settings are changed by links, which hold them all;
// the rest by keys and the window itself.

const SETTINGS = {
  size: ['64', '128'],
  T: ['20', '35'],
  schedule: ['cosine', 'linear'],
  denoiser: ['oracle', 'blurred-oracle', 'gaussian'],
  sampler: ['posterior', 'ddim', 'heun', 'dpmpp-2m', 'unipc', 'ddpm'],
  noise: ['independent', 'luma-first'],
  limit: ['none', 'clip', 'dynamic-threshold'],
  colour: ['rgb', 'grey'],
  start: ['forward', 'fresh'],
  image: ['lake'],
};
const WINDOWS = [
  { width: 1280, height: 720 },
  { width: 900, height: 800 },
  { width: 390, height: 844 },
];

/** The view that generates, with sets of 32 × 32 that are drawn here. */
const GENERATING = {
  set: ['ring', 'stripes', 'shapes'],
  denoiser: ['local', 'ideal', 'wiener'],
  n: ['4', '2'],
  steps: ['5', '8'],
  sampler: ['ddim', 'dpmpp-2m'],
};

/** The run that a soak begins and ends with. A link keeps what it does not name, so this one names all: the first of each. */
export const BASE = [
  ...Object.entries(SETTINGS).map(([name, [value]]) => `${name}=${value}`),
  'seed=1&run=forward&t=0',
].join('&');

const go = (page, link) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#${link}`);

const choose = (random, list) => list[Math.floor(random() * list.length)];

const linkOf = (random) => {
  const settings = Object.entries(SETTINGS).map(([name, values]) => `${name}=${choose(random, values)}`);
  return [
    ...settings,
    `seed=${Math.floor(random() * 1000)}`,
    'run=forward',
    `t=${Math.floor(random() * 20)}`,
  ].join('&');
};

const wholeOf = (settings, choice) =>
  Object.entries(settings)
    .map(([name, values]) => `${name}=${choice(values)}`)
    .join('&');

const generatingLink = (settings) => `view=generate&k=25&seed=3&${settings}`;

const viewOf = (link) => new URLSearchParams(link).get('view') ?? 'run';

/** Where the page's own links lead, but for the run: whatever views there are. */
const viewLinks = async (page) => {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll('diffuscope-nav a')].map((link) => link.hash.slice(1)),
  );
  return links.filter((link) => viewOf(link) !== 'run');
};

const pause = (page, ms) => page.waitForTimeout(ms);

async function generating(page, settings, ms) {
  await go(page, generatingLink(settings));
  await pause(page, ms);
}

/** Until the page has a device that works, other than the last. */
async function deviceAfter(page, count) {
  await page.waitForFunction((n) => window.soak.devices > n, count, { timeout: 60_000 });
  await page.waitForFunction(
    () => document.querySelector('diffuscope-app').gpu.device === window.soak.device,
    undefined,
    { timeout: 60_000 },
  );
}

export const actions = {
  async settings({ page, random }) {
    await go(page, linkOf(random));
    await pause(page, 400);
  },
  async play({ page }) {
    await page.keyboard.press('Space');
    await pause(page, 1200);
  },
  async scrub({ page, random }) {
    await page.keyboard.press(choose(random, ['Home', 'End']));
    for (let k = 0; k < 8; k++) await page.keyboard.press(choose(random, ['ArrowRight', 'ArrowLeft']));
    await pause(page, 200);
  },
  async resize({ page, random }) {
    await page.setViewportSize(choose(random, WINDOWS));
    await pause(page, 300);
  },
  async view({ page, random }) {
    await go(page, choose(random, await viewLinks(page)));
    await pause(page, 800);
    await go(page, BASE);
    await pause(page, 200);
  },
  /** There, to another set and another denoiser, a sample taken out and branched from, and back. */
  async generate({ page, random }) {
    await generating(
      page,
      wholeOf(GENERATING, (values) => choose(random, values)),
      1000,
    );
    await generating(
      page,
      wholeOf(GENERATING, (values) => choose(random, values)),
      1000,
    );
    await page.locator('diffuscope-wall [data-sample="0"]').click();
    await pause(page, 600);
    for (const key of ['ArrowLeft', 'b', 'Escape']) {
      await page.keyboard.press(key);
      await pause(page, 300);
    }
    await go(page, BASE);
    await pause(page, 300);
  },
  async 'lose the device'({ page }) {
    const count = await page.evaluate(() => {
      const { device, devices } = window.soak;
      device.destroy();
      return devices;
    });
    await deviceAfter(page, count);
    await pause(page, 1000);
  },
};

/** Everything once, so that what is loaded and compiled at first is there. */
export async function warmUp(page) {
  for (const link of await viewLinks(page)) {
    await go(page, link);
    await pause(page, 1500);
  }
  for (const set of GENERATING.set) await generating(page, `set=${set}&n=4&steps=5`, 1000);
  for (const denoiser of GENERATING.denoiser) await generating(page, `denoiser=${denoiser}`, 1500);
  await page.locator('diffuscope-wall [data-sample="0"]').click();
  await pause(page, 1000);
  await go(page, BASE);
  for (const window of WINDOWS) {
    await page.setViewportSize(window);
    await pause(page, 300);
  }
  for (const name of ['denoiser', 'sampler', 'limit', 'noise', 'colour']) {
    for (const value of SETTINGS[name]) {
      await go(page, `${BASE}&${name}=${value}`);
      await pause(page, 250);
    }
  }
}

/** Back to the run and window that the soak began with, everything charted and every notice gone. */
export async function settle(page) {
  await page.setViewportSize(WINDOWS[0]);
  // The view that generates keeps what it showed last.
  const first = wholeOf(GENERATING, ([one]) => one);
  await generating(page, first, 500);
  await page.waitForFunction(
    (settings) => {
      const { wanted, msPerStep } = document.querySelector('diffuscope-generate');
      const made = Object.entries(settings).every(([name, [one]]) => String(wanted[name]) === one);
      return made && msPerStep > 0;
    },
    GENERATING,
    { timeout: 60_000 },
  );
  await go(page, `${BASE}&seed=2`);
  await pause(page, 500);
  await go(page, BASE);
  await page.waitForFunction(
    () => {
      const { run } = document.querySelector('diffuscope-run-room').session ?? {};
      const { options, chart, playing, seeking } = run ?? {};
      return options?.seed === 1 && options.shape.w === 64 && chart.done && !playing && !seeking;
    },
    undefined,
    { timeout: 60_000 },
  );
  await page.waitForFunction(() => document.querySelectorAll('.notice').length === 0, undefined, {
    timeout: 30_000,
  });
  // What was left while it was being made is given back when it is there.
  await page.waitForFunction(
    async (ms) => {
      const { gpu } = document.querySelector('diffuscope-app');
      const { bytes } = gpu;
      await new Promise((resolve) => setTimeout(resolve, ms));
      return gpu.bytes === bytes;
    },
    1500,
    { timeout: 60_000 },
  );
}
