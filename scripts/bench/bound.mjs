import { goal, table } from './table.mjs';

const GOAL = 1.3;

export const bound = {
  name: 'bound',
  title: 'Measuring the bound',
  async measure({ call, quick }) {
    const [sides, steps, rounds] = quick ? [[64], 50, 3] : [[256, 512], 100, 3];
    const rows = [];
    const goals = [];
    for (const side of sides) {
      const { aloneMs, boundMs, ratio } = await call('boundRatio', side, steps, rounds);
      rows.push([`${side}²`, boundMs.toFixed(0), aloneMs.toFixed(0), ratio.toFixed(3)]);
      goals.push(goal(`charting with the bound at ${side}² against charting alone`, ratio, { most: GOAL }));
    }
    const head = ['size', 'with the bound, ms', 'charting alone, ms', 'ratio'];
    return { text: `Over ${steps} steps.\n\n${table(head, rows)}`, goals };
  },
};
