import { expect, test } from '@playwright/test';
import {
  cosine,
  fromBetas,
  fromGamma,
  gamma,
  laplace,
  linear,
  linearRescaled,
  type Schedule,
  scaledLinear,
  sigmoidBetas,
  snr,
  snrDb,
  T_MAX,
  vdmLinear,
  zeroTerminalSnr,
} from '../../src/diffusion/schedule.ts';
import conformance from '../fixtures/conformance.json' with { type: 'json' };
import fixture from '../fixtures/schedules.json' with { type: 'json' };

const builders = { linear, linearRescaled, cosine };
const others = { scaledLinear, sigmoidBetas, laplace };

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

for (const [name, build] of Object.entries(others)) {
  test(`${name} is a schedule for T from 1 to ${T_MAX}`, () => {
    const flaws = [];
    for (let T = 1; T <= T_MAX; T = Math.ceil(1.05 * T + 0.5)) {
      const found = flaw(build(T));
      if (found) flaws.push(`T = ${T}: ${found}`);
    }
    expect(flaws).toEqual([]);
  });
}

test('linear takes other ends', () => {
  expect([...linear(3, { betaStart: 0.1, betaEnd: 0.4 }).beta]).toEqual([0, 0.1, 0.25, 0.4]);
  expect([...linear(1, { betaStart: 0.1, betaEnd: 0.4 }).beta]).toEqual([0, 0.1]);
});

test('linear ends exactly where it should', () => {
  for (let T = 2; T <= 100; T++) expect(linear(T).beta[T]).toBe(0.02);
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
  for (const build of Object.values({ ...builders, ...others })) {
    for (const T of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect(() => build(T), `T = ${T}`).toThrow(RangeError);
      expect(() => build(T), `T = ${T}`).toThrow(/^T must be/);
    }
  }
  expect(() => linear(10, { betaStart: 0 })).toThrow(RangeError);
  expect(() => linear(10, { betaEnd: 1 })).toThrow(RangeError);
});

test.describe('zero terminal SNR', () => {
  const rescaled = { linear, scaledLinear, cosine, sigmoidBetas, laplace };

  for (const [name, build] of Object.entries(rescaled)) {
    test(`${name}: √ᾱ is shifted to 0 at T and scaled, β_T = 1 exactly`, () => {
      for (const T of [2, 3, 10, 1000]) {
        const before = build(T);
        const after = zeroTerminalSnr(before);
        expect([at(after.beta, T), at(after.alphaBar, T), at(after.sigma, T)]).toEqual([1, 0, 1]);
        expect([gamma(after, T), snr(after, T)]).toEqual([Infinity, 0]);
        expect(at(after.beta, 1)).toBe(at(before.beta, 1));
        const root = (t: number) => at(before.alpha, t) - at(before.alpha, T);
        const scale = at(before.alpha, 1) / root(1);
        const errors = Array.from({ length: T }, (_, i) =>
          Math.abs(at(after.alpha, i + 1) - scale * root(i + 1)),
        );
        expect(Math.max(...errors)).toBeLessThan(1e-14);
      }
    });

    test(`${name}: nothing is left to do the second time`, () => {
      const once = zeroTerminalSnr(build(100));
      const twice = zeroTerminalSnr(once);
      expect(largest([...twice.beta.slice(1)], [...once.beta.slice(1)])).toBeLessThan(1e-13);
    });
  }

  test('keeps the digits of its betas', () => {
    // √ᾱ of 1 − 2⁻⁵⁰, 1 − 2⁻⁴⁹ and 1/2: shifted, it falls by 2⁻⁵⁰ of 1/2 at t = 2, and β_2 is twice that part.
    const small = 2 ** -49;
    const { beta } = zeroTerminalSnr(fromBetas([small, small, 0.75]));
    expect(relative(at(beta, 2), 2 * small)).toBeLessThan(1e-14);
  });

  test('needs two steps', () => {
    expect(() => zeroTerminalSnr(linear(1))).toThrow(/at least two steps/);
  });
});

test('scaled linear betas are even in their roots, sigmoid betas symmetric', () => {
  const roots = [...scaledLinear(3, { betaStart: 0.01, betaEnd: 0.09 }).beta].map(Math.sqrt);
  expect(largest(roots.slice(1), [0.1, 0.2, 0.3])).toBeLessThan(1e-15);
  const { beta } = sigmoidBetas(3, { betaStart: 0.1, betaEnd: 0.3 });
  expect(at(beta, 2)).toBeCloseTo(0.2, 15);
  expect(at(beta, 1) + at(beta, 3)).toBeCloseTo(0.4, 15);
  // sigmoid(−6) = 0.00247, as GeoDiff and diffusers have it for every T.
  expect(at(beta, 1)).toBeCloseTo(0.1 + 0.2 / (1 + Math.exp(6)), 15);
});

