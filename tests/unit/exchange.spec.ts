/** One thing takes another's place: whatever fails, is overtaken or given up, one is shown and the rest is released. */
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { Exchange, type Steps } from '../../src/player/exchange.ts';

interface Thing {
  readonly wish: number;
  readonly device: number;
  attached: boolean;
  released: number;
  restored: number;
}

/** An await of `make` or `attach`, to be settled by the test. */
interface Pause {
  readonly of: 'make' | 'attach';
  readonly wish: number;
  readonly signal: AbortSignal;
  go(): void;
  fail(error?: Error): void;
}

/** Steps whose every await the test settles, and all that they ever made. */
function workshop() {
  const things: Thing[] = [];
  const pauses: Pause[] = [];
  const pause = <Value>(of: Pause['of'], wish: number, signal: AbortSignal, value: () => Value) =>
    new Promise<Value>((resolve, reject) => {
      const leave = () => pauses.splice(pauses.indexOf(entry), 1);
      const entry: Pause = {
        ...{ of, wish, signal },
        go: () => {
          leave();
          resolve(value());
        },
        fail: (error = new Error(`cannot ${of} ${wish}`)) => {
          leave();
          reject(error);
        },
      };
      pauses.push(entry);
    });
  const on = (device: number): Steps<number, Thing> => ({
    make: (wish, signal) =>
      pause('make', wish, signal, () => {
        const thing = { wish, device, attached: false, released: 0, restored: 0 };
        things.push(thing);
        return thing;
      }),
    attach: (thing, signal) =>
      pause('attach', thing.wish, signal, () => {
        thing.attached = true;
      }),
    release: (thing) => {
      thing.released++;
    },
    restore: (thing) => {
      thing.restored++;
    },
  });
  const alive = () => things.filter(({ released }) => released === 0);
  return { things, pauses, on, alive };
}

/** After all that promises have to say to each other. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** An exchange that shows 1. */
async function showing() {
  const shop = workshop();
  const exchange = new Exchange(shop.on(0));
  const first = exchange.want(1);
  shop.pauses[0]?.go();
  await settled();
  shop.pauses[0]?.go();
  expect(await first).toBe(true);
  return { ...shop, exchange };
}

test('the one before is alive until the next one shows, and is released then', async () => {
  const { exchange, pauses, things } = await showing();
  const seen: (number | undefined)[] = [];
  exchange.addEventListener('shown', () => seen.push(exchange.shown?.wish, things[0]?.released));
  const second = exchange.want(2);
  expect([exchange.shown?.wish, exchange.newest, exchange.busy]).toEqual([1, 2, true]);
  pauses[0]?.go();
  await settled();
  expect([exchange.shown?.wish, things[0]?.released]).toEqual([1, 0]);
  pauses[0]?.go();
  expect(await second).toBe(true);
  expect(seen).toEqual([2, 0]);
  expect([exchange.shown?.wish, exchange.busy]).toEqual([2, false]);
  expect(things.map(({ released }) => released)).toEqual([1, 0]);
});

for (const [of, awaits] of [
  ['make', 0],
  ['attach', 1],
] as const) {
  test(`where ${of} fails, what was there stays and the half-made is released`, async () => {
    const { exchange, pauses, things, alive } = await showing();
    const second = exchange.want(2);
    for (let i = 0; i < awaits; i++) {
      pauses[0]?.go();
      await settled();
    }
    expect(pauses[0]?.of).toBe(of);
    pauses[0]?.fail();
    await expect(second).rejects.toThrow(`cannot ${of} 2`);
    expect([exchange.shown?.wish, exchange.newest, exchange.busy]).toEqual([1, 1, false]);
    expect(alive()).toEqual([things[0]]);
    // Only an attempt that came to the screen can have taken a part of it.
    expect(things[0]?.restored).toBe(awaits);
  });

  test(`a later wish overtakes ${of}, which then counts for nothing, even where it fails`, async () => {
    for (const end of ['go', 'fail'] as const) {
      const { exchange, pauses, things, alive } = await showing();
      const second = exchange.want(2);
      for (let i = 0; i < awaits; i++) {
        pauses[0]?.go();
        await settled();
      }
      const overtaken = pauses[0] as Pause;
      expect(overtaken.signal.aborted).toBe(false);
      const third = exchange.want(3);
      expect(overtaken.signal.aborted).toBe(true);
      overtaken[end]();
      expect(await second).toBe(false);
      expect([exchange.shown?.wish, exchange.newest, exchange.busy]).toEqual([1, 3, true]);
      pauses[0]?.go();
      await settled();
      pauses[0]?.go();
      expect(await third).toBe(true);
      expect(alive().map(({ wish }) => wish)).toEqual([3]);
      expect(things.every(({ released }) => released <= 1)).toBe(true);
    }
  });

  test(`disposed of during ${of}, it releases what is shown at once and the half-made when it can`, async () => {
    const { exchange, pauses, alive } = await showing();
    const second = exchange.want(2);
    for (let i = 0; i < awaits; i++) {
      pauses[0]?.go();
      await settled();
    }
    exchange.dispose();
    expect(exchange.shown).toBeUndefined();
    expect(alive().every(({ wish }) => wish === 2)).toBe(true);
    pauses[0]?.go();
    expect(await second).toBe(false);
    expect(alive()).toEqual([]);
    expect([exchange.newest, exchange.busy]).toEqual([undefined, false]);
  });

  test(`another device during ${of} makes the same wish again there`, async () => {
    const { exchange, pauses, on, alive } = await showing();
    const second = exchange.want(2);
    for (let i = 0; i < awaits; i++) {
      pauses[0]?.go();
      await settled();
    }
    const again = exchange.renew(on(1));
    pauses[0]?.fail(new Error('the device is lost'));
    expect(await second).toBe(false);
    pauses[0]?.go();
    await settled();
    pauses[0]?.go();
    expect(await again).toBe(true);
    expect(alive()).toMatchObject([{ wish: 2, device: 1 }]);
  });
}

