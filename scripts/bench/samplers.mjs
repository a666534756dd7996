import { goal, sideOf, stepsPerRound, table } from './table.mjs';

const GOAL = 1.15;

export const samplers = {
  name: 'samplers',
  title: 'A step of each one-stage sampler',
  async measure({ call, quick }) {
    const side = sideOf(quick);
    const found = await call('samplerRatios', side, quick ? 2 : 9, stepsPerRound(side));
    const worst = found.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    return {
      text: `At ${side}², as a multiple of DDPM's.\n\n${table(
        ['sampler', 'ratio'],
        found.map(({ name, ratio }) => [name, ratio.toFixed(3)]),
      )}`,
      goals: [
        goal(`the slowest one-stage sampler, ${worst.name}, against DDPM`, worst.ratio, { most: GOAL }),
      ],
    };
  },
};
