import { NOISE_SOURCES, noiseOf } from '../../src/diffusion/noise.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { normalCdf } from '../../src/diffusion/normal-cdf.ts';
import { forwardKey, reverseKey } from '../../src/diffusion/path.ts';
import { key, type Words } from '../../src/diffusion/random.ts';
import rng from '../fixtures/rng.json' with { type: 'json' };
import { largestError } from '../reference/linear-gaussian.ts';
import { patterns } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** GPU against CPU in the centre, |z| ≤ 4, where both are float32 and differ by the rounding of a logarithm. */
const CENTRE = 1e-6;
/** Beyond, 1 − u² has few digits left: a compiler that fuses it into one rounding moves z by up to 2.2e-5. */
const TAILS = 2.5e-5;

const words = (pair: readonly number[]) => pair as unknown as Words;

test('Threefry-2x32-20 gives the words of Random123', async ({ gpu }) => {
  const vectors = [...rng.random123.knownAnswers, ...rng.random123Executed.threefry2x32];
  const draws = vectors.map(({ key, ctr }) => ({ key: words(key), counter: words(ctr) }));
  const drawn = await gpu.evaluate((draws) => window.harness.draw(draws), draws);
  expect(drawn.map(({ words }) => words)).toEqual(vectors.map(({ expected }) => expected));
});

test('bits and uniforms are those of JAX, bit for bit', async ({ gpu }) => {
  const draws = rng.jaxExecuted.entries.flatMap((entry) =>
    entry.bits.map((bits, i) => ({
      key: words(entry.key),
      counter: words([bits, i]),
      u: entry.u[i] as number,
    })),
  );
  const drawn = await gpu.evaluate((draws) => window.harness.draw(draws), draws);
  expect(drawn.map(({ bits }) => bits)).toEqual(draws.map(({ counter }) => counter[0]));
  const uniforms = new Float32Array(Uint32Array.from(drawn, ({ uniformBits }) => uniformBits).buffer);
  expect([...uniforms]).toEqual(draws.map(({ u }) => u));
});

test('bits → uniform → normal at the edges', async ({ gpu }) => {
  const { table } = rng.jaxExecuted;
  const draws = table.map(({ bits }) => ({ key: key(0), counter: words([bits, 0]) }));
  const drawn = await gpu.evaluate((draws) => window.harness.draw(draws), draws);
  expect(drawn.map(({ uniformBits }) => uniformBits)).toEqual(table.map(({ uBits }) => uBits));
  table.forEach(({ normal }, i) => {
    const error = Math.abs((drawn[i]?.normal ?? Number.NaN) - normal);
    report(`error at z = ${normal}`, error);
    expect(error, `z = ${normal}`).toBeLessThanOrEqual(Math.abs(normal) <= 4 ? CENTRE : TAILS);
  });
});

test('the check value: jax.random.normal(jax.random.key(0), (4,))', async ({ gpu }) => {
  const z = await gpu.evaluate((key) => window.harness.normals(key, 4), key(0));
  expect(largestError(z, [1.6226422, 2.0252647, -0.43359444, -0.07861735])).toBeLessThanOrEqual(CENTRE);
});

test('normals are those of JAX', async ({ gpu }) => {
  for (const { seed, normal } of rng.jaxExecuted.entries) {
    const [k, count] = [key(seed), normal.length];
    const z = await gpu.evaluate(([k, count]) => window.harness.normals(k, count), [k, count] as const);
    expect(largestError(z, normal), `key(${seed}), ${count} normals`).toBeLessThanOrEqual(CENTRE);
  }
});

const keys: Record<string, Words> = {
  'key(0)': key(0),
  'key(4294967295)': key(4294967295),
  'fold_in(key(1701), 1)': forwardKey(1701, 1),
  'fold_in(key(42), 1000)': forwardKey(42, 1000),
  'fold_in(fold_in(key(7), 0), 999)': reverseKey(7, 999),
};

for (const [name, k] of Object.entries(keys)) {
  test(`65,536 normals of ${name} are the twin's`, async ({ gpu }) => {
    const expected = normals(k, 65_536);
    const z = await gpu.evaluate((k) => window.harness.normals(k, 65_536), k);
    const errors = { centre: 0, tails: 0 };
    expected.forEach((value, i) => {
      const part = Math.abs(value) <= 4 ? 'centre' : 'tails';
      errors[part] = Math.max(errors[part], Math.abs((z[i] as number) - value));
    });
    report('largest error, |z| ≤ 4', errors.centre);
    report('largest error, |z| > 4', errors.tails);
    expect(errors.centre).toBeLessThanOrEqual(CENTRE);
    expect(errors.tails).toBeLessThanOrEqual(TAILS);
  });
}

test('each of the 2²³ normals there are is the twin’s', async ({ gpu }) => {
  const { centre, tails, count } = await gpu.evaluate(() => window.harness.everyNormal());
  report('largest error, |z| ≤ 4', centre);
  report('largest error, |z| > 4', tails);
  expect(count).toBe(2 ** 23);
  expect(centre).toBeLessThanOrEqual(CENTRE);
  expect(tails).toBeLessThanOrEqual(TAILS);
});

