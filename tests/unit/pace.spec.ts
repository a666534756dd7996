import { expect, test } from '@playwright/test';
import { Pace } from '../../src/trajectory/pace.ts';

/** A submission's end, and how to bring it about. */
function submission() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done, end };
}

/** A pace whose clock stands still but while a submission runs, which takes as long as it is told. */
function clocked() {
  let now = 1000;
  const pace = new Pace(() => now);
  const submit = (steps: number, ms: number, alone = false) => {
    const { done, end } = submission();
    const told = pace.submitted(steps, done, alone);
    now += ms;
    end();
    return told;
  };
  return { pace, submit };
}

test('a busy step’s time is taken of many steps, of nothing else, and not of what submitting costs', async () => {
  const { pace, submit } = clocked();
  await submit(1, 5, true);
  await submit(1, 80, true);
  // No longer than submitting takes; with other work; and of few steps.
  await submit(100, 19, true);
  await submit(100, 80);
  await submit(7, 80, true);
  expect(pace.busyMsPerStep).toBeNaN();
  await submit(100, 200, true);
  expect(pace.busyMsPerStep).toBe(2);
  await submit(100, 400, true);
  expect(pace.busyMsPerStep).toBe(2);
  await submit(100, 100, true);
  expect(pace.busyMsPerStep).toBe(1);
});

test('the pace follows what is measured, a fifth of the way each time, and says what fits', async () => {
  const { pace, submit } = clocked();
  expect(pace.stepsIn(16)).toBe(1);
  await submit(0, 50);
  expect(pace.msPerStep).toBeNaN();
  await submit(4, 8);
  expect(pace.msPerStep).toBe(2);
  expect(pace.stepsIn(16)).toBe(8);
  await submit(1, 7);
  expect(pace.msPerStep).toBeCloseTo(3, 12);
  await submit(1, 1000);
  expect(pace.stepsIn(16)).toBe(1);
});

test('of two submissions at once the second’s time begins where the first ends; more do not fit', async () => {
  let now = 0;
  const pace = new Pace(() => now);
  const [first, second] = [submission(), submission()];
  const told = [pace.submitted(1, first.done), pace.submitted(1, second.done)];
  expect(pace.ready).toBe(false);
  now = 10;
  first.end();
  await told[0];
  expect(pace.ready).toBe(true);
  expect(pace.msPerStep).toBe(10);
  now = 30;
  second.end();
  await told[1];
  // 20 and not 30: a fifth of the way from 10.
  expect(pace.msPerStep).toBeCloseTo(12, 12);
});
