import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { batchSteps } from '../../src/diffusion/batch.ts';
import { LADDER_SPACINGS, ladder } from '../../src/diffusion/ladder.ts';
import { lawError } from '../../src/diffusion/law.ts';
import { levelAt, reverseRow } from '../../src/diffusion/path.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import { type SamplerRow, samplerRows, slotCount } from '../../src/diffusion/sampler-rows.ts';
import { consistency } from '../../src/diffusion/samplers/consistency.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { ddpm } from '../../src/diffusion/samplers/ddpm.ts';
import { deis } from '../../src/diffusion/samplers/deis.ts';
import { dpmSolverMultistep } from '../../src/diffusion/samplers/dpm-solver-multistep.ts';
import { dpmSolverSinglestep } from '../../src/diffusion/samplers/dpm-solver-singlestep.ts';
import { dpmpp2m } from '../../src/diffusion/samplers/dpmpp-2m.ts';
import { dpmpp2mSde } from '../../src/diffusion/samplers/dpmpp-2m-sde.ts';
import { dpmpp2sAncestral } from '../../src/diffusion/samplers/dpmpp-2s-ancestral.ts';
import { dpmpp3mSde } from '../../src/diffusion/samplers/dpmpp-3m-sde.ts';
import { dpmppSde } from '../../src/diffusion/samplers/dpmpp-sde.ts';
import { edm } from '../../src/diffusion/samplers/edm.ts';
import { edmOde } from '../../src/diffusion/samplers/edm-ode.ts';
import { euler } from '../../src/diffusion/samplers/euler.ts';
import { eulerAncestral } from '../../src/diffusion/samplers/euler-ancestral.ts';
import { flowEuler } from '../../src/diffusion/samplers/flow-euler.ts';
import { gradientEstimation } from '../../src/diffusion/samplers/gradient-estimation.ts';
import { heun } from '../../src/diffusion/samplers/heun.ts';
import { ipndm } from '../../src/diffusion/samplers/ipndm.ts';
import { kdpm2 } from '../../src/diffusion/samplers/kdpm2.ts';
import { kdpm2Ancestral } from '../../src/diffusion/samplers/kdpm2-ancestral.ts';
import { lcm } from '../../src/diffusion/samplers/lcm.ts';
import { type SamplerEntry, samplers } from '../../src/diffusion/samplers/list.ts';
import { lms } from '../../src/diffusion/samplers/lms.ts';
import { tcd } from '../../src/diffusion/samplers/tcd.ts';
import { unipc } from '../../src/diffusion/samplers/unipc.ts';
import { vdm } from '../../src/diffusion/samplers/vdm.ts';
import { cosine, linear, linearRescaled, zeroTerminalSnr } from '../../src/diffusion/schedule.ts';
import { asks, type Level, lambda, type Sampler, type Step } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { clean, even, levelsAt, type PathName, paths, pure } from './levels.ts';

const entries = Object.entries(samplers) as [string, SamplerEntry][];
const deterministic = entries.filter(([, { stochastic }]) => !stochastic);
const random = entries.filter(([, { stochastic }]) => stochastic);
const pathNames = Object.keys(paths) as PathName[];

/** Levels of any path at any distances, from pure noise or not, to clean data or not. */
const ladders = fc
  .record({
    path: fc.constantFrom(...pathNames),
    first: fc.double({ min: -4, max: 0, noNaN: true }),
    gaps: fc.array(fc.double({ min: 0.05, max: 2, noNaN: true }), { maxLength: 9 }),
    fromPure: fc.boolean(),
    toClean: fc.boolean(),
  })
  .map(({ path, first, gaps, fromPure, toClean }) => {
    const lambdas = [first];
    for (const gap of gaps) lambdas.push((lambdas.at(-1) as number) + gap);
    const noisy = levelsAt(path, lambdas);
    return [...(fromPure && path !== 've' ? [pure] : []), ...noisy, ...(toClean ? [clean] : [])];
  })
  .filter((levels) => levels.length > 1);

