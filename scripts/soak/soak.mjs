// A soak of the page: what a visitor may do, at random and again and again, and what the page keeps of it.
import { actions, BASE, settle, warmUp } from './actions.mjs';
import { census, watchPage } from './watch.mjs';

/** Numbers in [0, 1), the same for the same seed (a linear congruential generator; Knuth's MMIX). */
function randomOf(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

/** A device is lost so often; all else in between, at random. */
const LOSS_MS = 20_000;

/**
 * Soaks the page at `url` for so many milliseconds. Resolves to what it did, the census before and after, frames that
 * came more than 100 ms late with what was being done, and the errors in the console.
 */
export async function soak(page, url, { ms, seed = 1, log = () => {} }) {
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(watchPage);
  await page.goto(new URL(`#${BASE}`, url).href);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.waitForFunction(() => document.querySelector('diffuscope-run-room')?.session?.run, undefined, {
    timeout: 60_000,
  });
  const doing = (what) =>
    page.evaluate((name) => {
      window.soak.doing = name;
    }, what);

  await warmUp(page);
  await actions['lose the device']({ page });
  await settle(page);
  const before = await census(page, cdp);
  await page.evaluate(() => {
    window.soak.gaps.length = 0;
    window.soak.frames = 0;
  });

  const random = randomOf(seed);
  const done = {};
  const others = Object.keys(actions).filter((name) => name !== 'lose the device');
  const begun = Date.now();
  let lossAt = begun + LOSS_MS / 2;
  while (Date.now() - begun < ms) {
    const losing = Date.now() > lossAt;
    if (losing) lossAt = Date.now() + LOSS_MS;
    const name = losing ? 'lose the device' : others[Math.floor(random() * others.length)];
    await doing(name);
    await actions[name]({ page, random });
    done[name] = (done[name] ?? 0) + 1;
    log(name);
  }
  await doing('settling');
  await settle(page);
  const { gaps, frames } = await page.evaluate(() => ({
    gaps: window.soak.gaps,
    frames: window.soak.frames,
  }));
  return { done, before, after: await census(page, cdp), gaps, frames, errors };
}
