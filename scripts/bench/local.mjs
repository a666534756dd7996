import { goal, table } from './table.mjs';

const GOAL = 2.5;

export const local = {
  name: 'local',
  title: 'The local denoiser',
  async measure({ call, quick }) {
    const { N, side, rounds, steps } = quick
      ? { N: 16, side: 32, rounds: 2, steps: 3 }
      : { N: 100, side: 64, rounds: 9, steps: 30 };
    const rows = [];
    const goals = [];
    for (const n of [1, 16]) {
      for (const { k, ms, readMs, ratio } of await call('localRatios', n, N, side, rounds)) {
        rows.push([String(n), String(k), ms.toFixed(1), readMs.toFixed(1), ratio.toFixed(2)]);
        goals.push(
          goal(`local denoiser, ${n} at once, window ${k}, against reading the set`, ratio, { most: GOAL }),
        );
      }
    }
    const run = await call('localRun', 16, N, side, steps);
    return {
      text:
        `Images of ${side}² RGB from a set of ${N}, of bytes, beside reading the set as often, as float32.\n\n` +
        `${table(['images', 'window', 'ms', 'reading, ms', 'ratio'], rows)}\n\n` +
        `16 images in ${steps} steps: ${run.runMs.toFixed(0)} ms, after ${run.createMs.toFixed(0)} ms of preparation.`,
      goals,
    };
  },
};
