import { freemem } from 'node:os';
import { goal, table } from './table.mjs';

const FLAT = 1.2;
/** A GiB of float32; a quarter as much on the host, and what is uploaded of it. */
const LARGE = { n: 21_845, side: 64 };
const LARGE_NEEDS = 4 * 2 ** 30;

const rgb = (side, n = 1) => ({ n, c: 3, h: side, w: side });

/** Points of a plan, and what each is called; every cost is compared with the first's. */
function plans(quick) {
  const sides = quick ? [64, 128] : [512, 1024, 2048, 4096];
  const batches = quick ? [1, 4] : [1, 4, 16, 64];
  const [side, square] = quick ? [64, 32] : [512, 256];
  const lengths = quick ? [50, 100] : [1000, 4000];
  return {
    size: sides.map((side) => [`${side}²`, { shape: rgb(side), T: 100 }]),
    batch: batches.map((n) => [`${n} × ${square}²`, { shape: rgb(square, n), T: 100 }]),
    length: lengths.map((T) => [`T = ${T}, ${side}²`, { shape: rgb(side), T }]),
  };
}

/** What an answer from a large set costs, and whether its values cost what those of a small one do. */
async function largeSet(call, { n, side }) {
  if (freemem() < LARGE_NEEDS && n === LARGE.n)
    return {
      text: `A set of 1 GiB was left out: this machine has ${(freemem() / 2 ** 30).toFixed(1)} GiB free.`,
    };
  const { ms, buffers, bytes, ratio } = await call('largeSet', n, side);
  return {
    text:
      `The ideal denoiser’s answer from ${n} images of ${side}² RGB, ${(bytes / 2 ** 20).toFixed(0)} MiB in ${buffers} buffers of at ` +
      `most 128 MiB, the binding that WebGPU promises: ${ms.toFixed(0)} ms, a value of it ${ratio.toFixed(2)} × of one of a set of a sixteenth.`,
    goals: [goal('a value of a large set against one of a sixteenth of it', ratio, { most: FLAT })],
  };
}

export const scale = {
  name: 'scale',
  title: 'Scale: cost an element',
  async measure({ call, quick }) {
    const { size, batch, length } = plans(quick);
    const kernels = await call('scaleKernels');
    const rounds = quick ? 2 : 7;
    const rows = [];
    const goals = [];
    const measure = async (kernel, points) => {
      const found = await call(
        'scale',
        kernel,
        points.map(([, point]) => point),
        rounds,
      );
      found.forEach((cost, i) => {
        const [name] = points[i];
        if (!cost) rows.push([kernel, name, '—', 'more than a buffer holds']);
        else {
          rows.push([kernel, name, cost.ns.toFixed(3), i === 0 ? '' : `${cost.ratio.toFixed(2)} ×`]);
          if (i > 0)
            goals.push(goal(`${kernel}, ${name} against ${points[0][0]}`, cost.ratio, { most: FLAT }));
        }
      });
    };
    for (const kernel of kernels) await measure(kernel, size);
    for (const kernel of kernels.slice(0, 2)) await measure(kernel, batch);
    await measure('step without noise', length);
    const large = await largeSet(call, quick ? { n: 320, side: 16 } : LARGE);
    goals.push(...(large.goals ?? []));
    return {
      text:
        'RGB; every point beside the first of its kind, in turns, by the fastest round of each. Less than 1 is what a submission costs beside little work; ' +
        `more where states no longer fit a cache.\n\n${table(['kernel', '', 'ns', 'of the first'], rows)}\n\n${large.text}`,
      goals,
    };
  },
};
