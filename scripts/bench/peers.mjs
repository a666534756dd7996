import { goal, table } from './table.mjs';

const JAX_JS_GOAL = 3;

const figures = ({ failure }, { ms, ratio, best, oursBest }) =>
  failure
    ? ['—', '—', '—', '—']
    : [ms.toFixed(2), `${ratio.toFixed(2)} ×`, best.toFixed(2), `${(best / oursBest).toFixed(2)} ×`];

export const peers = {
  name: 'peers',
  title: 'Peers: the same step on the same page',
  async measure({ call, quick, software }) {
    const [side, steps, rounds] = quick ? [64, 3, 2] : software ? [1024, 5, 10] : [1024, 50, 10];
    const all = await call('peers', side, steps, rounds);
    const [ours] = all;
    const rows = all.flatMap((peer) => {
      const { name, difference, draws, failure } = peer;
      const note = failure ? `cannot run here: ${failure}` : `from ours ${difference.toExponential(1)}`;
      const bare = {
        ms: peer.bareMs,
        ratio: peer.bareRatio,
        best: peer.bareBestMs,
        oursBest: ours.bareBestMs,
      };
      const noisy = {
        ...{ ms: peer.noisyMs, ratio: peer.noisyRatio, best: peer.noisyBestMs, oursBest: ours.noisyBestMs },
      };
      return [
        [name, 'none', ...figures(peer, bare), note],
        [name, 'its own', ...figures(peer, noisy), draws],
      ];
    });
    const others = all.filter(({ name, failure }) => !name.startsWith('diffuscope') && !failure);
    const jaxJs = others.find(({ name }) => name.startsWith('@jax-js'));
    const noisy = (peer, least) =>
      goal(`${peer.name} with noise, as a multiple of ours, JAX-exact`, peer.noisyRatio, { least });
    const bare = (peer) =>
      goal(`${peer.name} without noise, as a multiple of ours`, peer.bareRatio, { least: 1 });
    return {
      text:
        `x′ = a·x + b·x_0 + s·z on ${side} × ${side} × 4 float32, ${steps} steps a round, ${rounds} rounds. States stay on ` +
        'the GPU; the weights of every step are there before; each peer’s state without noise was held to ours, within ' +
        `1e-5, and the deviation of its noise within five standard errors. The fastest round is the one that other work on the machine disturbed least.\n\n${table(['', 'noise', 'ms/step', 'of ours', 'fastest', 'of ours', 'what it draws, and where'], rows)}`,
      goals: [...others.map((peer) => noisy(peer, peer === jaxJs ? JAX_JS_GOAL : 1)), ...others.map(bare)],
    };
  },
};
