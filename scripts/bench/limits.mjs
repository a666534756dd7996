import { stepsPerRound, table } from './table.mjs';

export const limits = {
  name: 'limits',
  title: 'Keeping x̂_0 within range',
  async measure({ call, quick }) {
    const rows = [];
    for (const side of quick ? [64] : [256, 512]) {
      const { clip, threshold } = await call('limitRatios', side, quick ? 2 : 9, stepsPerRound(side));
      rows.push([`${side}²`, clip.toFixed(3), threshold.toFixed(3)]);
    }
    return { text: `As a multiple of a step back.\n\n${table(['size', 'clip', 'threshold'], rows)}` };
  },
};
