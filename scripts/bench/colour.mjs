import { sideOf, stepsPerRound } from './table.mjs';

export const colour = {
  name: 'colour',
  title: 'Colour noise',
  async measure({ call, quick }) {
    const side = sideOf(quick);
    const { colourMs, scalarMs, ratio } = await call('colourRatio', side, quick ? 2 : 5, stepsPerRound(side));
    return {
      text:
        `At ${side}² a step takes ${colourMs.toFixed(3)} ms with matrices and ${scalarMs.toFixed(3)} ms with numbers: ` +
        `${ratio.toFixed(3)} ×.`,
    };
  },
};
