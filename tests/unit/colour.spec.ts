import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import {
  COLOUR_PRESETS,
  type ColourNoise,
  type ColourProcess,
  colourProcess,
  correlated,
  warped,
} from '../../src/diffusion/colour.ts';
import {
  type ColourRow,
  closedFormColourRow,
  colourPath,
  colourPosterior,
} from '../../src/diffusion/colour-path.ts';
import { condition, conditionByPrecision } from '../../src/diffusion/gaussian.ts';
import {
  add,
  apply,
  cholesky,
  identity,
  type Matrix,
  multiply,
  plus,
  transpose,
} from '../../src/diffusion/matrix.ts';
import { chain, directionAt, lastPosition, path, type Row, timeAt } from '../../src/diffusion/path.ts';
import { isMemoryless } from '../../src/diffusion/row-needs.ts';
import { cosine, fromBetas, linear, linearRescaled, type Schedule } from '../../src/diffusion/schedule.ts';

const SEED = 1701;
/** Thousands of products of 3 × 3 matrices, some of which nearly cancel in the theorem's own differences. */
const TOLERANCE = 1e-10;
/** Of any schedule: steps of 1e-6 in one channel beside 0.999 in another make Q that badly conditioned. */
const UNEVEN = 1e-9;
/** The same few operations on the same numbers. */
const ROUNDING = 1e-14;

const I = identity(3);
const O: Matrix = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];

const at = (values: ArrayLike<number>, i: number) => values[i] as number;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const scaled = (k: number, A: Matrix): Matrix => A.map((row) => row.map((value) => k * value));
const sandwich = (A: Matrix, S: Matrix) => multiply(multiply(A, S), transpose(A));
/** The largest |A − B|, relative to B's largest entry where that is above 1. */
const difference = (A: Matrix, B: Matrix): number =>
  Math.max(...add(A, B, -1).flat().map(Math.abs)) / Math.max(1, ...B.flat().map(Math.abs));
/** The largest |A − B| relative to B's largest entry, however small. */
const relative = (A: Matrix, B: Matrix): number =>
  Math.max(...add(A, B, -1).flat().map(Math.abs)) / (Math.max(...B.flat().map(Math.abs)) || 1);

const CUSTOM = [1.5, 0.6, -0.4, 0.8, 0.1, 2] as const;
const colours: Record<string, ColourNoise> = {
  ...Object.fromEntries(COLOUR_PRESETS.map((name) => [name, name])),
  custom: CUSTOM,
};
const schedules: Record<string, Schedule> = {
  'cosine(1)': cosine(1),
  'cosine(2)': cosine(2),
  'linearRescaled(20)': linearRescaled(20),
  'linear(1000)': linear(1000),
  'cosine(4000)': cosine(4000),
};

/** Some of 1 … T: all of a short run, both ends and a few between of a long one. */
const someTimes = (T: number) =>
  T <= 20 ? range(1, T) : [1, 2, 3, 10, ...range(1, 9).map((k) => (k * T) / 10), T - 1, T];

const report = (name: string, value: number) =>
  test.info().annotations.push({ type: name, description: value.toPrecision(3) });

