/** What the tests may ask of the page: each function makes what it needs on the GPU, and answers in numbers. */
import * as blur from './harness/blur.ts';
import * as bound from './harness/bound.ts';
import * as device from './harness/device.ts';
import * as limit from './harness/limit.ts';
import * as picture from './harness/picture.ts';
import * as random from './harness/random.ts';
import * as statistics from './harness/statistics.ts';
import * as step from './harness/step.ts';
import * as trajectory from './harness/trajectory.ts';
import * as walk from './harness/walk.ts';

const harness = {
  ...blur,
  ...bound,
  ...device,
  ...limit,
  ...picture,
  ...random,
  ...statistics,
  ...step,
  ...trajectory,
  ...walk,
};

export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
  }
}

window.harness = harness;