test.describe('schedules of γ', () => {
  for (const entry of conformance.vdm_linear_logsnr.entries) {
    test(`VDM's of γ = ${entry.gamma_min} … ${entry.gamma_max}, T = ${entry.T}`, () => {
      const schedule = vdmLinear(entry.T, entry.gamma_min, entry.gamma_max);
      // z_0 … z_T are x_1 … x_{T+1}.
      expect(schedule.T).toBe(entry.T + 1);
      const times = entry.indices.map((i) => i + 1);
      const pick = (f: (t: number) => number) => times.map(f);
      expect(
        largest(
          pick((t) => at(schedule.alphaBar, t)),
          entry.alpha2,
        ),
      ).toBeLessThanOrEqual(1e-15);
      expect(
        largest(
          pick((t) => at(schedule.sigma, t) ** 2),
          entry.sigma2,
        ),
      ).toBeLessThanOrEqual(1e-15);
      expect(
        largest(
          pick((t) => snr(schedule, t)),
          entry.snr,
        ),
      ).toBeLessThanOrEqual(1e-14);
      for (const [i, t] of times.entries()) {
        expect(Math.abs(gamma(schedule, t) - at(entry.gamma, i))).toBeLessThanOrEqual(1e-14);
      }
    });
  }

  test('the defaults are those of VDM on CIFAR-10', () => {
    expect(vdmLinear(50)).toEqual(vdmLinear(50, -13.3, 5));
  });

  test('are schedules, for any number of steps', () => {
    const flaws = [];
    for (let steps = 1; steps < T_MAX; steps = Math.ceil(1.1 * steps)) {
      const found = flaw(vdmLinear(steps));
      if (found) flaws.push(`${steps} steps: ${found}`);
    }
    expect(flaws).toEqual([]);
  });

  test('keep their digits at both ends, against 60-digit arithmetic', () => {
    const gammas = [-30, -29.9375, -2, 0, 25, 25.0625];
    const exact = {
      alphaBar: [
        0.9999999999999064, 0.9999999999999004, 0.8807970779778824, 0.5, 1.3887943864771146e-11,
        1.304651588219726e-11,
      ],
      variance: [
        9.357622968839299e-14, 9.961137798971863e-14, 0.11920292202211756, 0.5, 0.9999999999861121,
        0.9999999999869534,
      ],
      beta: [
        9.357622968839299e-14, 6.035148301326203e-15, 0.11920292202202983, 0.43233235838169365,
        0.9999999999722241, 0.06058693718573376,
      ],
    };
    const { alphaBar, sigma, beta } = fromGamma(gammas);
    const rest = (values: Float64Array) => [...values.slice(1)];
    expect(largest(rest(alphaBar), exact.alphaBar)).toBeLessThanOrEqual(1e-15);
    expect(largest(rest(sigma.map((value) => value ** 2)), exact.variance)).toBeLessThanOrEqual(1e-15);
    expect(largest(rest(beta), exact.beta)).toBeLessThanOrEqual(1e-15);
  });

  test('give back the schedule whose γ they take', () => {
    for (const schedule of [linear(1000), cosine(50), linearRescaled(50)]) {
      const gammas = Array.from({ length: schedule.T }, (_, i) => gamma(schedule, i + 1));
      const { T, beta, alphaBar, sigma } = fromGamma(gammas);
      expect(T).toBe(schedule.T);
      // γ is up to 20, so its rounding moves SNR by some 4e-15, and a β of 1e-3 of that by 1e-12.
      expect(largest([...alphaBar], [...schedule.alphaBar])).toBeLessThanOrEqual(1e-13);
      expect(largest([...sigma.slice(1)], [...schedule.sigma.slice(1)])).toBeLessThanOrEqual(1e-13);
      expect(largest([...beta.slice(1)], [...schedule.beta.slice(1)])).toBeLessThanOrEqual(1e-11);
    }
  });

  test('refuse γ that do not rise, or that leave a step nothing to do in float64', () => {
    expect(() => fromGamma([])).toThrow(/at least one step/);
    expect(() => fromGamma([0, 1, 1])).toThrow(/^γ must rise, but γ_3 = 1 follows 1$/);
    expect(() => fromGamma([0, -1])).toThrow(/^γ must rise/);
    expect(() => fromGamma([0, Number.NaN, 1])).toThrow(/^γ must rise/);
    expect(() => fromGamma([-Infinity, 1])).toThrow(/^γ must rise/);
    expect(() => fromGamma([0, 1000])).toThrow(/^β_2 must lie in \(0, 1\), not 1$/);
    expect(() => fromGamma([-1000, 0])).toThrow(/^β_1 must lie in \(0, 1\), not 0$/);
    for (const steps of [0, -1, 1.5, Number.NaN]) expect(() => vdmLinear(steps)).toThrow(RangeError);
    expect(() => vdmLinear(10, 5, -13.3)).toThrow(/^γ must rise/);
  });
});
