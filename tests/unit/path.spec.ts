import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { ladder } from '../../src/diffusion/ladder.ts';
import { inversion } from '../../src/diffusion/part-way.ts';
import {
  chain,
  closedFormRow,
  directionAt,
  forwardKey,
  invertedPath,
  lastPosition,
  path,
  positionAt,
  reverseKey,
  type Start,
  timeAt,
} from '../../src/diffusion/path.ts';
import { posterior, transition } from '../../src/diffusion/posterior.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine, linear, linearRescaled, type Schedule } from '../../src/diffusion/schedule.ts';
import fixture from '../fixtures/posterior.json' with { type: 'json' };

const SEED = 1701;
const STARTS: readonly Start[] = ['forward', 'fresh'];
const schedules: Record<string, Schedule> = {
  'linear(1)': linear(1),
  'linear(2)': linear(2),
  'linear(1000)': linear(1000),
  'linearRescaled(50)': linearRescaled(50),
  'cosine(1)': cosine(1),
  'cosine(1000)': cosine(1000),
  'cosine(4000)': cosine(4000),
};

/** Thousands of products and sums of positive numbers, each rounded once. */
const TOLERANCE = 1e-12;

const at = (values: ArrayLike<number>, i: number) => values[i] as number;
const relative = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual / expected - 1);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

for (const [name, schedule] of Object.entries(schedules)) {
  const { T } = schedule;
  const turns = {
    forward: { a: 1, b: 0, s: 0, key: [0, 0] },
    fresh: { a: 0, b: 0, s: 1, key: reverseKey(SEED, T) },
  };

  test.describe(`a path of ${name}`, () => {
    for (const start of STARTS) {
      test(`loads, goes forward, turns with ${start} noise and comes back`, () => {
        const load = { a: 0, b: 1, s: 0, key: [0, 0] };
        const forward = range(1, T).map((t) => {
          const { alphaTS, varTS } = transition(schedule, t - 1, t);
          return { a: alphaTS, b: 0, s: Math.sqrt(varTS), key: forwardKey(SEED, t) };
        });
        const reverse = range(0, T - 1).map((t) => {
          const { a, b, variance } = posterior(schedule, t, t + 1);
          return { a, b, s: Math.sqrt(variance), key: reverseKey(SEED, t) };
        });
        const rows = [load, ...forward, turns[start], ...reverse.reverse()];
        expect(rows).toHaveLength(2 * T + 2);
        const run = path(schedule, SEED, start);
        expect(run.rows).toEqual(rows);
        expect(run).toMatchObject({ ...chain(T) });
      });

      test(`ends exactly at x_0, from ${start} noise`, () => {
        const { rows } = path(schedule, SEED, start);
        expect(rows[lastPosition(chain(T))]).toMatchObject({ a: 0, b: 1, s: 0 });
        const number = fc.double({ min: -10, max: 10, noNaN: true });
        const property = fc.property(number, fc.infiniteStream(number), (x0, noise) => {
          const apply = (x: number, { a, b, s }: (typeof rows)[number]) =>
            a * x + b * x0 + s * noise.next().value;
          expect(rows.reduce(apply, Number.MAX_VALUE) === x0).toBe(true);
        });
        fc.assert(property, { numRuns: 10 });
      });
    }

    test('positions, times and directions', () => {
      const course = chain(T);
      const positions = range(0, lastPosition(course));
      const times = range(0, T);
      expect(positions.map((p) => timeAt(course, p))).toEqual([...times, ...times.toReversed()]);
      const directions = [...times.map(() => 'forward'), ...times.map(() => 'reverse')];
      expect(positions.map((p) => directionAt(course, p))).toEqual(directions);
      expect(positions.map((p) => positionAt(course, directionAt(course, p), timeAt(course, p)))).toEqual(
        positions,
      );
    });

    test('no two rows draw the same noise', () => {
      const drawing = path(schedule, SEED, 'fresh').rows.filter(({ s }) => s > 0);
      // T forward, T − 1 reverse since the last is exact, and the turn.
      expect(drawing).toHaveLength(2 * T);
      expect(new Set(drawing.map(({ key }) => String(key))).size).toBe(2 * T);
    });

    test('every state has the marginal of its time, forward and back', () => {
      // With x̂_0 = x_0 a row turns N(mean·x_0, variance) into N((a·mean + b)·x_0, a²·variance + s²).
      const course = chain(T);
      let mean = 0;
      let variance = 0;
      let largest = 0;
      path(schedule, SEED, 'forward').rows.forEach(({ a, b, s }, p) => {
        mean = a * mean + b;
        variance = a * a * variance + s * s;
        const closed = closedFormRow(schedule, SEED, timeAt(course, p));
        largest = Math.max(largest, relative(mean, closed.b), relative(variance, closed.s ** 2));
      });
      expect(largest).toBeLessThanOrEqual(TOLERANCE);
    });

    test('fresh noise changes the turn and nothing else', () => {
      const fresh = path(schedule, SEED, 'fresh').rows;
      const forward = path(schedule, SEED, 'forward').rows;
      expect(fresh.toSpliced(T + 1, 1)).toEqual(forward.toSpliced(T + 1, 1));
      expect(fresh[T + 1]).not.toEqual(forward[T + 1]);
    });
  });
}

