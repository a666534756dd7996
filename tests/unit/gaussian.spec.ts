import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { deviation } from '../../scripts/conformance/entry.ts';
import { theoremFigures } from '../../scripts/conformance/gaussian.ts';
import {
  condition,
  conditionByPrecision,
  type Gaussian,
  gaussianKL,
  joint,
  type LinearLikelihood,
  logDensity,
  logEvidence,
} from '../../src/diffusion/gaussian.ts';
import {
  add,
  cholesky,
  gram,
  identity,
  type Matrix,
  multiply,
  solve,
  transpose,
  type Vector,
} from '../../src/diffusion/matrix.ts';
import { posterior, transition } from '../../src/diffusion/posterior.ts';
import { cosine, linear } from '../../src/diffusion/schedule.ts';
import fixture from '../fixtures/gaussian.json' with { type: 'json' };

for (const entry of fixture.entries) {
  test(`the theorem by numpy, entry ${entry.id}`, () => {
    for (const figure of theoremFigures(entry)) {
      expect(deviation(figure), figure.name).toBeLessThanOrEqual(1e-13);
    }
  });
}

/** The largest difference of two vectors or matrices, beside the larger of 1 and the largest entry. */
function difference(a: Matrix | Vector, b: Matrix | Vector): number {
  const [u, v] = [a.flat(), b.flat()];
  expect(u.length).toBe(v.length);
  const scale = Math.max(1, ...v.map(Math.abs));
  return Math.max(...u.map((value, i) => Math.abs(value - (v[i] as number)))) / scale;
}

const sizes = fc.integer({ min: 1, max: 4 });
const number = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 1000);
const vector = (n: number) => fc.array(number, { minLength: n, maxLength: n });
const matrix = (rows: number, columns: number) =>
  fc.array(vector(columns), { minLength: rows, maxLength: rows });
/** BᵀB + ¼I: condition numbers up to some hundreds. */
const covariance = (n: number) => matrix(n, n).map((B) => add(gram(B), identity(n), 0.25));

interface Problem {
  readonly prior: Gaussian;
  readonly likelihood: LinearLikelihood;
  readonly y: Vector;
}

const likelihoods = (m: number, n: number): fc.Arbitrary<LinearLikelihood> =>
  fc.record({ A: matrix(m, n), b: vector(m), Q: covariance(m) });
const priors = (n: number): fc.Arbitrary<Gaussian> =>
  fc.record({ mean: vector(n), covariance: covariance(n) });
const problem: fc.Arbitrary<Problem> = fc
  .tuple(sizes, sizes)
  .chain(([n, m]) => fc.record({ prior: priors(n), likelihood: likelihoods(m, n), y: vector(m) }));

test('Schur complement and precisions give one posterior', () => {
  const property = fc.property(problem, ({ prior, likelihood, y }) => {
    const schur = condition(prior, likelihood, y);
    const precise = conditionByPrecision(prior, likelihood, y);
    expect(difference(schur.mean, precise.mean)).toBeLessThanOrEqual(1e-11);
    expect(difference(schur.covariance, precise.covariance)).toBeLessThanOrEqual(1e-11);
    const one = multiply(precise.precision, schur.covariance);
    expect(difference(one, identity(prior.mean.length))).toBeLessThanOrEqual(1e-10);
  });
  fc.assert(property);
});

test('covariances are symmetric to the last bit', () => {
  const property = fc.property(problem, ({ prior, likelihood, y }) => {
    const covariances = [joint, condition, conditionByPrecision].map(
      (form) => form(prior, likelihood, y).covariance,
    );
    for (const covariance of covariances) expect(transpose(covariance)).toEqual(covariance);
  });
  fc.assert(property);
});

