import { expect, test } from '@playwright/test';
import {
  cosine,
  fromBetas,
  gamma,
  linear,
  linearRescaled,
  type Schedule,
  snr,
  snrDb,
  T_MAX,
} from '../../src/diffusion/schedule.ts';
import fixture from '../fixtures/schedules.json' with { type: 'json' };

const builders = { linear, linearRescaled, cosine };

const at = (values: ArrayLike<number>, t: number) => values[t] as number;
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const largest = (actual: readonly number[], expected: readonly number[]) =>
  Math.max(...expected.map((value, i) => relative(at(actual, i), value)));

/** A product of a thousand float64 factors, and another library's cosine. */
const TOLERANCE = 1e-12;
/** ᾱ and σ² come from two recurrences, which round apart over thousands of steps: 1.6e-14 at most. */
const UNIT_VARIANCE = 2e-14;

const published = [
  ...fixture.diffusers.entries.map((entry) => ({
    ...entry,
    name: `diffusers ${entry.name}`,
    build: entry.name === 'squaredcos_cap_v2' ? cosine : linear,
  })),
  ...fixture.improvedDiffusion.entries.map((entry) => ({
    ...entry,
    name: `improved-diffusion ${entry.name}`,
    build: entry.name === 'cosine' ? cosine : linearRescaled,
  })),
];

for (const { name, T, build, indices, betas, alphaBars, sumBetas, sumAlphaBars } of published) {
  test(`${name}, T = ${T}`, () => {
    const { beta, alphaBar } = build(T);
    // Index 0 of a published table is t = 1; our own index 0 is clean data, β_0 = 0 and ᾱ_0 = 1.
    const times = indices.map((index) => index + 1);
    expect(
      largest(
        times.map((t) => at(beta, t)),
        betas,
      ),
    ).toBeLessThanOrEqual(TOLERANCE);
    expect(
      largest(
        times.map((t) => at(alphaBar, t)),
        alphaBars,
      ),
    ).toBeLessThanOrEqual(TOLERANCE);
    expect(relative(sum(beta), sumBetas)).toBeLessThanOrEqual(TOLERANCE);
    expect(relative(sum(alphaBar) - 1, sumAlphaBars)).toBeLessThanOrEqual(TOLERANCE);
  });
}

for (const { name, T, betas } of fixture.improvedDiffusion.rejected) {
  test(`improved-diffusion rejects ${name}, T = ${T}; here betas above 0.999 are held there`, () => {
    const held = betas.map((beta) => Math.min(beta, 0.999));
    expect(held).not.toEqual(betas);
    expect(largest([...linearRescaled(T).beta.slice(1)], held)).toBeLessThanOrEqual(TOLERANCE);
  });
}

/** What is wrong with a schedule, or nothing. */
function flaw(schedule: Schedule): string | undefined {
  const { T, beta, alphaBar, alpha, sigma } = schedule;
  for (const values of [beta, alphaBar, alpha, sigma]) {
    if (values.length !== T + 1) return `T + 1 is not ${values.length}`;
  }
  if (at(beta, 0) !== 0 || at(alphaBar, 0) !== 1 || at(alpha, 0) !== 1 || at(sigma, 0) !== 0) {
    return 'not clean at t = 0';
  }
  for (let t = 1; t <= T; t++) {
    if (!(at(beta, t) > 0 && at(beta, t) < 1)) return `β_${t} = ${at(beta, t)}`;
    if (!(at(alphaBar, t) > 0 && at(alphaBar, t) < at(alphaBar, t - 1))) return `ᾱ_${t} does not fall`;
    if (!(Math.abs(at(alpha, t) ** 2 + at(sigma, t) ** 2 - 1) <= UNIT_VARIANCE))
      return `α² + σ² is not 1 at t = ${t}`;
    if (!(gamma(schedule, t) > gamma(schedule, t - 1))) return `γ_${t} does not rise`;
  }
  return undefined;
}

for (const [name, build] of Object.entries(builders)) {
  test(`${name} is a schedule for every T from 1 to ${T_MAX}`, () => {
    const flaws = [];
    for (let T = 1; T <= T_MAX; T++) {
      const schedule = build(T);
      const found = schedule.T === T ? flaw(schedule) : `T = ${schedule.T}`;
      if (found) flaws.push(`T = ${T}: ${found}`);
    }
    expect(flaws).toEqual([]);
  });
}

test('linear takes other ends', () => {
  expect([...linear(3, { betaStart: 0.1, betaEnd: 0.4 }).beta]).toEqual([0, 0.1, 0.25, 0.4]);
  expect([...linear(1, { betaStart: 0.1, betaEnd: 0.4 }).beta]).toEqual([0, 0.1]);
});

test('σ keeps its digits where ᾱ is near 1', () => {
  // 1 − ᾱ_1 = β_1; the difference of 1 and 1 − β_1 would be off by 1e-17/1e-9.
  const beta = 1e-9;
  expect(relative(at(fromBetas([beta]).sigma, 1) ** 2, beta)).toBeLessThanOrEqual(1e-15);
});

test('SNR, γ and decibels are one quantity', () => {
  const schedule = fromBetas([0.5, 0.5]);
  expect(snr(schedule, 1)).toBeCloseTo(1, 14);
  expect(snr(schedule, 2)).toBeCloseTo(1 / 3, 14);
  expect(gamma(schedule, 2)).toBeCloseTo(Math.log(3), 14);
  expect(snrDb(schedule, 2)).toBeCloseTo(-4.771212547196624, 13);
  expect([snr(schedule, 0), gamma(schedule, 0), snrDb(schedule, 0)]).toEqual([Infinity, -Infinity, Infinity]);
});

test('betas outside (0, 1) and impossible T are refused', () => {
  for (const betas of [[], [0], [1], [-0.1], [Number.NaN], [0.1, 1.5], [0.1, Infinity]]) {
    expect(() => fromBetas(betas), `betas ${betas}`).toThrow(RangeError);
  }
  for (const build of Object.values(builders)) {
    for (const T of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect(() => build(T), `T = ${T}`).toThrow(RangeError);
    }
  }
  expect(() => linear(10, { betaStart: 0 })).toThrow(RangeError);
  expect(() => linear(10, { betaEnd: 1 })).toThrow(RangeError);
});