test.describe('the closed form is q_sample of improved-diffusion', () => {
  const { x_start, noise, entries } = fixture.examples;
  for (const { schedule: name, T, t, x_t } of entries) {
    test(`${name}, T = ${T}, t = ${t}`, () => {
      const schedule = name === 'cosine' ? cosine(T) : linearRescaled(T);
      const { a, b, s, key } = closedFormRow(schedule, SEED, t);
      expect(a).toBe(0);
      expect(key).toEqual(forwardKey(SEED, t));
      x_t.forEach((expected, i) => {
        expect(Math.abs(b * at(x_start, i) + s * at(noise, i) - expected)).toBeLessThanOrEqual(TOLERANCE);
      });
    });
  }
});

test('a bad seed is refused', () => {
  expect(() => path(linear(2), -1, 'forward')).toThrow(RangeError);
});

test('a chain that turns part-way is the whole one without what lies beyond', () => {
  const schedule = cosine(12);
  const [half, whole] = [path(schedule, SEED, 'forward', 5), path(schedule, SEED, 'forward')];
  expect(half).toMatchObject({ ...chain(5) });
  expect(half.rows).toEqual([...whole.rows.slice(0, 6), whole.rows[13], ...whole.rows.slice(-5)]);
  for (const T of [0, 13, 2.5, Number.NaN]) {
    expect(() => path(schedule, SEED, 'forward', T)).toThrow(/no state at t = /);
  }
});

test('on an inversion positions follow its own times, there and back', () => {
  const levels = ladder(cosine(40), 'trailing', 4);
  const sampler = samplers.ddim.make();
  const run = invertedPath(inversion(sampler, levels), sampler(levels));
  expect(run).toMatchObject({ T: 40, there: [0, 10, 20, 30, 40], back: [40, 30, 20, 10, 0] });
  expect(run.rows).toHaveLength(10);
  expect(run.rows.every(({ s }) => s === 0)).toBe(true);
  expect(run.levels?.map(({ t }) => t)).toEqual([...run.there, ...run.back]);
  expect(lastPosition(run)).toBe(9);
  expect(positionAt(run, 'forward', 14)).toBe(1);
  expect(positionAt(run, 'forward', 400)).toBe(4);
  expect(positionAt(run, 'reverse', 14)).toBe(8);
  expect(
    range(0, 9)
      .map((p) => directionAt(run, p))
      .lastIndexOf('forward'),
  ).toBe(4);
});

test('an inversion is refused where its ways do not meet, where it draws, and without steps', () => {
  const levels = ladder(cosine(40), 'trailing', 4);
  const sampler = samplers.ddim.make();
  const [there, back] = [inversion(sampler, levels), sampler(levels)];
  expect(() => invertedPath(there, back.slice(1))).toThrow(/the level at which the way back begins/);
  expect(() => invertedPath(there.slice(1), back)).toThrow(/from clean data/);
  expect(() => invertedPath(there, samplers.ddpm.make()(levels))).toThrow(/draws noise/);
  expect(() => invertedPath(there, [])).toThrow(/needs steps/);
});