test('one datum after another is both at once', () => {
  const two = fc
    .tuple(sizes, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }))
    .chain(([n, m1, m2]) =>
      fc.record({
        prior: priors(n),
        first: likelihoods(m1, n),
        second: likelihoods(m2, n),
        y1: vector(m1),
        y2: vector(m2),
      }),
    );
  const property = fc.property(two, ({ prior, first, second, y1, y2 }) => {
    const afterFirst = condition(prior, first, y1);
    const inTurn = condition(afterFirst, second, y2);
    const Q = [
      ...first.Q.map((row) => [...row, ...y2.map(() => 0)]),
      ...second.Q.map((row) => [...y1.map(() => 0), ...row]),
    ];
    const both = { A: [...first.A, ...second.A], b: [...first.b, ...second.b], Q };
    const atOnce = condition(prior, both, [...y1, ...y2]);
    expect(difference(inTurn.mean, atOnce.mean)).toBeLessThanOrEqual(1e-11);
    expect(difference(inTurn.covariance, atOnce.covariance)).toBeLessThanOrEqual(1e-11);
    const evidence = logEvidence(prior, first, y1) + logEvidence(afterFirst, second, y2);
    const whole = logEvidence(prior, both, [...y1, ...y2]);
    expect(Math.abs(evidence - whole) / Math.max(1, Math.abs(whole))).toBeLessThanOrEqual(1e-11);
  });
  fc.assert(property);
});

test('posterior = likelihood × prior / evidence, point by point', () => {
  const withPoint = problem.chain((given) => vector(given.prior.mean.length).map((x) => ({ ...given, x })));
  const property = fc.property(withPoint, ({ prior, likelihood: { A, b, Q }, y, x }) => {
    const image = A.map((row, i) => row.reduce((sum, a, j) => sum + a * (x[j] as number), b[i] as number));
    const product =
      logDensity(prior, x) +
      logDensity({ mean: image, covariance: Q }, y) -
      logEvidence(prior, { A, b, Q }, y);
    const deviates = logDensity(condition(prior, { A, b, Q }, y), x) - product;
    expect(Math.abs(deviates) / Math.max(1, Math.abs(product))).toBeLessThanOrEqual(1e-9);
  });
  fc.assert(property);
});

test("diffusion's posterior is the theorem with A = α_{t|s} I, Q = σ²_{t|s} I", () => {
  const schedules = { linear: linear(1000), cosine: cosine(50) };
  for (const schedule of Object.values(schedules)) {
    const times = fc
      .uniqueArray(fc.integer({ min: 1, max: schedule.T }), { minLength: 2, maxLength: 2 })
      .map((pair) => pair.toSorted((a, b) => a - b));
    const property = fc.property(times, vector(3), vector(3), ([s = 0, t = 0], x0, xT) => {
      const scaled = (k: number) => add(identity(3), identity(3), k - 1);
      const { alphaTS, varTS } = transition(schedule, s, t);
      const prior = {
        mean: x0.map((value) => (schedule.alpha[s] as number) * value),
        covariance: scaled((schedule.sigma[s] as number) ** 2),
      };
      const theorem = condition(prior, { A: scaled(alphaTS), b: [0, 0, 0], Q: scaled(varTS) }, xT);
      const { a, b, variance } = posterior(schedule, s, t);
      const mean = x0.map((value, i) => a * (xT[i] as number) + b * value);
      expect(difference(theorem.mean, mean)).toBeLessThanOrEqual(1e-12);
      const relative = theorem.covariance.map((row) => row.map((value) => value / variance));
      expect(difference(relative, identity(3))).toBeLessThanOrEqual(1e-10);
    });
    fc.assert(property);
  }
});

test('KL is 0 from a Gaussian to itself, positive to others, and the textbook’s in one dimension', () => {
  const pair = sizes.chain((n) => fc.tuple(priors(n), priors(n)));
  const property = fc.property(pair, ([p, q]) => {
    expect(Math.abs(gaussianKL(p, p))).toBeLessThanOrEqual(1e-12);
    expect(gaussianKL(p, q)).toBeGreaterThanOrEqual(-1e-12);
  });
  fc.assert(property);
  const p = { mean: [1], covariance: [[4]] };
  const q = { mean: [-1], covariance: [[9]] };
  const expected = Math.log(3 / 2) + (4 + 4) / (2 * 9) - 1 / 2;
  expect(gaussianKL(p, q)).toBeCloseTo(expected, 14);
});

test('one number, by hand: prior N(0, 1), y = x + N(0, 1)', () => {
  const prior = { mean: [0], covariance: [[1]] };
  const likelihood = { A: [[1]], b: [0], Q: [[1]] };
  const { gain, mean, covariance } = condition(prior, likelihood, [3]);
  expect([gain, mean, covariance].flat(2).map((value) => Number(value.toFixed(14)))).toEqual([0.5, 1.5, 0.5]);
  expect(logEvidence(prior, likelihood, [3])).toBeCloseTo(-9 / 4 - Math.log(4 * Math.PI) / 2, 14);
});