/** Everything that must hold of any process; the largest deviations from it. */
function deviations(process: ColourProcess) {
  const { T, signal, noise, step } = process;
  const found = { signal: 0, noise: 0, gain: 0, covariance: 0, mean: 0, twoSteps: 0 };
  const note = (name: keyof typeof found, value: number) => {
    found[name] = Math.max(found[name], Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);
  };
  let M = I;
  let N = O;
  for (let t = 1; t <= T; t++) {
    const { A, Q } = step(t);
    M = multiply(A, M);
    N = add(sandwich(A, N), Q);
    note('signal', difference(M, signal(t)));
    note('noise', difference(N, noise(t)));
  }
  const [x0, xt] = [
    [0.7, -0.2, 0.4],
    [-1.3, 0.9, 2.1],
  ];
  for (const t of someTimes(T).filter((t) => t > 1)) {
    const { A, Q } = step(t);
    const prior = { mean: apply(signal(t - 1), x0), covariance: noise(t - 1) };
    const likelihood = { A, b: [0, 0, 0], Q };
    const { K, B, covariance } = colourPosterior(process, t);
    const mean = plus(apply(K, xt), apply(B, x0));
    const theorem = condition(prior, likelihood, xt);
    note('gain', difference(K, theorem.gain));
    note('covariance', difference(covariance, theorem.covariance));
    note('mean', difference([mean], [theorem.mean]));
    note('mean', difference([mean], [conditionByPrecision(prior, likelihood, xt).mean]));
    note('gain', difference(B, multiply(add(I, multiply(K, A), -1), signal(t - 1))));
    if (t < 3) continue;
    // x_t → x_{t−1} → x_{t−2} in two rows is x_t → x_{t−2} by the theorem at once.
    const before = step(t - 1);
    const both = {
      A: multiply(A, before.A),
      b: [0, 0, 0],
      Q: cleaned(add(sandwich(A, before.Q), Q)),
    };
    const earlier = { mean: apply(signal(t - 2), x0), covariance: noise(t - 2) };
    const atOnce = condition(earlier, both, xt);
    const second = colourPosterior(process, t - 1);
    note('twoSteps', difference(multiply(second.K, K), atOnce.gain));
    note('twoSteps', difference([plus(apply(second.K, mean), apply(second.B, x0))], [atOnce.mean]));
    note('twoSteps', difference(add(sandwich(second.K, covariance), second.covariance), atOnce.covariance));
  }
  return found;
}

/** What rounding left asymmetric, made symmetric. */
const cleaned = (A: Matrix): Matrix => scaled(0.5, add(A, transpose(A)));

function expectSmall(found: Record<string, number>, tolerance: number): void {
  for (const [name, value] of Object.entries(found)) expect(value, name).toBeLessThanOrEqual(tolerance);
}

/** The covariance that a row draws from: what the process or the theorem says of position p. */
function covarianceAt(process: ColourProcess, p: number): Matrix {
  const { T } = process;
  const t = timeAt(chain(T), p);
  if (p === 0 || t === 0) return O;
  if (t === T && directionAt(chain(T), p) === 'reverse') return process.limit;
  return directionAt(chain(T), p) === 'forward'
    ? process.step(t).Q
    : colourPosterior(process, t + 1).covariance;
}

