import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { curveSchedule, dragPoint, gammaCurve, MIN_RISE, straightCurve } from '../../src/diffusion/curve.ts';
import {
  continuousDiffusionLoss,
  discreteDiffusionLoss,
  type ErrorOfSnr,
  gaussianError,
} from '../../src/diffusion/diffusion-loss.ts';
import { gamma, snr } from '../../src/diffusion/schedule.ts';

const risingPoints = fc
  .array(
    fc.record({
      du: fc.double({ min: 0.01, max: 1, noNaN: true }),
      rise: fc.double({ min: 0.05, max: 9, noNaN: true }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((steps) => {
    const width = steps.reduce((sum, { du }) => sum + du, 0);
    const points = [{ u: 0, gamma: -12 }];
    for (const { du, rise } of steps) {
      const { u, gamma } = points.at(-1) as { u: number; gamma: number };
      points.push({ u: u + du / width, gamma: gamma + rise });
    }
    return points.with(-1, { ...(points.at(-1) as { u: number; gamma: number }), u: 1 });
  });

test('the curve passes through its points and rises everywhere', () => {
  fc.assert(
    fc.property(risingPoints, (points) => {
      const curve = gammaCurve(points);
      // One assertion a curve: thousands of them would take minutes.
      const miss = Math.max(...points.map(({ u, gamma }) => Math.abs(curve(u) - gamma)));
      const values = Array.from({ length: 401 }, (_, i) => curve(i / 400));
      const rises = values.slice(1).map((value, i) => value - (values[i] as number));
      expect(miss).toBeLessThan(1e-9);
      expect(Math.min(...rises)).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('dragging keeps the points rising and the ends in place', () => {
  const point = fc.integer({ min: 0, max: 4 });
  const to = fc.double({ min: -40, max: 40, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(point, to), { maxLength: 30 }), (drags) => {
      const start = straightCurve();
      const end = drags.reduce<readonly (typeof start)[number][]>(
        (points, [i, gamma]) => dragPoint(points, i, gamma),
        start,
      );
      expect(end[0]).toEqual(start[0]);
      expect(end.at(-1)).toEqual(start.at(-1));
      for (let i = 1; i < end.length; i++) {
        const rise = (end[i]?.gamma as number) - (end[i - 1]?.gamma as number);
        expect(rise).toBeGreaterThanOrEqual(MIN_RISE - 1e-12);
      }
    }),
  );
});

test('a straight curve is VDM’s linear schedule', () => {
  const schedule = curveSchedule(straightCurve(), 1001);
  for (const t of [1, 2, 500, 1000, 1001]) {
    expect(gamma(schedule, t)).toBeCloseTo(-13.3 + (18.3 * (t - 1)) / 1000, 10);
  }
});

test('points that do not rise from 0 to 1 are refused', () => {
  const bad = [
    [],
    [{ u: 0, gamma: 0 }],
    [
      { u: 0, gamma: 1 },
      { u: 1, gamma: 1 },
    ],
    [
      { u: 0.1, gamma: 0 },
      { u: 1, gamma: 1 },
    ],
    [
      { u: 0, gamma: 0 },
      { u: 1, gamma: Number.NaN },
    ],
  ];
  for (const points of bad) expect(() => gammaCurve(points)).toThrow(RangeError);
});

test.describe('the bound and the curve', () => {
  const straight = straightCurve();
  const bent = dragPoint(dragPoint(straight, 1, -3), 3, 3.5);
  const ends = [-13.3, 5] as const;

  test('a constant error telescopes: no curve and no T changes the loss', () => {
    const constant: ErrorOfSnr = () => 3;
    const exact = 1.5 * (Math.exp(13.3) - Math.exp(-5));
    for (const curve of [straight, bent]) {
      for (const T of [2, 10, 1000]) {
        const loss = discreteDiffusionLoss(curveSchedule(curve, T), constant);
        expect(Math.abs(loss / exact - 1)).toBeLessThan(1e-10);
      }
    }
  });

  test('the difference between two curves shrinks like 1/T, to the continuous loss', () => {
    const exact = continuousDiffusionLoss(...ends, gaussianError);
    // ½∫ dSNR/(1 + SNR) in closed form.
    expect(exact).toBeCloseTo(0.5 * (Math.log1p(Math.exp(13.3)) - Math.log1p(Math.exp(-5))), 8);
    const losses = [125, 250, 500, 1000, 2000, 4000].map((T) => ({
      T,
      a: discreteDiffusionLoss(curveSchedule(straight, T), gaussianError),
      b: discreteDiffusionLoss(curveSchedule(bent, T), gaussianError),
    }));
    const differences = losses.map(({ a, b }) => Math.abs(a - b));
    test.info().annotations.push({
      type: '1/T',
      description: losses
        .map(({ T, a, b }) => `${T}: ${a.toFixed(6)} ${b.toFixed(6)} ${Math.abs(a - b).toExponential(3)}`)
        .join('; '),
    });
    for (let i = 1; i < differences.length; i++) {
      const halving = (differences[i - 1] as number) / (differences[i] as number);
      expect(halving).toBeGreaterThan(1.9);
      expect(halving).toBeLessThan(2.2);
    }
    const { a, b } = losses.at(-1) as (typeof losses)[number];
    expect(Math.abs(a - exact)).toBeLessThan(0.05);
    expect(Math.abs(b - exact)).toBeLessThan(0.05);
    // The discrete bound is the looser one.
    expect(a).toBeGreaterThan(exact);
    expect(b).toBeGreaterThan(exact);
  });

  test('SNR falls along the schedule of a bent curve', () => {
    const schedule = curveSchedule(bent, 300);
    const drops = Array.from({ length: 299 }, (_, i) => snr(schedule, i + 1) - snr(schedule, i + 2));
    expect(Math.min(...drops)).toBeGreaterThan(0);
  });
});
