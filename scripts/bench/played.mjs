import { goal } from './table.mjs';

const GOAL = 1.25;

export const played = {
  name: 'played',
  title: 'A run as a visitor plays it',
  async measure({ call, quick }) {
    const { side, steps, turns } = quick
      ? { side: 64, steps: 100, turns: 2 }
      : { side: 512, steps: 1000, turns: 10 };
    const found = await call('playedRatio', side, steps, turns);
    return {
      text:
        `${found.steps} steps at ${side}², with pictures and histogram: ${found.playedMs.toFixed(0)} ms; the kernel ` +
        `alone: ${found.bareMs.toFixed(0)} ms; ratio ${found.ratio.toFixed(3)}.`,
      goals: [goal('a played run against the kernel alone', found.ratio, { most: GOAL })],
    };
  },
};