/** The largest distance of two states, relative to their size. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(
    ...Array.from(
      a,
      (value, i) => Math.abs(value - (b[i] as number)) / Math.max(1, Math.abs(b[i] as number)),
    ),
  );

/** How far the states of a sampler are from α x_0 + σ ε where x̂_0 is always x_0. */
function offLine(sampler: Sampler, levels: readonly Level[]): number {
  const [x0, eps] = [
    [0.7, -0.4],
    [-1.1, 0.3],
  ] as const;
  const line = ({ alpha, sigma }: Level) => x0.map((value, i) => alpha * value + sigma * (eps[i] as number));
  const steps = sampler(levels);
  const states = [...walk({ steps, x: line(levels[0] as Level), denoise: () => x0 })];
  return Math.max(...states.map((state, i) => apart(state, line((steps[i] as Step).to))));
}

for (const [name, { make }] of deterministic) {
  test(`${name} with a perfect denoiser stays on the line from noise to data`, () => {
    fc.assert(fc.property(ladders, (levels) => offLine(make(), levels) < 1e-9));
  });
}

test('a perfect denoiser leads deterministic samplers up the line as well', () => {
  const off = deterministic.map(([name, { make }]) => {
    const worst = pathNames.map((path) => offLine(make(), even(path, 7).toReversed()));
    return [name, Math.max(...worst)] as const;
  });
  expect(off.filter(([, worst]) => !(worst < 1e-9))).toEqual([]);
});

/** Its noise is that of q(x_t|x_s): too much where x_0 is known, but for the last step. */
const TOO_WIDE = 'ddpm-large';

for (const [name, { make }] of random) {
  test(`${name} has the law of a single point exactly, in any number of steps`, () => {
    const point = { mean: 0.3, variance: 0 };
    fc.assert(
      fc.property(ladders, (levels) => {
        fc.pre(name !== TOO_WIDE || levels.at(-1)?.sigma === 0);
        return lawError(make()(levels), point) < 1e-9 * Math.max(1, levels[0]?.sigma as number);
      }),
    );
  });
}

test('every sampler finds x_0 in one step, from pure noise too', () => {
  const found = entries.map(([name, { make }]) => {
    const steps = make()([pure, clean]);
    const states = [...walk({ steps, x: [2], denoise: () => [0.25], noise: () => [1] })];
    return [name, states.at(-1)?.[0]];
  });
  expect(found).toEqual(entries.map(([name]) => [name, 0.25]));
});

/** What is wrong with the steps of a sampler on a ladder, or nothing. */
function flaw({ make, stochastic }: SamplerEntry, levels: readonly Level[]): string | undefined {
  const steps = make()(levels);
  // Throws where a step uses what is not kept, or keeps two new values.
  const rows = samplerRows(steps);
  const coefficients = rows.flatMap(({ a, b, s, bUnclipped, c, spread, kept = [] }) => [
    ...[a, b, s, bUnclipped, spread],
    ...c,
    ...kept,
  ]);
  if (!coefficients.every(Number.isFinite)) return 'a coefficient is not finite';
  if (slotCount(rows) > 4) return `${slotCount(rows)} values are kept`;
  if (rows.some(({ s }) => s < 0 || (!stochastic && s > 0))) return 'noise';
  if (steps[0]?.at !== levels[0] || steps.at(-1)?.to !== levels.at(-1)) return 'begins or ends elsewhere';
  const broken = steps.findIndex((step, i) => i > 0 && step.at.sigma === 0);
  return broken > 0 ? `step ${broken} leads on from clean data` : undefined;
}

test('steps are rows of finite coefficients with at most four kept values, on every ladder', () => {
  const schedules = {
    cosine: cosine(50),
    linear: linear(1000),
    rescaled: linearRescaled(20),
    'zero terminal SNR': zeroTerminalSnr(linear(100)),
  };
  const flaws = Object.entries(schedules).flatMap(([schedule, table]) =>
    LADDER_SPACINGS.flatMap((spacing) =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 20, table.T]
        .filter((n) => n < 100 || spacing === 'linspace')
        .flatMap((n) => {
          const levels = ladder(table, spacing, n);
          return entries
            .map(([name, entry]) => [name, schedule, spacing, n, flaw(entry, levels)] as const)
            .filter(([, , , , found]) => found !== undefined);
        }),
    ),
  );
  expect(flaws).toEqual([]);
});

test('a step asks the denoiser as often as the list says', () => {
  // Heun's first step of PLMS asks once more, three Runge–Kutta steps of PNDM three times more each.
  const more: Readonly<Record<string, number>> = { plms: 1, pndm: 9 };
  const n = 12;
  const counts = entries.map(([name, { make }]) => [name, make()(even('vp', n)).filter(asks).length]);
  expect(counts).toEqual(
    entries.map(([name, { evaluations }]) => [name, n * evaluations + (more[name] ?? 0)]),
  );
});