for (const [schedule_, schedule] of Object.entries(schedules)) {
  for (const [name, colour] of Object.entries(colours)) {
    test.describe(`${name}, ${schedule_}`, () => {
      const process = colourProcess(colour, schedule);
      const { T } = schedule;

      test('steps make the marginals, and reverse rows are the theorem', () => {
        const found = deviations(process);
        for (const [what, value] of Object.entries(found)) report(what, value);
        expectSmall(found, TOLERANCE);
      });

      test('it begins with x_0, and ends with the noise of the schedule', () => {
        expect(difference(process.signal(0), I)).toBeLessThanOrEqual(ROUNDING);
        expect(process.noise(0)).toEqual(O);
        const alpha = at(schedule.alpha, T);
        expect(difference(process.signal(T), scaled(alpha, I))).toBeLessThanOrEqual(1e-12);
        const variance = at(schedule.sigma, T) ** 2;
        expect(difference(process.noise(T), scaled(variance, process.limit))).toBeLessThanOrEqual(1e-12);
      });

      test('every number is finite, and S Sᵀ is the covariance', () => {
        let largest = 0;
        const [course, times] = [chain(T), someTimes(T)];
        colourPath(process, SEED, 'fresh').rows.forEach(({ A, B, S }, p) => {
          if (![A, B, S].flat(2).every(Number.isFinite)) throw new Error(`p = ${p}`);
          if (times.includes(timeAt(course, p)) || p === lastPosition(course)) {
            const covariance = covarianceAt(process, p);
            largest = Math.max(largest, relative(multiply(S, transpose(S)), covariance));
            // A Cholesky factor, whose corner tells the kernel whether there is anything to draw.
            expect(S.flatMap((row, i) => row.slice(i + 1))).toEqual([0, 0, 0]);
            expect(Math.min(...S.map((row, i) => at(row, i))) > 0).toBe(covariance !== O);
          }
        });
        expect(largest).toBeLessThanOrEqual(ROUNDING);
      });

      test('the same positions, keys and exact rows as the scalar path', () => {
        for (const start of ['forward', 'fresh'] as const) {
          const scalar = path(schedule, SEED, start).rows;
          const coloured = colourPath(process, SEED, start).rows;
          expect(coloured.map(({ key }) => key)).toEqual(scalar.map(({ key }) => key));
          expect(coloured.map(isMemoryless)).toEqual(scalar.map(isMemoryless));
          expect(coloured[0]).toEqual({ A: O, B: I, S: O, key: [0, 0] });
          expect(coloured.at(-1)).toMatchObject({ A: O, B: I, S: O });
          if (start === 'forward') expect(coloured[T + 1]).toMatchObject({ A: I, B: O, S: O });
          else expect(coloured[T + 1]).toMatchObject({ A: O, B: O });
        }
      });

      test('closed form: signal and noise at once', () => {
        for (const t of someTimes(T)) {
          const { A, B, S } = closedFormColourRow(process, SEED, t);
          expect(A).toEqual(O);
          expect(B).toEqual(process.signal(t));
          expect(relative(multiply(S, transpose(S)), process.noise(t))).toBeLessThanOrEqual(ROUNDING);
        }
        expect(closedFormColourRow(process, SEED, 0)).toMatchObject({ A: O, B: I, S: O });
      });
    });
  }

  test(`independent, ${schedule_}: the scalar rows, to rounding`, () => {
    const coloured = colourPath(colourProcess('independent', schedule), SEED, 'fresh').rows;
    let largest = 0;
    path(schedule, SEED, 'fresh').rows.forEach(({ a, b, s }, p) => {
      const { A, B, S } = coloured[p] as ColourRow;
      const deviation = [relative(A, scaled(a, I)), relative(B, scaled(b, I)), relative(S, scaled(s, I))];
      largest = Math.max(largest, ...deviation);
    });
    expect(largest).toBeLessThanOrEqual(ROUNDING);
  });
}

test.describe('a schedule at its own time', () => {
  const schedule = linear(1000);
  const { T, alphaBar } = schedule;

  test('the clock itself changes nothing', () => {
    const { beta } = warped(schedule, 1);
    const errors = range(1, T).map((t) => Math.abs(at(beta, t) / at(schedule.beta, t) - 1));
    expect(Math.max(...errors)).toBeLessThanOrEqual(1e-10);
  });

  for (const pace of [9, 1 / 9]) {
    test(`at ${pace.toFixed(2)} times the odds it is ᾱ(w(t)), and keeps its ends`, () => {
      const { alphaBar: own } = warped(schedule, pace);
      expect(at(own, 0)).toBe(1);
      expect(Math.abs(at(own, T) / at(alphaBar, T) - 1)).toBeLessThanOrEqual(1e-12);
      let largest = 0;
      for (const t of range(1, T - 1)) {
        const odds = (pace * t) / (T - t);
        const w = (T * odds) / (1 + odds);
        const [i, part] = [Math.floor(w), w % 1];
        const expected = at(alphaBar, i) * (at(alphaBar, i + 1) / at(alphaBar, i)) ** part;
        largest = Math.max(largest, Math.abs(at(own, t) / expected - 1));
      }
      expect(largest).toBeLessThanOrEqual(1e-11);
      expect(range(1, T).every((t) => at(own, t) < at(own, t - 1))).toBe(true);
    });
  }

  test('a step that takes many of a steep schedule still leaves something', () => {
    const { alphaBar } = warped(fromBetas(new Array(60).fill(0.999)), 9);
    expect(Math.min(...alphaBar)).toBeGreaterThan(0);
  });
});

