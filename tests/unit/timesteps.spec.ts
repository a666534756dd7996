import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import {
  consistencyTimesteps,
  fractionalTimesteps,
  heunTimesteps,
  plmsTimesteps,
  pndmTimesteps,
  roundHalfEven,
  type Spacing,
  solverTimesteps,
  wholeTimesteps,
} from '../../src/diffusion/timesteps.ts';

const spacings: Spacing[] = ['linspace', 'leading', 'trailing'];
const families = { wholeTimesteps, fractionalTimesteps, solverTimesteps };

test('halves are rounded to the even integer', () => {
  expect([-1.5, -0.5, 0.5, 1.5, 2.5, 2.4999, 2.5001, 3].map(roundHalfEven)).toEqual([
    -2, 0, 0, 2, 2, 2, 3, 3,
  ]);
});

test.describe('small tables', () => {
  const cases: readonly (readonly [string, number[], number[]])[] = [
    ['DDPM, linspace', wholeTimesteps(10, 4, { spacing: 'linspace' }), [9, 6, 3, 0]],
    ['DDPM, leading', wholeTimesteps(10, 4), [6, 4, 2, 0]],
    ['DDPM, leading, offset 1', wholeTimesteps(10, 4, { stepsOffset: 1 }), [7, 5, 3, 1]],
    // 10, 7.5, 5 and 2.5 become 10, 8, 5 and 2.
    ['DDPM, trailing', wholeTimesteps(10, 4, { spacing: 'trailing', stepsOffset: 1 }), [9, 7, 4, 1]],
    ['Euler, linspace', fractionalTimesteps(10, 3), [9, 4.5, 0]],
    ['Euler, leading', fractionalTimesteps(10, 3, { spacing: 'leading' }), [6, 3, 0]],
    ['DPM-Solver, linspace', solverTimesteps(10, 4), [9, 7, 4, 2]],
    ['DPM-Solver, leading', solverTimesteps(10, 4, { spacing: 'leading' }), [8, 6, 4, 2]],
    ['DPM-Solver, the noisiest left out', solverTimesteps(10, 2, { last: 5 }), [4, 2]],
    ['DPM-Solver, trailing likewise', solverTimesteps(10, 4, { spacing: 'trailing', last: 5 }), [4, 1]],
    ['Heun', heunTimesteps([9, 4, 0]), [9, 4, 4, 0, 0]],
    ['PLMS', plmsTimesteps([9, 6, 3, 0]), [9, 6, 6, 3, 0]],
    ['PLMS of one step', plmsTimesteps([9]), [9]],
    ['PNDM', pndmTimesteps(20, [16, 12, 8, 4, 0]), [16, 14, 14, 12, 12, 10, 10, 8, 8, 6, 6, 4, 4, 0]],
    ['LCM', consistencyTimesteps(1000, 4), [999, 759, 499, 259]],
    ['LCM, half as strong', consistencyTimesteps(1000, 2, { strength: 0.5 }), [499, 259]],
    ['TCD of all timesteps', consistencyTimesteps(10, 4, { original: 10 }), [9, 7, 4, 2]],
  ];
  for (const [name, ours, expected] of cases) {
    test(name, () => expect(ours).toEqual(expected));
  }
});

test('a single step of leading and linspace is at the first timestep, of trailing at the last', () => {
  const single = (family: typeof wholeTimesteps) => spacings.map((spacing) => family(100, 1, { spacing }));
  expect(single(wholeTimesteps)).toEqual([[0], [0], [99]]);
  expect(single(fractionalTimesteps)).toEqual([[0], [0], [99]]);
  // Of two points the earlier is left out.
  expect(single(solverTimesteps)).toEqual([[99], [50], [99]]);
});

test('n = T takes every timestep, where there is no point more than that', () => {
  const all = Array.from({ length: 30 }, (_, i) => 29 - i);
  for (const spacing of spacings) {
    expect(wholeTimesteps(30, 30, { spacing }), spacing).toEqual(all);
    expect(fractionalTimesteps(30, 30, { spacing }), spacing).toEqual(all);
  }
});

const sizes = fc
  .integer({ min: 1, max: 4000 })
  .chain((T) => fc.tuple(fc.constant(T), fc.integer({ min: 1, max: T })));

for (const [name, family] of Object.entries(families)) {
  for (const spacing of spacings) {
    test(`${name}, ${spacing}: n timesteps of 0 … T − 1, none later than the one before`, () => {
      fc.assert(
        fc.property(sizes, ([T, n]) => {
          const times = family(T, n, { spacing });
          const falling = times.every((time, i) => i === 0 || time <= (times[i - 1] as number));
          // Only n + 1 whole points in T places can coincide.
          const distinct = new Set(times).size === n || family === solverTimesteps;
          const inside = times.every((time) => time >= 0 && time <= T - 1);
          return times.length === n && falling && distinct && inside;
        }),
      );
    });
  }
}

test('trailing has n timesteps where numpy.arange adds one more below 0', () => {
  for (const n of [61, 103, 121, 122, 201]) {
    expect(wholeTimesteps(1000, n, { spacing: 'trailing' })).toHaveLength(n);
    expect(wholeTimesteps(1000, n, { spacing: 'trailing' }).at(-1)).toBeGreaterThanOrEqual(0);
  }
});

test('trailing rounds as numpy.arange spaces: T − i (T − (T − T/n))', () => {
  // numpy's own; by multiples of 1000/48 itself, 687.5 and others would be halves, and one more here.
  const expected = [
    999, 978, 957, 936, 916, 895, 874, 853, 832, 811, 791, 770, 749, 728, 707, 686, 666, 645, 624, 603, 582,
    561, 541, 520, 499, 478, 457, 436, 416, 395, 374, 353, 332, 311, 291, 270, 249, 228, 207, 186, 166, 145,
    124, 103, 82, 61, 41, 20,
  ];
  expect(wholeTimesteps(1000, 48, { spacing: 'trailing' })).toEqual(expected);
});

test('numbers of steps that cannot be are refused', () => {
  for (const n of [0, -1, 1.5, 11, Number.NaN]) {
    for (const family of Object.values(families)) expect(() => family(10, n)).toThrow(/number of steps/);
    expect(() => consistencyTimesteps(10, n, { original: 10 })).toThrow(/number of steps/);
  }
  for (const T of [0, 2.5, Number.NaN]) expect(() => wholeTimesteps(T, 1)).toThrow(/^T must be/);
  expect(() => solverTimesteps(10, 2, { last: 11 })).toThrow(RangeError);
  expect(() => pndmTimesteps(30, [20, 10, 0])).toThrow(/at least 4 steps, not 3/);
  expect(() => consistencyTimesteps(1000, 51)).toThrow(/51 steps are more than the 50/);
  expect(() => consistencyTimesteps(10, 2, { original: 20 })).toThrow(RangeError);
});