test('what is on its way can be given up: what is shown stays, the half-made is released', async () => {
  const { exchange, pauses, things, alive } = await showing();
  const second = exchange.want(2);
  pauses[0]?.go();
  await settled();
  exchange.giveUp();
  expect([exchange.shown?.wish, exchange.newest, exchange.busy]).toEqual([1, 1, false]);
  pauses[0]?.go();
  expect(await second).toBe(false);
  expect(things.map(({ released }) => released)).toEqual([0, 1]);
  expect(alive()).toHaveLength(1);
  // Where nothing is on its way nothing happens.
  exchange.giveUp();
  expect([exchange.shown?.wish, exchange.newest]).toEqual([1, 1]);
});

test('on another device the wish may be made anew from what is shown', async () => {
  const { exchange, pauses, on, things } = await showing();
  const again = exchange.renew(on(1), (newest) => newest + 10);
  pauses[0]?.go();
  await settled();
  pauses[0]?.go();
  expect(await again).toBe(true);
  expect(exchange.shown).toMatchObject({ wish: 11, device: 1 });
  expect(things.map(({ released }) => released)).toEqual([1, 0]);
});

test('a first wish that failed is made again on another device', async () => {
  const { on, pauses, alive } = workshop();
  const exchange = new Exchange(on(0));
  expect(await exchange.renew(on(0))).toBe(false);
  const first = exchange.want(1);
  pauses[0]?.fail();
  await expect(first).rejects.toThrow('cannot make 1');
  const again = exchange.renew(on(1));
  pauses[0]?.go();
  await settled();
  pauses[0]?.go();
  expect(await again).toBe(true);
  expect(alive()).toMatchObject([{ wish: 1, device: 1 }]);
});

test('in any order of wishes, failures, devices and disposals, what is shown is alive and nothing else is', async () => {
  const command = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ do: 'want' as const, at: 0 }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('go' as const), at: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), at: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.constant({ do: 'renew' as const, at: 0 }) },
    { weight: 1, arbitrary: fc.constant({ do: 'dispose' as const, at: 0 }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
      const { pauses, things, on, alive } = workshop();
      const exchange = new Exchange(on(0));
      let [wish, device] = [0, 0];
      // The model: what shows, and what is on its way.
      let shown: number | undefined;
      let going: number | undefined;
      let last: number | undefined;
      exchange.addEventListener('shown', () => {
        const before = things.filter((thing) => thing.attached && thing !== exchange.shown);
        expect(before.filter(({ wish, released }) => wish === shown && released === 0)).toHaveLength(
          shown === undefined ? 0 : 1,
        );
        shown = going;
        going = undefined;
      });
      const ask = (promise: Promise<boolean>) => void promise.catch(() => {});
      for (const { do: what, at } of commands) {
        const pause = pauses[at % Math.max(1, pauses.length)];
        if (what === 'want') {
          going = last = ++wish;
          ask(exchange.want(wish));
        } else if (what === 'renew') {
          going = last;
          ask(exchange.renew(on(++device)));
        } else if (what === 'dispose') {
          shown = going = last = undefined;
          exchange.dispose();
        } else if (pause) {
          if (what === 'fail' && !pause.signal.aborted) {
            going = undefined;
            last = shown ?? last;
          }
          pause[what]();
        }
        await settled();
        expect(exchange.shown?.wish).toBe(shown);
        expect(exchange.newest).toBe(last);
        expect(exchange.busy).toBe(going !== undefined);
        expect(exchange.shown?.released ?? 0).toBe(0);
        expect(things.every(({ released }) => released <= 1)).toBe(true);
      }
      while (pauses.length > 0) {
        pauses[0]?.go();
        await settled();
      }
      expect(alive()).toEqual(exchange.shown ? [exchange.shown] : []);
      expect(exchange.shown?.wish).toBe(going ?? shown);
    }),
    { numRuns: 100 },
  );
});
