import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { betaQuantile } from '../../src/diffusion/beta-quantile.ts';
import { scaledLinear } from '../../src/diffusion/schedule.ts';
import {
  ancestralStep,
  betaSigmas,
  exponentialSigmas,
  flowSigmas,
  interpolate,
  karrasSigmas,
  linearSigmas,
  polyexponentialSigmas,
  shiftFlow,
  shiftOfLength,
  sigmaTable,
  stretchToTerminal,
  timeShift,
  timestepOfSigma,
  vpSigmas,
} from '../../src/diffusion/sigmas.ts';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const largest = (actual: readonly number[], expected: readonly number[]) =>
  actual.length === expected.length
    ? Math.max(...expected.map((value, i) => relative(actual[i] as number, value)))
    : Infinity;

const tables = { karrasSigmas, polyexponentialSigmas, exponentialSigmas, linearSigmas, betaSigmas };
/** ρ-th roots and powers, and exponentials of logarithms, of up to 10 in size. */
const WITHIN = 1e-14;

for (const [name, table] of Object.entries(tables)) {
  test(`${name} falls from σ_max to σ_min in n levels`, () => {
    const size = fc.integer({ min: 2, max: 300 });
    const log = fc.double({ min: -6, max: 5, noNaN: true });
    fc.assert(
      fc.property(size, log, fc.double({ min: 0.1, max: 6, noNaN: true }), (n, low, rise) => {
        const [sigmaMin, sigmaMax] = [Math.exp(low), Math.exp(low + rise)];
        const sigmas = table(n, { sigmaMin, sigmaMax });
        const falling = sigmas.every((sigma, i) => i === 0 || sigma < (sigmas[i - 1] as number));
        const ends = largest([sigmas[0] as number, sigmas.at(-1) as number], [sigmaMax, sigmaMin]);
        return sigmas.length === n && falling && ends < WITHIN;
      }),
    );
  });

  test(`${name} of one level is σ_max`, () => {
    expect(largest(table(1, { sigmaMin: 0.01, sigmaMax: 80 }), [80])).toBeLessThan(WITHIN);
  });

  test(`${name} refuses ranges and numbers that cannot be`, () => {
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(() => table(n, { sigmaMin: 1, sigmaMax: 2 })).toThrow(/number of levels/);
    }
    for (const [sigmaMin, sigmaMax] of [
      [0, 1],
      [-1, 1],
      [2, 1],
      [1, Infinity],
      [Number.NaN, 1],
    ] as const) {
      expect(() => table(3, { sigmaMin, sigmaMax })).toThrow(/^σ must run/);
    }
  });
}

test('what the tables are even in is even', () => {
  const range = { sigmaMin: 1, sigmaMax: 16 };
  expect(largest(exponentialSigmas(5, range), [16, 8, 4, 2, 1])).toBeLessThan(WITHIN);
  expect(linearSigmas(4, range)).toEqual([16, 11, 6, 1]);
  expect(largest(karrasSigmas(3, range, 2), [16, 6.25, 1])).toBeLessThan(WITHIN);
  expect(largest(karrasSigmas(4, range, 1), linearSigmas(4, range))).toBeLessThan(WITHIN);
  expect(largest(polyexponentialSigmas(3, range, 2), [16, 2, 1])).toBeLessThan(WITHIN);
  expect(largest(polyexponentialSigmas(5, range), exponentialSigmas(5, range))).toBeLessThan(WITHIN);
  expect(largest(betaSigmas(4, range, { alpha: 1, beta: 1 }), linearSigmas(4, range))).toBeLessThan(WITHIN);
});

test('VP: σ² + 1 = 1/ᾱ at both ends', () => {
  const [first, last] = vpSigmas(2, { betaD: 4, betaMin: 1, epsS: 0.5 }) as [number, number];
  expect(relative(first ** 2, Math.exp(3) - 1)).toBeLessThan(WITHIN);
  expect(relative(last ** 2, Math.exp(1) - 1)).toBeLessThan(WITHIN);
});

test.describe('flow matching', () => {
  test('a shift multiplies σ/(1 − σ)', () => {
    expect([0, 0.25, 0.5, 1].map((sigma) => shiftFlow(sigma, 3))).toEqual([0, 0.5, 0.75, 1]);
    for (const sigma of [0, 0.001, 0.3, 1]) {
      expect(timeShift(sigma, { mu: Math.log(3) })).toBeCloseTo(shiftFlow(sigma, 3), 14);
      expect(timeShift(sigma, { mu: 3, type: 'linear' })).toBeCloseTo(shiftFlow(sigma, 3), 14);
    }
    expect(timeShift(0.2, { mu: 1, type: 'linear', power: 2 })).toBeCloseTo(1 / 17, 14);
  });

  test('the shift of a picture is linear in its tokens', () => {
    expect([256, 4096, 2176].map((tokens) => shiftOfLength(tokens))).toEqual([
      0.5,
      1.15,
      expect.closeTo(0.825, 14),
    ]);
  });

  test('levels run from 1 to 1/T, and can be stretched to end elsewhere', () => {
    expect(flowSigmas(4, { T: 10 })).toEqual([1, 0.7, 0.4, 0.1].map((sigma) => expect.closeTo(sigma, 15)));
    // 1/10 shifted twice: 3/12, and of that 0.75/1.5.
    expect(flowSigmas(2, { T: 10, shift: 3 })).toEqual([1, expect.closeTo(0.5, 15)]);
    expect(stretchToTerminal([1, 0.7, 0.4], 0.1)).toEqual([1, 0.55, 0.1].map((s) => expect.closeTo(s, 15)));
  });
});