test.describe('what dissolves first', () => {
  const [T, grey, red] = [1000, [1, 1, 1], [1, -1, 0]];
  for (const [first, early, late] of [
    ['chroma-first', red, grey],
    ['luma-first', grey, red],
  ] as const) {
    test(first, () => {
      const { signal, noise } = colourProcess(first, cosine(T));
      const M = signal(T / 2);
      const N = noise(T / 2);
      const share = (A: Matrix, x: readonly number[]) => at(apply(A, x), 0) / at(x, 0);
      // At half time only a tenth of the early signal is left, and only a tenth of the late one is gone.
      expect(share(M, early)).toBeLessThan(0.2);
      expect(share(M, late)).toBeGreaterThan(0.9);
      expect(share(N, early)).toBeGreaterThan(0.9);
      expect(share(N, late)).toBeLessThan(0.2);
      // Luma and chroma do not mix.
      for (const x of [early, late]) {
        expect(difference([apply(M, x)], [x.map((v) => share(M, x) * v)])).toBeLessThanOrEqual(ROUNDING);
      }
    });
  }
});

test('grey noise is as strong in every channel as the scalar one, and the same in all three but for √δ', () => {
  const schedule = cosine(100);
  const { noise } = colourProcess('grey', schedule);
  for (const t of [1, 50, 100]) {
    const variance = at(schedule.sigma, t) ** 2;
    noise(t).forEach((row, i) => {
      row.forEach((value, j) => {
        const correlation = value / variance;
        expect(Math.abs(correlation - (i === j ? 1 : 1 - 1e-4))).toBeLessThanOrEqual(ROUNDING);
      });
    });
  }
});

test('six numbers are the upper triangle, and Σ is taken as it is', () => {
  const { limit } = colourProcess(CUSTOM, cosine(10));
  const [rr, rg, rb, gg, gb, bb] = CUSTOM;
  const Sigma = [
    [rr, rg, rb],
    [rg, gg, gb],
    [rb, gb, bb],
  ];
  expect(difference(limit, Sigma)).toBeLessThanOrEqual(ROUNDING);
});

const refused: Record<string, [Matrix, RegExp]> = {
  'of another size': [identity(2), /Σ must be 3 × 3/],
  'not symmetric': [
    [
      [1, 0.5, 0],
      [0.4, 1, 0],
      [0, 0, 1],
    ],
    /Σ is not symmetric: 0\.4 and 0\.5/,
  ],
  indefinite: [
    [
      [1, 2, 0],
      [2, 1, 0],
      [0, 0, 1],
    ],
    /Σ is not positive definite: pivot 2 is -3/,
  ],
  singular: [
    [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
    /Σ is not positive definite: singular/,
  ],
  'too thin': [
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1.1e-6],
    ],
    /Σ is too badly conditioned: its condition number is about 1\.3e\+6, above 1000000/,
  ],
  'worse than float64 can solve': [
    [
      [1, 1 - 1e-13, 0],
      [1 - 1e-13, 1, 0],
      [0, 0, 1],
    ],
    /Σ is badly conditioned: its condition number is about \d\.\de\+13/,
  ],
  'too strong': [scaled(1e7, I), /variances must lie between 0\.000001 and 1000000, not 10000000/],
  'too weak': [scaled(1e-7, I), /variances must lie between 0\.000001 and 1000000, not 1e-7/],
  'not numbers': [scaled(Number.NaN, I), /Σ has an entry that is not a finite number/],
};

for (const [name, [Sigma, message]] of Object.entries(refused)) {
  test(`refused: a Σ ${name}`, () => {
    const attempt = () => correlated(cosine(10), Sigma);
    expect(attempt).toThrow(RangeError);
    expect(attempt).toThrow(message);
  });
}

