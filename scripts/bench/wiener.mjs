import { stepsPerRound, table } from './table.mjs';

export const wiener = {
  name: 'wiener',
  title: 'The Wiener denoiser',
  async measure({ call, quick }) {
    const side = quick ? 64 : 256;
    const { one, two } = await call('wienerRatios', side, quick ? 2 : 9, Math.ceil(stepsPerRound(side) / 8));
    const row = (images, { ms, ratio }) => [images, ms.toFixed(2), ratio.toFixed(2)];
    const rows = [row('1', one), row('2', two)];
    return {
      text: `An answer at ${side}² RGB, beside a bare step back.\n\n${table(['images', 'ms', 'ratio'], rows)}`,
    };
  },
};
