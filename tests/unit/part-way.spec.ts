import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { LADDER_SPACINGS, ladder } from '../../src/diffusion/ladder.ts';
import { lawAfter, lawError, lawOf, marginal } from '../../src/diffusion/law.ts';
import { inversion, partWay } from '../../src/diffusion/part-way.ts';
import { invertedPath, sampledPath } from '../../src/diffusion/path.ts';
import { gaussianWeights } from '../../src/diffusion/posterior-mean.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine, linear, vdmLinear } from '../../src/diffusion/schedule.ts';
import type { Level, Sampler } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { leadsBothWays, samplerNames, spacings } from '../../src/page/samplers/names.ts';
import { runSteps } from '../../src/page/samplers/run-steps.ts';
import { even, type PathName, paths } from './levels.ts';

const data = { mean: 0.3, variance: 0.49 };
const point = { mean: 0.3, variance: 0 };
const entries = Object.entries(samplers);
const schedules = { linear: linear(1000), cosine: cosine(200), vdm: vdmLinear(99) };
const odes = entries.filter(([, { stochastic }]) => !stochastic);

test('a strength is the part of the steps that are taken, from the level that the first of them begins at', () => {
  const levels = ladder(linear(1000), 'trailing', 10);
  expect(partWay(levels, 1)).toEqual(levels);
  expect(partWay(levels, 0.5).map(({ t }) => t)).toEqual([500, 400, 300, 200, 100, 0]);
  expect(partWay(levels, 0.59)).toHaveLength(6);
  // In floating point 0.29·100 is 28.999999999999996.
  expect(partWay(ladder(linear(1000), 'trailing', 100), 0.29)).toHaveLength(30);
  expect(partWay(levels, 1e-6).map(({ t }) => t)).toEqual([100, 0]);
  for (const strength of [0, -1, 1.01, Number.NaN])
    expect(() => partWay(levels, strength)).toThrow(RangeError);
  expect(() => partWay(levels.slice(-1), 1)).toThrow(RangeError);
});

test('every sampler, begun anywhere on any ladder, is finite and ends exactly in a single point', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(samplers) as (keyof typeof samplers)[])),
      fc.constantFrom(...(Object.keys(schedules) as (keyof typeof schedules)[])),
      fc.constantFrom(...LADDER_SPACINGS),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (name, schedule, spacing, n, strength) => {
        const levels = partWay(ladder(schedules[schedule], spacing, n), strength);
        const steps = samplers[name].make()(levels);
        const { mean } = lawAfter(steps, data);
        expect(mean.every(Number.isFinite), name).toBe(true);
        // LCM's and TCD's own scalings leave a little of x in what they take for x̂_0. And what is rounded where σ/α is large
        // is multiplied by it at every stage: PNDM's four make 1e-16 a part of the picture from 10⁴ on.
        const [{ alpha, sigma }] = levels as [Level];
        if (samplers[name].order > 0 && sigma < 10 * alpha) {
          expect(lawError(steps, point), name).toBeLessThan(1e-3);
        }
      },
    ),
    { numRuns: 600 },
  );
});

test('a run noised to the level of its first step has the data’s law there, one noised a step higher has not', () => {
  const levels = ladder(linear(1000), 'trailing', 100);
  const steps = samplers.heun.make()(partWay(levels, 0.5));
  const first = steps[0]?.at as Level;
  expect(first.t).toBe(500);
  expect(lawError(steps, data, marginal(data, first))).toBeLessThan(0.002);
  const before = levels[levels.indexOf(first) - 1] as Level;
  expect(lawError(steps, data, marginal(data, before))).toBeGreaterThan(2 * lawError(steps, data));
});

test('on a path the way there ends where the way back begins', () => {
  const schedule = cosine(40);
  const steps = samplers.ddim.make()(partWay(ladder(schedule, 'trailing', 8), 0.5));
  const { T, back, rows, levels } = sampledPath(schedule, 7, 'forward', steps);
  const whole = sampledPath(schedule, 7, 'forward', samplers.ddim.make()(ladder(schedule, 'trailing', 8)));
  expect(T).toBe(20);
  expect(back).toEqual([20, 15, 10, 5, 0]);
  expect(rows).toHaveLength(20 + 1 + 5);
  expect(rows.slice(0, 21)).toEqual(whole.rows.slice(0, 21));
  expect(levels?.at(20)).toEqual(levels?.at(21));
  const between = samplers.ddim.make()(ladder(schedule, 'karras', 8).slice(2));
  expect(() => sampledPath(schedule, 7, 'forward', between)).toThrow(/no state at t = /);
  // From fresh noise a run has its whole way there, wherever the way back begins.
  expect(sampledPath(schedule, 7, 'fresh', between).T).toBe(40);
});

