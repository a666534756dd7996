import { goal, table } from './table.mjs';

const FLAT = 1.2;

const rgb = (side, n = 1) => ({ n, c: 3, h: side, w: side });

/** Points of a plan, and what each is called; every cost is compared with the first's. */
function plans(quick, software) {
  const sides = quick ? [64, 128] : software ? [512, 1024, 2048] : [512, 1024, 2048, 4096];
  const batches = quick ? [1, 4] : [1, 4, 16, 64];
  const [side, square] = quick ? [64, 32] : [512, 256];
  const lengths = quick ? [50, 100] : [1000, 4000];
  return {
    size: sides.map((side) => [`${side}²`, { shape: rgb(side), T: 100 }]),
    batch: batches.map((n) => [`${n} × ${square}²`, { shape: rgb(square, n), T: 100 }]),
    length: lengths.map((T) => [`T = ${T}, ${side}²`, { shape: rgb(side), T }]),
  };
}

export const scale = {
  name: 'scale',
  title: 'Scale: cost an element',
  async measure({ call, quick, software }) {
    const { size, batch, length } = plans(quick, software);
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
    return {
      text:
        'RGB; every point beside the first of its kind, in turns, by the fastest round of each. Less than 1 is what a submission costs beside little work; ' +
        `more where states no longer fit a cache.\n\n${table(['kernel', '', 'ns', 'of the first'], rows)}`,
      goals,
    };
  },
};