test.describe('Cholesky', () => {
  test('LLᵀ is the matrix, and solves it', () => {
    const property = fc.property(
      sizes.chain((n) => fc.tuple(covariance(n), vector(n))),
      ([A, x]) => {
        const L = cholesky(A);
        expect(difference(multiply(L, transpose(L)), A)).toBeLessThanOrEqual(1e-14);
        const b = A.map((row) => row.reduce((sum, a, j) => sum + a * (x[j] as number), 0));
        expect(difference(solve(L, b), x)).toBeLessThanOrEqual(1e-11);
      },
    );
    fc.assert(property);
  });

  const bad: readonly (readonly [Matrix, RegExp])[] = [
    [[], /^S is not square$/],
    [[[1, 0]], /^S is not square$/],
    [[[1, 2], [3]], /^S is not square$/],
    [
      [
        [1, Number.NaN],
        [Number.NaN, 1],
      ],
      /^S has an entry that is not a finite number$/,
    ],
    [[[Infinity]], /^S has an entry that is not a finite number$/],
    [
      [
        [2, 1],
        [0.9, 2],
      ],
      /^S is not symmetric: 0\.9 and 1 face each other$/,
    ],
    [
      [
        [1, 2],
        [2, 1],
      ],
      /^S is not positive definite: pivot 2 is -3$/,
    ],
    [[[-1]], /^S is not positive definite: pivot 1 is -1$/],
    [[[0]], /^S is not positive definite: singular, its condition number above 1e15$/],
    [
      [
        [1, 1],
        [1, 1],
      ],
      /^S is not positive definite: singular, its condition number above 1e15$/,
    ],
    [
      [
        [1, 0],
        [0, 1e-13],
      ],
      /^S is badly conditioned: its condition number is about 1\.0e\+13$/,
    ],
    [
      [
        [1, 1],
        [1, 1 + 1e-13],
      ],
      /^S is badly conditioned: its condition number is about 4\.0e\+13$/,
    ],
  ];
  for (const [A, reason] of bad) {
    test(`refuses ${JSON.stringify(A)}`, () => {
      expect(() => cholesky(A, 'S')).toThrow(RangeError);
      expect(() => cholesky(A, 'S')).toThrow(reason);
    });
  }

  test('takes a matrix that rounding left not quite symmetric', () => {
    const L = cholesky([
      [2, 1],
      [1 + 1e-15, 2],
    ]);
    expect(
      difference(multiply(L, transpose(L)), [
        [2, 1],
        [1, 2],
      ]),
    ).toBeLessThanOrEqual(1e-14);
  });
});

test('the theorem names what is wrong with its input', () => {
  const prior = { mean: [0, 0], covariance: identity(2) };
  const likelihood = { A: [[1, 0]], b: [0], Q: [[1]] };
  const flat = {
    ...prior,
    covariance: [
      [1, 1],
      [1, 1],
    ],
  };
  const both = [condition, conditionByPrecision];
  for (const form of both) {
    expect(() => form(flat, likelihood, [0])).toThrow(/^S is not positive definite/);
    expect(() => form(prior, { ...likelihood, Q: [[0]] }, [0])).toThrow(/^Q is not positive definite/);
    expect(() => form(prior, likelihood, [0, 0])).toThrow(/^sizes do not agree: /);
    expect(() => form(prior, { ...likelihood, A: [[1, 0, 0]] }, [0])).toThrow(/^sizes do not agree: /);
    expect(() => form(prior, { ...likelihood, b: [0, 0] }, [0])).toThrow(/^sizes do not agree: /);
  }
  const far = {
    A: [
      [1e7, 0],
      [0, 1],
    ],
    b: [0, 0],
    Q: identity(2),
  };
  expect(() => condition(prior, far, [0, 0])).toThrow(/^S_yy is badly conditioned: .* about 5\.0e\+13$/);
  expect(() => conditionByPrecision(prior, far, [0, 0])).toThrow(/^S⁻¹ \+ AᵀQ⁻¹A is badly conditioned/);
  expect(() => gaussianKL(flat, prior)).toThrow(/^S_p is not positive definite/);
  expect(() => gaussianKL(prior, flat)).toThrow(/^S_q is not positive definite/);
  expect(() => logDensity(flat, [0, 0])).toThrow(/^the covariance is not positive definite/);
});
