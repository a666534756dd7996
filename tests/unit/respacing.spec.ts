import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { transition } from '../../src/diffusion/posterior.ts';
import { respace, spaceTimesteps } from '../../src/diffusion/respacing.ts';
import { cosine, linear, zeroTerminalSnr } from '../../src/diffusion/schedule.ts';

test.describe('timesteps to keep', () => {
  const cases: readonly (readonly [number, string, number[]])[] = [
    [10, '4', [0, 3, 6, 9]],
    [10, '1', [0]],
    [10, '10', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    // 2.5 is rounded to the even 2.
    [6, '3', [0, 2, 5]],
    [9, '1,2,3', [0, 3, 5, 6, 7, 8]],
    // What does not divide goes to the first sections.
    [8, '2,2,2', [0, 2, 3, 5, 6, 7]],
    [8, '2, 2, 2', [0, 2, 3, 5, 6, 7]],
    [10, 'ddim5', [0, 2, 4, 6, 8]],
    [10, 'ddim4', [0, 3, 6, 9]],
    [10, 'ddim10', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ];
  for (const [T, sections, expected] of cases) {
    test(`"${sections}" of ${T}`, () => expect(spaceTimesteps(T, sections)).toEqual(expected));
  }

  test('as many as asked for, from 0 to T − 1, rising', () => {
    const sizes = fc
      .integer({ min: 2, max: 4000 })
      .chain((T) => fc.tuple(fc.constant(T), fc.integer({ min: 2, max: T })));
    fc.assert(
      fc.property(sizes, ([T, n]) => {
        const times = spaceTimesteps(T, String(n));
        const rising = times.every((time, i) => i === 0 || time > (times[i - 1] as number));
        return times.length === n && times[0] === 0 && times.at(-1) === T - 1 && rising;
      }),
    );
  });

  test('what cannot be is refused', () => {
    expect(() => spaceTimesteps(10, '11')).toThrow(/section of 10 timesteps has no 11/);
    expect(() => spaceTimesteps(10, '2,6')).toThrow(/section of 5 timesteps has no 6/);
    expect(() => spaceTimesteps(10, 'ddim6')).toThrow(/no whole stride takes 6 of 10/);
    for (const text of ['', 'ddim', '1;2', '2,', '-1', 'ddim5,5']) {
      expect(() => spaceTimesteps(10, text), text).toThrow(/^sections are numbers/);
    }
  });
});

test.describe('respaced schedules', () => {
  test('keep the marginals, and compose the betas', () => {
    const schedule = cosine(100);
    const { T, beta, alphaBar, alpha, sigma } = respace(schedule, [9, 49, 99]);
    expect(T).toBe(3);
    for (const name of ['alphaBar', 'alpha', 'sigma'] as const) {
      const kept = [0, 10, 50, 100].map((t) => schedule[name][t]);
      expect([...{ alphaBar, alpha, sigma }[name]], name).toEqual(kept);
    }
    const composed = [
      transition(schedule, 0, 10),
      transition(schedule, 10, 50),
      transition(schedule, 50, 100),
    ];
    expect([...beta]).toEqual([0, ...composed.map(({ varTS }) => varTS)]);
  });

  test('of all timesteps are the schedule', () => {
    const schedule = linear(50);
    expect(respace(schedule, spaceTimesteps(50, '50'))).toEqual(schedule);
  });

  test('end at zero SNR where the schedule does', () => {
    const { beta, alphaBar } = respace(zeroTerminalSnr(linear(50)), [0, 24, 49]);
    expect([beta[3], alphaBar[3]]).toEqual([1, 0]);
  });

  test('need rising timesteps of the schedule', () => {
    for (const times of [[], [3, 3], [4, 2], [50], [-1], [0.5]]) {
      expect(() => respace(linear(50), times), `${times}`).toThrow(RangeError);
    }
  });
});