test('a sampler is said to be stochastic where its steps draw noise', () => {
  const draws = entries.map(([name, { make }]) => [name, make()(even('vp', 12)).some(({ s = 0 }) => s > 0)]);
  expect(draws).toEqual(entries.map(([name, { stochastic }]) => [name, stochastic]));
});

/** A denoiser that is nothing like the data's, so that samplers agree only where they are the same method. */
const odd = (x: Float64Array, { alpha, sigma }: Level) =>
  x.map((value) => Math.tanh(value * alpha) + 0.1 * Math.sin(3 * value) * sigma);

/** The states at the levels, the noise of the k-th draw being always the same. */
function visits(sampler: Sampler, levels: readonly Level[], stops = levels): number[] {
  const steps = sampler(levels);
  let draws = 0;
  const noise = () => [Math.sin(++draws), Math.cos(5 * draws)];
  const states = [...walk({ steps, x: [1.3, -0.6], denoise: odd, noise })];
  return stops.slice(1).flatMap((stop) => {
    const last = steps.findLastIndex(({ to }) => to === stop);
    return Array.from(states[last] as Float64Array);
  });
}

type Equality = readonly [name: string, a: Sampler, b: Sampler];

const none = Array.from({ length: 20 }, (_, i) => i);
/** Pairs that are one method. */
const equal: readonly Equality[] = [
  ['DDIM with η = 1 and strided DDPM', ddim({ eta: 1 }), ddpm()],
  ['VDM and DDPM', vdm(), ddpm()],
  ['Euler ancestral and DDPM', eulerAncestral(), ddpm()],
  ['Euler ancestral and DDIM for any η', eulerAncestral({ eta: 0.4 }), ddim({ eta: 0.4 })],
  ['SDE-DPM-Solver++(1) and DDPM', dpmSolverMultistep({ order: 1, algorithm: 'sde-dpmsolver++' }), ddpm()],
  ['Euler and DDIM', euler(), ddim()],
  ['Euler of the flow and DDIM', flowEuler(), ddim()],
  ['Euler on EDM’s path and DDIM', edmOde({ solver: 'euler' }), ddim()],
  ['DPM-Solver-1 and DDIM', dpmSolverSinglestep({ order: 1 }), ddim()],
  ['DPM-Solver++(1) and DDIM', dpmSolverSinglestep({ order: 1, algorithm: 'dpmsolver++' }), ddim()],
  ['multistep of order 1 and DDIM', dpmSolverMultistep({ order: 1 }), ddim()],
  ['DEIS of order 1 and DDIM', deis({ order: 1 }), ddim()],
  ['UniP-1 and DDIM', unipc({ order: 1, disableCorrector: none }), ddim()],
  ['LMS of order 1 and DDIM', lms({ order: 1 }), ddim()],
  ['iPNDM of order 1 and DDIM', ipndm({ order: 1 }), ddim()],
  ['gradient estimation with γ = 1 and DDIM', gradientEstimation({ gamma: 1 }), ddim()],
  ['gradient estimation with μ = 1/2 and DDPM', gradientEstimation({ gamma: 1, mu: 1 / 2 }), ddpm()],
  ['TCD with γ = 0 and DDIM', tcd({ gamma: 0 }), ddim()],
  ['TCD with γ = 1 and LCM', tcd({ gamma: 1 }), lcm()],
  ['consistency models’ sampling and TCD with γ = 1', consistency(), tcd({ gamma: 1 })],
  ['LCM and the flow with new noise', lcm(), flowEuler({ stochastic: true })],
  ['EDM without churn and Heun', edm({ sChurn: 0 }), heun()],
  ['Heun on EDM’s path and Heun', edmOde(), heun()],
  ['Heun with churn and EDM', heun({ sChurn: 40, sTmin: 0.05, sTmax: 50 }), edm()],
  ['DPM2 ancestral without noise and DPM2', kdpm2Ancestral({ eta: 0 }), kdpm2()],
  ['DPM++ SDE without noise and 2S', dpmppSde({ eta: 0 }), dpmpp2sAncestral({ eta: 0 })],
  ['multistep DPM-Solver++ and 2M', dpmSolverMultistep({ lowerOrderFinal: false }), dpmpp2m()],
  ['2M SDE without noise and 2M', dpmpp2mSde({ eta: 0 }), dpmpp2m()],
  [
    'multistep SDE-DPM-Solver++ and 2M SDE',
    dpmSolverMultistep({ algorithm: 'sde-dpmsolver++', lowerOrderFinal: false }),
    dpmpp2mSde(),
  ],
  [
    'multistep SDE-DPM-Solver++ and 2M SDE, by Taylor',
    dpmSolverMultistep({ algorithm: 'sde-dpmsolver++', solverType: 'heun', lowerOrderFinal: false }),
    dpmpp2mSde({ solverType: 'heun' }),
  ],
  [
    '3M SDE without noise and DPM-Solver++(3M)',
    dpmpp3mSde({ eta: 0 }),
    dpmSolverMultistep({ order: 3, solverType: 'heun', lowerOrderFinal: false }),
  ],
  ['UniP-2 in x̂_0 and 2M', unipc({ disableCorrector: none, lowerOrderFinal: false }), dpmpp2m()],
  [
    'UniP-2 in ε̂ and DPM-Solver 2M',
    unipc({ predictX0: false, disableCorrector: none }),
    dpmSolverMultistep({ algorithm: 'dpmsolver' }),
  ],
  ...[2, 3].map(
    (order): Equality => [
      `DEIS and multistep DPM-Solver of order ${order}`,
      deis({ order }),
      dpmSolverMultistep({ order, algorithm: 'dpmsolver', solverType: 'heun', second: 'whole' }),
    ],
  ),
  [
    'UniP-3 in x̂_0 and DPM-Solver++(3M)',
    unipc({ order: 3, disableCorrector: none, lowerOrderFinal: false }),
    dpmSolverMultistep({ order: 3, second: 'whole', lowerOrderFinal: false }),
  ],
];

