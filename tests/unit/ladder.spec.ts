import { expect, test } from '@playwright/test';
import { LADDER_SPACINGS, type LadderSpacing, ladder, levelAt } from '../../src/diffusion/ladder.ts';
import {
  cosine,
  laplace,
  linear,
  linearRescaled,
  type Schedule,
  scaledLinear,
  vdmLinear,
  zeroTerminalSnr,
} from '../../src/diffusion/schedule.ts';
import { lambda, ratio } from '../../src/diffusion/step.ts';

const schedules: Record<string, Schedule> = {
  'linear(1)': linear(1),
  'linear(1000)': linear(1000),
  'linearRescaled(10)': linearRescaled(10),
  'scaledLinear(1000)': scaledLinear(1000),
  'cosine(4000)': cosine(4000),
  'laplace(100)': laplace(100),
  'vdmLinear(50)': vdmLinear(50),
  'linear(1000), zero terminal SNR': zeroTerminalSnr(linear(1000)),
  'linear(2), zero terminal SNR': zeroTerminalSnr(linear(2)),
};

const counts = (T: number) =>
  [1, 2, 3, 4, 5, 7, 10, 33, 100, 255, 999, T - 2, T - 1, T].filter((n) => n >= 1 && n <= T);

/** What is wrong with a ladder, or nothing. */
function flaw(schedule: Schedule, spacing: LadderSpacing, n: number): string | undefined {
  const levels = ladder(schedule, spacing, n);
  const { T, alpha, sigma } = schedule;
  if (levels.length !== n + 1) return `${levels.length} levels`;
  const [first, last] = [levels[0], levels[n]];
  if (last?.t !== 0 || last.alpha !== 1 || last.sigma !== 0) return 'the last is not clean';
  const start = spacing === 'leading' && n > 1 ? (n - 1) * Math.floor(T / n) + 1 : T;
  if (first?.t !== start || first.alpha !== alpha[start] || first.sigma !== sigma[start]) return 'the first';
  for (const [i, level] of levels.slice(1).entries()) {
    const before = levels[i] as typeof level;
    const less = level.t < before.t && level.alpha > before.alpha && level.sigma <= before.sigma;
    if (!less) return `level ${i + 1} has not less noise than the one before`;
    if (!(Math.abs(level.alpha ** 2 + level.sigma ** 2 - 1) < 2e-14)) return `α² + σ² at level ${i}`;
  }
  return undefined;
}

for (const [name, schedule] of Object.entries(schedules)) {
  test(`every ladder on ${name} falls from noise to clean data`, () => {
    const flaws = LADDER_SPACINGS.flatMap((spacing) =>
      counts(schedule.T).map((n) => [spacing, n, flaw(schedule, spacing, n)] as const),
    ).filter(([, , found]) => found !== undefined);
    expect(flaws).toEqual([]);
  });

  test(`linspace with n = T is ${name} itself`, () => {
    const { T, alpha, sigma } = schedule;
    const own = Array.from({ length: T + 1 }, (_, i) => ({
      alpha: alpha[T - i],
      sigma: sigma[T - i],
      t: T - i,
    }));
    for (const spacing of ['linspace', 'leading', 'trailing'] as const) {
      expect(ladder(schedule, spacing, T)).toEqual(own);
    }
  });
}

test.describe('times', () => {
  const times = (spacing: LadderSpacing, n: number, T = 100) =>
    ladder(linear(T), spacing, n).map(({ t }) => t);

  test('are spaced as their names say', () => {
    expect(times('linspace', 4)).toEqual([100, 67, 34, 1, 0]);
    expect(times('linspace', 3)).toEqual([100, 50.5, 1, 0]);
    expect(times('quadratic', 4)).toEqual([100, 49, 16, 1, 0]);
    expect(times('leading', 4)).toEqual([76, 51, 26, 1, 0]);
    expect(times('trailing', 4)).toEqual([100, 75, 50, 25, 0]);
    expect(times('trailing', 3)).toEqual([100, 67, 33, 0]);
  });

  test('of a single step are T and 0', () => {
    for (const spacing of LADDER_SPACINGS) expect(times(spacing, 1)).toEqual([100, 0]);
  });
});

test('karras is even in σ^{1/7}, log-snr in λ, but for the step to clean data', () => {
  for (const schedule of [linear(1000), cosine(100), linearRescaled(10)]) {
    const spread = (values: number[]) => {
      const steps = values.slice(1).map((value, i) => value - (values[i] as number));
      const mean = steps.reduce((a, b) => a + b, 0) / steps.length;
      return Math.max(...steps.map((step) => Math.abs(step / mean - 1)));
    };
    const noisy = (spacing: LadderSpacing) => ladder(schedule, spacing, 9).slice(0, -1);
    expect(spread(noisy('karras').map((level) => ratio(level) ** (1 / 7)))).toBeLessThan(1e-11);
    expect(spread(noisy('log-snr').map(lambda))).toBeLessThan(1e-11);
  }
});

test('with zero terminal SNR the rest is spaced from T − 1', () => {
  const schedule = zeroTerminalSnr(linear(1000));
  for (const spacing of ['karras', 'log-snr'] as const) {
    expect(ladder(schedule, spacing, 4)[0]).toEqual({ alpha: 0, sigma: 1, t: 1000 });
    expect(ladder(schedule, spacing, 4)[1]?.t).toBe(999);
  }
});

test('half a step is half way in angle', () => {
  const schedule = linear(1000);
  const angle = (t: number) => {
    const { alpha, sigma } = levelAt(schedule, t);
    return Math.atan2(sigma, alpha);
  };
  for (const t of [0, 1, 500, 999]) expect(angle(t + 0.5)).toBeCloseTo((angle(t) + angle(t + 1)) / 2, 14);
});

test('numbers of steps that cannot be are refused', () => {
  for (const n of [0, -1, 1.5, 11, Number.NaN]) {
    for (const spacing of LADDER_SPACINGS) expect(() => ladder(linear(10), spacing, n)).toThrow(RangeError);
  }
});
