/**
 * How fast samplers converge, for Gaussian data, whose ODE and law are known: between two levels with noise, as at clean
 * data or pure noise λ is infinite and the order that is seen depends on the ladder.
 */
import { expect, test } from '@playwright/test';
import { vpNoise, vpScaled } from '../../src/diffusion/edm-path.ts';
import { lawError } from '../../src/diffusion/law.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { deis } from '../../src/diffusion/samplers/deis.ts';
import { dpmSolverMultistep } from '../../src/diffusion/samplers/dpm-solver-multistep.ts';
import { dpmSolverSinglestep } from '../../src/diffusion/samplers/dpm-solver-singlestep.ts';
import { dpmppSde } from '../../src/diffusion/samplers/dpmpp-sde.ts';
import { edmOde } from '../../src/diffusion/samplers/edm-ode.ts';
import { ipndm } from '../../src/diffusion/samplers/ipndm.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { lms } from '../../src/diffusion/samplers/lms.ts';
import { pndm } from '../../src/diffusion/samplers/pndm.ts';
import { unipc } from '../../src/diffusion/samplers/unipc.ts';
import type { Level, Sampler } from '../../src/diffusion/step.ts';
import { even, levelsAt, type PathName, paths } from './levels.ts';

const data = { mean: 0.3, variance: 0.49 };
const pathNames = Object.keys(paths) as PathName[];

type Ladder = (n: number) => Level[];

/** The slope of log error against log n, from n to 2n. */
function seen(sampler: Sampler, ladder: Ladder, n: number): number {
  const error = (n: number) => lawError(sampler(ladder(n)), data);
  return Math.log2(error(n) / error(2 * n));
}

/** Enough for the slope to be within 0.1 of the order, and few enough for errors to be above rounding. */
const N = 384;
/** TCD's error still falls a little to what it stays at. */
const MORE: Readonly<Record<string, number>> = { tcd: 6 * N };

for (const path of pathNames) {
  test(`every sampler of the list converges with its order on ${path} levels`, () => {
    const wrong = Object.entries(samplers)
      .map(([name, { make, order }]) => {
        const slope = seen(make(), (n) => even(path, n), MORE[name] ?? N);
        return { name, order, slope };
      })
      .filter(({ order, slope }) => !(Math.abs(slope - order) < 0.1));
    expect(wrong).toEqual([]);
  });
}

test('samplers of consistency models do not converge with a denoiser', () => {
  const stuck = Object.entries(samplers).filter(([, { order }]) => order === 0);
  expect(stuck.map(([name]) => name)).toEqual(['consistency', 'lcm', 'tcd']);
  for (const [, { make }] of stuck) expect(lawError(make()(even('vp', 2 * N)), data)).toBeGreaterThan(0.05);
});

/** Even in λ but for the first steps, which double from h^{order/2} to h: what Euler's first step errs is of that order. */
const graded =
  (order: number): Ladder =>
  (n) => {
    const [first, last] = [-2, 2];
    const h = (last - first) / n;
    const lambdas: number[] = [first];
    for (let step = h ** (order / 2); step < h; step *= 2) lambdas.push((lambdas.at(-1) as number) + step);
    const begun = lambdas.at(-1) as number;
    const rest = Math.ceil((last - begun) / h);
    for (let i = 1; i <= rest; i++) lambdas.push(begun + ((last - begun) * i) / rest);
    return levelsAt('vp', lambdas);
  };

/** Even in σ/α. */
const straight: Ladder = (n) =>
  levelsAt(
    'vp',
    Array.from({ length: n + 1 }, (_, i) => -Math.log(Math.exp(2) + ((Math.exp(-2) - Math.exp(2)) * i) / n)),
  );

const vpPath = vpScaled(vpNoise({ betaD: 19.9, betaMin: 0.1 }));

const plain: Ladder = (n) => even('vp', n);

/** Each with the order of its method, where nothing at the ends of a run hides it. */
const methods: readonly (readonly [
  name: string,
  sampler: Sampler,
  order: number,
  ladder: Ladder,
  n?: number,
])[] = [
  ...([1, 2, 3, 4] as const).flatMap(
    (order) =>
      [
        [`LMS of order ${order}`, lms({ order }), order, graded(order), 768],
        [`DEIS of order ${order}`, deis({ order, lowerOrderFinal: false }), order, graded(order), 768],
      ] as const,
  ),
  ...(['dpmsolver', 'dpmsolver++'] as const).flatMap((algorithm) => [
    ...([1, 2, 3] as const).map(
      (order) =>
        [
          `singlestep ${algorithm} of order ${order}`,
          dpmSolverSinglestep({ order, algorithm }),
          order,
          plain,
        ] as const,
    ),
    ...([1, 2, 3] as const).map(
      (order) =>
        [
          `multistep ${algorithm} of order ${order}`,
          dpmSolverMultistep({ order, algorithm, second: 'whole', lowerOrderFinal: false }),
          order,
          graded(order),
          768,
        ] as const,
    ),
    [
      `multistep ${algorithm} of order 3 with half of the second derivative's share`,
      dpmSolverMultistep({ order: 3, algorithm, lowerOrderFinal: false }),
      2,
      graded(3),
    ] as const,
    [`multistep sde-${algorithm}`, dpmSolverMultistep({ algorithm: `sde-${algorithm}` }), 2, plain] as const,
  ]),
  ...(['bh1', 'bh2'] as const).flatMap((solverType) =>
    [true, false].flatMap((predictX0) => [
      // UniC adds one.
      ...([1, 2] as const).map(
        (order) =>
          [
            `UniPC-${order} ${solverType} ${predictX0 ? 'in x̂_0' : 'in ε̂'}`,
            unipc({ order, solverType, predictX0, lowerOrderFinal: false }),
            order + 1,
            plain,
          ] as const,
      ),
    ]),
  ),
  ['UniPC-3', unipc({ order: 3, lowerOrderFinal: false }), 4, graded(4), 192],
  ['UniPC-4', unipc({ order: 4, lowerOrderFinal: false }), 5, graded(5), 192],
  ['UniPC-2, its last step of order 1', unipc(), 2, plain, 768],
  ['UniP-2 alone', unipc({ disableCorrector: Array.from({ length: 2 * N }, (_, i) => i) }), 2, plain],
  [
    'DPM-Solver-fast, its last step of order 1',
    dpmSolverSinglestep({ lowerOrderFinal: true }),
    2,
    plain,
    768,
  ],
  ['DPM++ SDE without noise', dpmppSde({ eta: 0 }), 2, plain],
  // Along σ, rather than the VP process's t, what the midpoint method errs in its second order is 0 for Gaussian data.
  ['the midpoint method', edmOde({ alpha: 1 / 2, path: vpPath }), 2, plain],
  ["Ralston's method", edmOde({ alpha: 2 / 3, path: vpPath }), 2, plain],
  ["Heun's method on the VP path", edmOde({ path: vpPath }), 2, plain],
  ['DDIM with η = 1/2', ddim({ eta: 1 / 2 }), 1, plain],
  ['PNDM where steps are equal', pndm({ runge: true }), 4, straight, 768],
  ['iPNDM of order 2', ipndm({ order: 2 }), 2, plain],
];

for (const [name, sampler, order, ladder, n = N] of methods) {
  test(`${name} has order ${order}`, () => {
    expect(Math.abs(seen(sampler, ladder, n) - order)).toBeLessThan(0.1);
  });
}