for (const [name, a, b] of equal) {
  test(`${name} are the same`, () => {
    const worst = pathNames.map((path) => {
      const noisy = even(path, 7);
      const whole = [...(path === 've' ? [] : [pure]), ...noisy, clean];
      return Math.max(...[noisy, whole].map((levels) => apart(visits(a, levels), visits(b, levels))));
    });
    expect(Math.max(...worst)).toBeLessThan(1e-12);
  });
}

/** At every second of the levels; singlestep solvers are given those between as well. */
const halves = (path: PathName) => {
  const all = even(path, 8);
  const ends = all.filter((_, i) => i % 2 === 0);
  const levelOf = (ratio: number): Level => {
    const distance = (level: Level) => Math.abs(lambda(level) + Math.log(ratio));
    return all.reduce((nearest, level) => (distance(level) < distance(nearest) ? level : nearest));
  };
  return { all, ends, levelOf };
};

test('DPM-Solver-2 is DPM2, and DPM-Solver++(2S) its ancestral sampler without noise', () => {
  for (const path of pathNames) {
    const { all, ends, levelOf } = halves(path);
    const two = visits(dpmSolverSinglestep({ order: 2 }), all, ends);
    expect(apart(visits(kdpm2({ levelOf }), ends), two)).toBeLessThan(1e-12);
    const twoS = visits(dpmSolverSinglestep({ order: 2, algorithm: 'dpmsolver++' }), all, ends);
    expect(apart(visits(dpmpp2sAncestral({ eta: 0, levelOf }), ends), twoS)).toBeLessThan(1e-12);
  }
});

test('DDPM on the whole ladder is the exact posterior; the variances lie at its ends', () => {
  for (const schedule of [linear(1000), cosine(200), linearRescaled(30), zeroTerminalSnr(linear(50))]) {
    const { T, beta } = schedule;
    const rows = (variance: 'small' | 'large' | 'learned-range') =>
      samplerRows(ddpm({ variance })(ladder(schedule, 'linspace', T)));
    const [small, large, learned] = [rows('small'), rows('large'), rows('learned-range')];
    const off = small.map((row, i) => {
      const exact = reverseRow(schedule, 0, T - 1 - i);
      const deviation = i === T - 1 ? 0 : Math.sqrt(beta[T - i] as number);
      const { s, spread } = learned[i] as SamplerRow;
      return apart(
        [row.a, row.b, row.s, (large[i] as SamplerRow).s, s, s * Math.exp(spread)],
        [exact.a, exact.b, exact.s, deviation, exact.s, deviation],
      );
    });
    expect(Math.max(...off)).toBeLessThan(1e-12);
  }
});