test('refused: five numbers for six', () => {
  const five = CUSTOM.slice(0, 5) as unknown as ColourNoise;
  expect(() => colourProcess(five, cosine(10))).toThrow(/Σ has an entry that is not a finite number/);
});

test('what a Σ may be at most, it may', () => {
  const thin = [1, 0, 0, 1, 0, 1.5e-6] as const;
  for (const colour of [thin, [1e6, 0, 0, 1e6, 0, 1e6], [1e-6, 0, 0, 1e-6, 0, 1e-6]] as const) {
    const { rows } = colourPath(colourProcess(colour, cosine(4000)), SEED, 'fresh');
    expect(rows.every(({ A, B, S }) => [A, B, S].flat(2).every(Number.isFinite))).toBe(true);
  }
});

test.describe('for any schedule', () => {
  /** From β = 1e-5 to 0.999, evenly in log β; a late channel's are a ninth of that. */
  const schedule = fc
    .array(fc.double({ min: Math.log(1e-5), max: Math.log(0.999), noNaN: true }), {
      minLength: 1,
      maxLength: 25,
    })
    .map((logs) => fromBetas(logs.map(Math.exp)));
  const entry = fc.double({ min: -1, max: 1, noNaN: true });
  const scale = fc.double({ min: 0.1, max: 2, noNaN: true });
  const covariance = fc
    .tuple(scale, entry, scale, entry, entry, scale)
    // Greatest eigenvalue by least is (Σ L²)³ / 4 (det L)² at most; what is too badly conditioned is refused, which is tested above.
    .filter(([a, b, c, d, e, f]) => Math.hypot(a, b, c, d, e, f) ** 6 <= 4 * (a * c * f) ** 2 * 1e6)
    .map(([a, b, c, d, e, f]): ColourNoise => {
      const L = [
        [a, 0, 0],
        [b, c, 0],
        [d, e, f],
      ];
      const Sigma = multiply(L, transpose(L));
      const upper = Sigma.flatMap((row, i) => row.slice(i));
      return upper as unknown as ColourNoise;
    });
  const colour = fc.oneof(fc.constantFrom<ColourNoise>(...COLOUR_PRESETS), covariance);

  test('steps make the marginals, and reverse rows are the theorem', () => {
    const property = fc.property(schedule, colour, (schedule, colour) => {
      expectSmall(deviations(colourProcess(colour, schedule)), UNEVEN);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('covariances are positive definite at all t, and shrink from prior to posterior', () => {
    const property = fc.property(schedule, colour, (schedule, colour) => {
      const process = colourProcess(colour, schedule);
      for (let t = 2; t <= process.T; t++) {
        const { covariance } = colourPosterior(process, t);
        for (const S of [process.noise(t), process.step(t).Q, covariance]) cholesky(S);
        const prior = process.noise(t - 1);
        for (const i of [0, 1, 2]) {
          expect(at(covariance[i] as readonly number[], i)).toBeLessThanOrEqual(
            at(prior[i] as readonly number[], i) * (1 + TOLERANCE),
          );
        }
      }
    });
    fc.assert(property);
  });

  test('back at x_0, whatever the noise', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    const pixel = fc.tuple(number, number, number);
    const property = fc.property(
      schedule,
      colour,
      pixel,
      fc.infiniteStream(pixel),
      (given, colour, x0, z) => {
        const step = (x: readonly number[], { A, B, S }: ColourRow) =>
          plus(plus(apply(A, x), apply(B, x0)), apply(S, z.next().value));
        const { rows } = colourPath(colourProcess(colour, given), SEED, 'forward');
        const end = rows.reduce<readonly number[]>(step, [1e300, 1e300, 1e300]);
        expect(end.every((value, i) => value === x0[i])).toBe(true);
      },
    );
    fc.assert(property);
  });
});

test('a scalar row is memoryless where a = 0', () => {
  const rows: readonly Row[] = path(cosine(3), SEED, 'fresh').rows;
  expect(rows.map(isMemoryless)).toEqual([true, false, false, false, true, false, false, true]);
});
