import { goal, table } from './table.mjs';

/** Its rate as a part of plain matrix products', and as a multiple of other libraries'. */
const GOALS = { products: 0.6, peers: 2 };

export const ideal = {
  name: 'ideal',
  title: 'The ideal denoiser',
  async measure({ call, quick }) {
    const { n, side, rounds } = quick ? { n: 240, side: 16, rounds: 3 } : { n: 4000, side: 64, rounds: 3 };
    const goals = [];
    const rows = [];
    for (const sigma of [40, 1]) {
      const [, ...others] = await call('idealRates', n, side, sigma, rounds);
      for (const { name, ms, ratio, difference, failure } of others) {
        const apart = difference === undefined ? '' : difference.toExponential(1);
        rows.push([
          String(sigma),
          name,
          failure ? '' : ms.toFixed(1),
          failure ? failure.slice(0, 100) : ratio.toFixed(2),
          apart,
        ]);
        const least = /product/.test(name) ? GOALS.products : GOALS.peers;
        if (!failure)
          goals.push(goal(`${name}, as a multiple of the ideal denoiser, σ = ${sigma}`, ratio, { least }));
      }
    }
    return {
      text:
        `Batch 16, ${n} images of 3 × ${side} × ${side}; times as multiples of its own.\n\n` +
        table(['σ', '', 'ms', 'of ours', 'from ours'], rows),
      goals,
    };
  },
};