test('consistency models are given as much noise as σ_min leaves room for', () => {
  const levels = [3, 1, 0.5].map((sigma) => ({ alpha: 0.5, sigma, t: sigma }));
  const steps = consistency({ sigmaMin: 1.2, sNoise: 2 })(levels);
  // √(1 − 0.36) twice over, and nothing below σ_min.
  expect(steps.map(({ s }) => s)).toEqual([1.6, 0]);
});

test('every image of a batch takes the posterior’s step from its own time', () => {
  const schedule = linear(100);
  const at = (t: number) => levelAt(schedule, Math.max(t, 0));
  const times = [100, 3, 57, 1];
  for (const stride of [1, 3, 20]) {
    const rows = batchSteps(ddpm(), times, at, stride).flatMap((step) => samplerRows([step]));
    const exact = times.map((t) => posterior(schedule, Math.max(t - stride, 0), t));
    expect(rows).toHaveLength(times.length);
    const off = exact.map(({ a, b, variance }, i) => {
      const row = rows[i] as SamplerRow;
      return apart([row.a, row.b, row.s], [a, b, Math.sqrt(variance)]);
    });
    expect(Math.max(...off)).toBeLessThan(1e-12);
  }
});

test('what no method is defined for is refused', () => {
  const refused: readonly (() => unknown)[] = [
    () => ddim({ eta: -0.1 }),
    () => ddim({ eta: Number.NaN }),
    () => ddim({ eta: Infinity }),
    () => tcd({ gamma: 1.01 }),
    () => tcd({ gamma: -0.01 }),
    () => consistency({ sigmaMin: -1 }),
    () => consistency({ sNoise: Number.NaN }),
    () => lcm({ sigmaData: -1 }),
    () => gradientEstimation({ mu: 1 }),
    () => gradientEstimation({ gamma: Number.NaN }),
    () => edmOde({ alpha: 0 }),
    () => edmOde({ alpha: 1.5 }),
    () => dpmppSde({ r: 0 }),
    ...[0, 5, 1.5, Number.NaN].flatMap((order) => [
      () => lms({ order }),
      () => ipndm({ order }),
      () => deis({ order }),
      () => unipc({ order }),
      () => dpmSolverMultistep({ order }),
      () => dpmSolverSinglestep({ order }),
    ]),
    () => dpmSolverMultistep({ order: 4 }),
    () => dpmSolverSinglestep({ order: 4 }),
    ...[eulerAncestral, kdpm2Ancestral, dpmpp2sAncestral, dpmppSde, dpmpp2mSde, dpmpp3mSde].flatMap(
      (make) => [() => make({ eta: -1 })(even('vp', 3)), () => make({ sNoise: -1 })(even('vp', 3))],
    ),
    ...[euler, heun, kdpm2, edm, edmOde].flatMap((make) => [
      () => make({ sChurn: -1 })(even('vp', 3)),
      () => make({ sNoise: Number.NaN })(even('vp', 3)),
    ]),
  ];
  for (const make of refused) expect(make, make.toString()).toThrow(RangeError);
});

test('levels that lead nowhere are refused by every sampler', () => {
  const [high, low] = even('vp', 1) as [Level, Level];
  const bad: readonly (readonly Level[])[] = [
    [],
    [high],
    [clean, low],
    [high, { ...low, alpha: -1 }],
    [high, { ...low, sigma: Number.NaN }],
    [high, { alpha: 0, sigma: 0, t: 0 }],
    [{ ...high, sigma: Infinity }, low],
  ];
  const accepted = (levels: readonly Level[], of: typeof entries) =>
    of.filter(([, { make }]) => {
      try {
        make()(levels);
        return true;
      } catch (error) {
        return !(error instanceof RangeError);
      }
    });
  for (const levels of bad) expect(accepted(levels, entries).map(([name]) => name)).toEqual([]);
  // Noise is drawn on the way down alone.
  expect(accepted([low, high], random).map(([name]) => name)).toEqual([]);
  expect(accepted([high, low], entries)).toHaveLength(entries.length);
});
