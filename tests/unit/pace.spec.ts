import { expect, test } from '@playwright/test';
import { Pace } from '../../src/trajectory/pace.ts';

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a busy step’s time is taken of many steps, of nothing else, and not of what submitting costs', async () => {
  const pace = new Pace();
  await pace.submitted(1, after(5), true);
  await pace.submitted(1, after(80), true);
  await pace.submitted(100, after(5), true);
  await pace.submitted(100, after(80), false);
  expect(pace.msPerStep).toBeGreaterThan(0);
  expect(pace.busyMsPerStep).toBeNaN();
  await pace.submitted(100, after(200), true);
  expect(pace.busyMsPerStep).toBeGreaterThan(1.9);
  const first = pace.busyMsPerStep;
  await pace.submitted(100, after(400), true);
  expect(pace.busyMsPerStep).toBe(first);
});