/** A GPU's logarithm and root against the host's. Where u is near 1 and so |z| is small, the logarithm has few digits. */
const FAST = 1e-6;
const FAST_NEAR_ZERO = 1e-4;

for (const [name, k] of Object.entries(keys)) {
  test(`65,536 fast normals of ${name} are the twin's`, async ({ gpu }) => {
    const expected = noiseOf('fast', k, 65_536);
    const z = await gpu.evaluate((k) => window.harness.normals(k, 65_536, 'fast'), k);
    const errors = { beyond: 0, near: 0 };
    expected.forEach((value, i) => {
      // The radius is what the logarithm made; its other coordinate is two elements on or back in the block.
      const other = expected[i ^ 2] as number;
      const part = Math.hypot(value, other) > 0.5 ? 'beyond' : 'near';
      errors[part] = Math.max(errors[part], Math.abs((z[i] as number) - value));
    });
    report('largest error, radius > 0.5', errors.beyond);
    report('largest error, radius ≤ 0.5', errors.near);
    expect(errors.beyond).toBeLessThanOrEqual(FAST);
    expect(errors.near).toBeLessThanOrEqual(FAST_NEAR_ZERO);
  });
}

for (const noise of NOISE_SOURCES) {
  test(`${noise}: noise from any element on is a part of the whole, bit for bit`, async ({ gpu }) => {
    const whole = await gpu.evaluate(([k, noise]) => window.harness.normals(k, 1100, noise), [
      key(5),
      noise,
    ] as const);
    for (const first of [1, 2, 3, 4, 75, 1026]) {
      const part = await gpu.evaluate(([k, noise, first]) => window.harness.normals(k, 74, noise, first), [
        key(5),
        noise,
        first,
      ] as const);
      expect(patterns(part), `from ${first}`).toEqual(patterns(whole.subarray(first, first + 74)));
    }
  });
}

for (const noise of NOISE_SOURCES) {
  test.describe(`4,194,304 normals, ${noise}`, () => {
    const count = 2 ** 22;
    /** How far a statistic may stray: five standard errors of independent N(0, 1). */
    const within = (name: string, value: number, expected: number, standardError: number) => {
      const deviation = (value - expected) / standardError;
      report(`${name}, in standard errors`, deviation);
      expect(Math.abs(deviation), name).toBeLessThanOrEqual(5);
    };
    const ROW_STRIDE = 512;
    const lags = [1, 2, 3, 4, 5, 6, 7, 8, 64, ROW_STRIDE];
    const tails = [2, 3, 4, 4.5];

    test('have the moments, tails and distribution of N(0, 1), and no element knows another', async ({
      gpu,
    }) => {
      const found = await gpu.evaluate(({ k, ...asked }) => window.harness.statistics(k, asked), {
        ...{ k: forwardKey(0, 1), count, lags, tails, noise },
      });
      within('mean', found.mean, 0, 1 / Math.sqrt(count));
      within('variance', found.variance, 1, Math.sqrt(2 / count));
      within('skewness', found.skewness, 0, Math.sqrt(6 / count));
      within('kurtosis', found.kurtosis, 3, Math.sqrt(24 / count));
      lags.forEach((lag, i) => {
        within(`lag ${lag}`, found.lags[i] as number, 0, 1 / Math.sqrt(count - lag));
      });
      tails.forEach((limit, i) => {
        const p = 2 * normalCdf(-limit);
        within(`|z| > ${limit}`, found.tails[i] as number, count * p, Math.sqrt(count * p));
      });
      within('1024 equal bins', found.bins, 0, 1);
      within('neighbours in 16 × 16 equal bins', found.pairs, 0, 1);
      report('Kolmogorov', found.kolmogorov);
      // Passed as seldom as five standard errors: 2 exp(−2 · 2.74²) = 6e-7.
      expect(found.kolmogorov).toBeLessThanOrEqual(2.74);
    });

    const pairs: Record<string, [Words, Words]> = {
      'steps t and t + 1': [forwardKey(0, 1), forwardKey(0, 2)],
      'seeds 0 and 1': [forwardKey(0, 1), forwardKey(1, 1)],
      'forward and reverse': [forwardKey(0, 1), reverseKey(0, 1)],
      'keys that differ in one bit': [key(0), key(1)],
      'the same words in another order': [
        [3, 8],
        [8, 3],
      ],
    };
    for (const [name, [a, b]] of Object.entries(pairs)) {
      test(`of ${name} are uncorrelated`, async ({ gpu }) => {
        const found = await gpu.evaluate(
          ({ a, b, count, noise }) => window.harness.correlation(a, b, count, noise),
          { a, b, count, noise },
        );
        within('correlation', found.values, 0, 1 / Math.sqrt(count));
        within('correlation of squares', found.squares, 0, 1 / Math.sqrt(count));
      });
    }
  });
}