/** x after steps, where data are N(mean, variance), and so its denoiser is affine. */
function follow(steps: ReturnType<Sampler>, start: number): number {
  const denoise = (state: Float64Array, at: Level) => {
    const { p, q } = gaussianWeights(at, Math.sqrt(data.variance));
    return state.map((value) => p * value + q * data.mean);
  };
  return [...walk({ steps, x: [start], denoise })].at(-1)?.[0] as number;
}

/** How far from where it began a picture value ends, once its noise was found and led back. */
const missed = (sampler: Sampler, levels: readonly Level[], begin = 1.1) =>
  Math.abs(follow(sampler(levels), follow(inversion(sampler, levels), begin)) - begin);

for (const path of Object.keys(paths) as PathName[]) {
  test(`on ${path} levels every ODE sampler finds the noise, and comes back with its order`, () => {
    const wrong = odes.flatMap(([name, { make, order }]) => {
      // Of higher orders what is missed is soon nothing but rounding.
      const n = order > 2 ? 48 : 192;
      const [coarse, fine] = [missed(make(), even(path, n)), missed(make(), even(path, 2 * n))];
      const slope = Math.log2(coarse / fine);
      return fine < 1e-11 || slope > order - 0.25 ? [] : [{ name, order, slope, coarse, fine }];
    });
    expect(wrong).toEqual([]);
  });
}

test('from clean data the first step only scales, and the round trip misses by what that leaves out', () => {
  const schedule = linear(1000);
  for (const n of [10, 50]) {
    const levels = ladder(schedule, 'trailing', n);
    const steps = inversion(samplers.ddim.make(), levels);
    expect(steps).toHaveLength(n);
    expect(steps[0]?.at.sigma).toBe(0);
    expect(steps.at(-1)?.to.t).toBe(1000);
  }
  const [ten, hundred] = [10, 100].map((n) => missed(samplers.ddim.make(), ladder(schedule, 'trailing', n)));
  expect(hundred).toBeLessThan((ten as number) / 4);
  // What is found is noise: of the law that x_T has.
  const { mean, covariance } = lawAfter(
    inversion(samplers.ddim.make(), ladder(schedule, 'linspace', 500)),
    data,
    data,
  );
  expect(Math.abs(mean[0] as number)).toBeLessThan(0.02);
  expect(Math.abs((covariance[0]?.[0] as number) - 1)).toBeLessThan(0.02);
  expect(lawOf(data).mean[0]).toBe(data.mean);
});

test('samplers that draw noise do not lead from data to noise, and say so', () => {
  const levels = even('vp', 8);
  for (const [name, { make, stochastic }] of entries) {
    if (!stochastic || name === 'edm') continue;
    expect(() => inversion(make(), levels), name).toThrow(/noise must not rise/);
  }
});

test('the page offers as samplers that lead both ways just those that draw no noise', () => {
  const draws = (name: (typeof samplerNames)[number]) => name === 'posterior' || samplers[name].stochastic;
  expect(samplerNames.filter(leadsBothWays)).toEqual(samplerNames.filter((name) => !draws(name)));
});

test('every run that the page can ask for meets itself: forward, or by inversion, from every part of the way', () => {
  const names = samplerNames.filter((name) => name !== 'posterior');
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...spacings),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('forward' as const, 'inversion' as const),
      (name, spacing, steps, T, percent, start) => {
        if (start === 'inversion' && !leadsBothWays(name)) return;
        const schedule = cosine(T);
        const made = runSteps(name, { spacing, steps, strength: percent / 100, start }, schedule);
        const run = made.there
          ? invertedPath(made.there, made.steps)
          : sampledPath(schedule, 1, 'forward', made.steps);
        expect(Number.isInteger(run.T) && run.T >= 1 && run.T <= T).toBe(true);
        if (percent === 100) expect(run.T).toBe(T);
        expect(run.there.at(-1)).toBe(run.back[0]);
        expect(run.rows.every(({ a, b, s }) => [a, b, s].every(Number.isFinite))).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});
