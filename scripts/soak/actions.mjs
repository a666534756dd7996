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
const VIEWS = ['theorem', 'derivation', 'compare'];
const WINDOWS = [
  { width: 1280, height: 720 },
  { width: 900, height: 800 },
  { width: 390, height: 844 },
];

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

const pause = (page, ms) => page.waitForTimeout(ms);

/** Until the page has a device that works, other than the last. */
async function deviceAfter(page, count) {
  await page.waitForFunction((n) => window.soak.devices.length > n, count, { timeout: 60_000 });
  await page.waitForFunction(
    () => document.querySelector('diffuscope-app').gpu.device === window.soak.devices.at(-1),
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
    await go(page, `${BASE}&view=${choose(random, VIEWS)}`);
    await pause(page, 800);
    await go(page, BASE);
    await pause(page, 200);
  },
  async 'lose the device'({ page }) {
    const count = await page.evaluate(() => {
      const { devices } = window.soak;
      devices.at(-1).destroy();
      return devices.length;
    });
    await deviceAfter(page, count);
    await pause(page, 1000);
  },
};

/** Everything once, so that what is loaded and compiled at first is there. */
export async function warmUp(page) {
  for (const view of VIEWS) {
    await go(page, `${BASE}&view=${view}`);
    await pause(page, 1500);
  }
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
  await pause(page, 500);
}