test.describe('between timesteps', () => {
  const table = sigmaTable(scaledLinear(1000));

  test('a schedule has σ/α at τ = 0 … T − 1', () => {
    const [first, last] = [table[0] as number, table[999] as number];
    expect(table).toHaveLength(1000);
    expect(relative(first ** 2, 0.00085 / (1 - 0.00085))).toBeLessThan(WITHIN);
    expect(relative(last, 14.614641229333635)).toBeLessThan(1e-13);
  });

  test('a table is linear between its entries, and constant beyond its ends', () => {
    expect([-1, 0, 0.25, 1.5, 2, 3].map((i) => interpolate([1, 2, 4], i))).toEqual([1, 1, 1.25, 3, 4, 4]);
    expect(interpolate([5], 0.5)).toBe(5);
  });

  test('the timestep of σ is linear in log σ', () => {
    const powers = [1, 4, 16];
    const at = (sigma: number) => timestepOfSigma(powers, sigma);
    expect([0.1, 0, 1, 2, 4, 8, 16, 100].map(at)).toEqual([0, 0, 0, 0.5, 1, 1.5, 2, 2]);
  });

  test('the timestep of every entry is its index', () => {
    const errors = table.map((sigma, i) => Math.abs(timestepOfSigma(table, sigma) - i));
    expect(Math.max(...errors)).toBeLessThan(1e-12);
  });
});

test.describe('ancestral steps', () => {
  test('for any η: σ_down² + σ_up² = σ_to²', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, (r, eta) => {
        const { down, up } = ancestralStep(5, 5 * r, eta);
        return Math.abs(down ** 2 + up ** 2 - (5 * r) ** 2) <= 1e-14 * (5 * r) ** 2 && down >= 0;
      }),
    );
  });

  test('η = 0 is a step without noise, to clean data there is none', () => {
    expect(ancestralStep(3, 2, 0)).toEqual({ down: 2, up: 0 });
    expect(ancestralStep(3, 0)).toEqual({ down: 0, up: 0 });
  });

  test('η = 1 keeps the digits of a small σ_down = σ_to²/σ_from', () => {
    const { down } = ancestralStep(80, 1e-7);
    expect(relative(down, 1e-14 / 80)).toBeLessThan(WITHIN);
  });

  test('more noise than σ_to is not added', () => {
    expect(ancestralStep(10, 1, 2)).toEqual({ down: 0, up: 1 });
  });
});

test.describe('beta quantiles', () => {
  test('are those of known distributions', () => {
    for (const p of [0, 1e-12, 0.01, 0.3, 0.5, 0.9, 1]) {
      expect(betaQuantile(p, 1, 1)).toBeCloseTo(p, 14);
      // The arcsine distribution, P(X ≤ x) = 2/π arcsin √x; and powers of a uniform variable.
      expect(betaQuantile(p, 0.5, 0.5)).toBeCloseTo(Math.sin((Math.PI * p) / 2) ** 2, 14);
      expect(betaQuantile(p, 3, 1)).toBeCloseTo(p ** (1 / 3), 14);
      expect(betaQuantile(p, 1, 3)).toBeCloseTo(-Math.expm1(Math.log1p(-p) / 3), 14);
    }
  });

  test('are those of 40-digit arithmetic', () => {
    const cases = [
      [1e-12, 0.6, 0.6, 1.8558824624914106e-20],
      [0.1, 0.6, 0.6, 0.039584405588780854],
      [0.3333333333333333, 0.6, 0.6, 0.2754132907776235],
      [0.9, 0.6, 0.6, 0.9604155944112192],
      [0.5, 0.1, 5, 0.00013014955240919754],
      [0.01, 5, 0.1, 0.7064930578042976],
      [1e-5, 20, 30, 0.14899647728662951],
      [0.9, 20, 30, 0.4893342704447888],
      [0.3, 2, 3, 0.27238394207510536],
    ] as const;
    for (const [p, a, b, x] of cases) {
      expect(relative(betaQuantile(p, a, b), x), `${p} of Beta(${a}, ${b})`).toBeLessThan(2e-14);
    }
  });

  test('rise with p', () => {
    const shape = fc.double({ min: 0.2, max: 20, noNaN: true });
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(shape, shape, p, p, (a, b, p1, p2) => {
        const [low, high] = [Math.min(p1, p2), Math.max(p1, p2)];
        const [x, y] = [betaQuantile(low, a, b), betaQuantile(high, a, b)];
        return x >= 0 && y <= 1 && x <= y * (1 + 1e-13) && (high - low < 1e-6 || x < y);
      }),
    );
  });

  test('outside [0, 1], or of no distribution, there are none', () => {
    for (const [p, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, -1],
      [Number.NaN, 1, 1],
    ] as const) {
      expect(() => betaQuantile(p, a, b)).toThrow(/^no quantile/);
    }
  });
});

test('parameters that cannot be are refused', () => {
  expect(() => betaSigmas(3, { sigmaMin: 0.1, sigmaMax: 1 }, { alpha: 0 })).toThrow(RangeError);
  expect(() => flowSigmas(3, { shift: 0 })).toThrow(RangeError);
  for (const sigmas of [[1], []]) expect(() => stretchToTerminal(sigmas, 0.1)).toThrow(RangeError);
  expect(() => stretchToTerminal([1, 0.5], 1)).toThrow(RangeError);
});
