import { COLOUR_PRESETS, type ColourNoise, colourProcess } from '../../src/diffusion/colour.ts';
import {
  type ColourRow,
  closedFormColourRow,
  colourPath,
  forwardColourRow,
  reverseColourRow,
} from '../../src/diffusion/colour-path.ts';
import { apply, cholesky, forward, type Matrix, plus, type Vector } from '../../src/diffusion/matrix.ts';
import { normalAt, normals } from '../../src/diffusion/normal.ts';
import { chain, lastPosition, path, positionAt, timeAt } from '../../src/diffusion/path.ts';
import { key } from '../../src/diffusion/random.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { WORKGROUP_SIZE } from '../../src/gpu/dispatch.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { linearGaussianColour, pixelIndices } from '../reference/linear-gaussian-colour.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32 against float64, |x' − twin| / max(1, |twin|): nine products, their sums and three normals. */
const STEP = 1e-5;
/** A whole path of such steps; see trajectory.spec.ts. */
const PATH = 2e-5;

const T = 1000;
const seed = 1701;
const times = [1, 2, 500, 999, 1000];
const colours: Record<string, ColourNoise> = {
  ...Object.fromEntries(COLOUR_PRESETS.map((name) => [name, name])),
  'six numbers': [1.5, 0.6, -0.4, 0.8, 0.1, 2],
};

const shapes: readonly Shape[] = [
  { n: 1, c: 3, h: 1, w: 1 },
  { n: 1, c: 3, h: 5, w: 7 },
  { n: 5, c: 3, h: 6, w: 11 },
  { n: 1, c: 3, h: 1, w: 5003 },
];

for (const [name, colour] of Object.entries(colours)) {
  const process = colourProcess(colour, cosine(T));
  const kinds: Record<string, ColourRow[]> = {
    'q(x_t | x_{t−1})': times.map((t) => forwardColourRow(process, seed, t)),
    'q(x_t | x_0)': times.map((t) => closedFormColourRow(process, seed, t)),
    'q(x_{t−1} | x_t, x_0)': times.map((t) => reverseColourRow(process, seed, t - 1)),
  };
  for (const [kind, rows] of Object.entries(kinds)) {
    test(`${kind}, ${name}, is the twin's at every element`, async ({ gpu }) => {
      for (const shape of shapes) {
        const count = valueCount(shape);
        const [x, x0Hat] = [new Float32Array(normals(key(99), count)), pixels(count)];
        for (const [i, row] of rows.entries()) {
          const given = { shape, rows: [row], x, x0Hat };
          const actual = await gpu.evaluate((given) => window.harness.colourSteps(given), given);
          const error = largestError(actual, linearGaussianColour(row, x, x0Hat, shape));
          report(`${Object.values(shape).join('×')}, t = ${times[i]}`, error);
          expect(error).toBeLessThanOrEqual(STEP);
        }
      }
    });
  }
}

test('any matrices: no row or column is taken for another', async ({ gpu }) => {
  const matrix = (first: number): Matrix =>
    [0, 1, 2].map((i) => [0, 1, 2].map((j) => Math.sin(first + 3 * i + j)));
  const row = { A: matrix(1), B: matrix(10), S: matrix(20), key: key(4) };
  const shape: Shape = { n: 3, c: 3, h: 5, w: 7 };
  const [x, x0Hat] = [pixels(valueCount(shape), 1), pixels(valueCount(shape), 2)];
  const given = { shape, rows: [row], x, x0Hat };
  const actual = await gpu.evaluate((given) => window.harness.colourSteps(given), given);
  expect(largestError(actual, linearGaussianColour(row, x, x0Hat, shape))).toBeLessThanOrEqual(STEP);
});

test('a state of more workgroups than one dimension takes has its noise everywhere', async ({ gpu }) => {
  const fold = 65_535 * WORKGROUP_SIZE;
  const plane = fold + 1003;
  const near = (i: number) => Array.from({ length: 64 }, (_, k) => i + k);
  const pixel = [...near(0), ...near(fold - 32), ...near(plane - 64)];
  const S = [
    [1, 0, 0],
    [0.5, 0.5, 0],
    [0.25, -0.5, 2],
  ];
  const O = S.map(() => [0, 0, 0]);
  const rows = [{ A: O, B: O, S, key: key(seed) }];
  const indices = [0, 1, 2].map((channel) => pixel.map((i) => channel * plane + i));
  const actual = await gpu.evaluate(
    async ({ shape, rows, indices }) => {
      const x = await window.harness.colourSteps({ shape, rows });
      return indices.map((channel) => channel.map((i) => x[i] as number));
    },
    { shape: { n: 1, c: 3, h: 1, w: plane }, rows, indices },
  );
  const z = indices.map((channel) => channel.map((i) => normalAt(key(seed), i)));
  const expected = pixel.map((_, i) =>
    apply(
      S,
      z.map((channel) => channel[i] as number),
    ),
  );
  const got = pixel.map((_, i) => actual.map((channel) => channel[i] as number));
  expect(largestError(got.flat(), expected.flat())).toBeLessThanOrEqual(STEP);
});

const small = { shape: { n: 1, c: 3, h: 24, w: 17 }, schedule: cosine(100), seed: 7 } as const;
const source = pixels(valueCount(small.shape));

test('independent noise is the scalar path, at every position', async ({ gpu }) => {
  const given = { ...small, source, start: 'forward' } as const;
  const [scalar, coloured] = await gpu.evaluate(
    async ([given, last]) => {
      const readAll = (colour: { colour?: 'independent' }) =>
        window.harness.withRun({ ...given, ...colour }, async (run) => {
          const states = [];
          for (let p = 0; p <= last; p += 3) states.push(await run.read(p));
          return states;
        });
      return [await readAll({}), await readAll({ colour: 'independent' })] as const;
    },
    [given, lastPosition(chain(100))] as const,
  );
  const errors = scalar.map((state, i) => largestError(coloured[i] as Float32Array, state));
  report('largest error', Math.max(...errors));
  expect(Math.max(...errors)).toBeLessThanOrEqual(PATH);
});

for (const [name, colour] of Object.entries(colours)) {
  test(`a whole run, ${name}: the twin's at every position, and x_0 at its end`, async ({ gpu }) => {
    const schedule = cosine(20);
    const given = { ...small, schedule, source, start: 'fresh', colour } as const;
    const states = await gpu.evaluate(
      ([given, last]) =>
        window.harness.withRun(given, async (run) => {
          const states = [];
          for (let p = 0; p <= last; p++) states.push(await run.read(p));
          return states;
        }),
      [given, lastPosition(chain(20))] as const,
    );
    let x: ArrayLike<number> = new Float64Array(source.length);
    const { rows } = colourPath(colourProcess(colour, schedule), small.seed, 'fresh');
    const errors = rows.map((row, p) => {
      x = linearGaussianColour(row, x, source, small.shape);
      return largestError(states[p] as Float32Array, x);
    });
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThanOrEqual(PATH);
    expect(patterns(states[0] as Float32Array)).toEqual(patterns(source));
    expect(patterns(states.at(-1) as Float32Array)).toEqual(patterns(source));
  });

  test(`the noise of x_t has covariance N_t, forward and back: ${name}`, async ({ gpu }) => {
    const [side, T, t] = [96, 20, 10];
    const schedule = cosine(T);
    const process = colourProcess(colour, schedule);
    const count = side * side;
    const x0 = [0.6, -0.3, 0.1];
    const source = Float32Array.from({ length: 3 * count }, (_, i) => x0[Math.floor(i / count)] as number);
    const shape = { n: 1, c: 3, h: side, w: side };
    const given = { shape, schedule, seed: 3, source, start: 'fresh', colour } as const;
    const positions = [1, t, T, T + 1, positionAt(chain(T), 'reverse', 1)];
    const states = await gpu.evaluate(
      ([given, positions]) =>
        window.harness.withRun(given, async (run) => {
          const states = [];
          for (const p of positions) states.push(await run.read(p));
          return states;
        }),
      [given, positions] as const,
    );
    for (const [i, p] of positions.entries()) {
      const fresh = p === T + 1;
      const N = fresh ? process.limit : process.noise(timeAt(chain(T), p));
      const mean = fresh ? [0, 0, 0] : apply(process.signal(timeAt(chain(T), p)), x0);
      const x = states[i] as Float32Array;
      const noise = pixelIndices(shape).map((channels) =>
        plus(
          channels.map((k) => x[k] as number),
          mean,
          -1,
        ),
      );
      report(`standard errors at p = ${p}`, standardErrors(noise, N));
      expect(standardErrors(noise, N), `N at p = ${p}`).toBeLessThanOrEqual(5);
      // Whitened, every direction counts, even one as thin as what is not grey in grey noise.
      const L = cholesky(N);
      const white = noise.map((x) => forward(L, x));
      const unit = N.map((_, i) => N.map((_, j) => (i === j ? 1 : 0)));
      expect(standardErrors(white, unit), `whitened at p = ${p}`).toBeLessThanOrEqual(5);
    }
  });
}

/** How far samples of N(0, S) are from that: the largest deviation of a mean or a covariance, in its standard errors. */
function standardErrors(samples: readonly Vector[], S: Matrix): number {
  const n = samples.length;
  const average = (term: (x: Vector) => number) => samples.reduce((sum, x) => sum + term(x), 0) / n;
  const variance = (i: number) => S[i]?.[i] as number;
  const means = [0, 1, 2].map((i) => average((x) => x[i] as number) / Math.sqrt(variance(i) / n));
  const covariances = S.flatMap((row, i) =>
    row.map((value, j) => {
      const error = average((x) => (x[i] as number) * (x[j] as number)) - value;
      return error / Math.sqrt((variance(i) * variance(j) + value ** 2) / n);
    }),
  );
  return Math.max(...[...means, ...covariances].map(Math.abs));
}

test('a state is the same bits, played or jumped to, and needs no past where A = 0', async ({ gpu }) => {
  const schedule = cosine(40);
  const last = lastPosition(chain(40));
  const given = { ...small, schedule, source, start: 'fresh', colour: 'luma-first' } as const;
  const found = await gpu.evaluate(
    ([given, last]) =>
      window.harness.withRun(given, async (run) => {
        const { frame, framesUntil, peek } = window.harness;
        await run.attach(window.harness.canvases());
        // Straight to the turn, before any checkpoint: the first step there has to be the turn's own.
        const steps: number[] = [];
        const { encode } = run.cursor.step;
        run.cursor.step.encode = function (pass, p) {
          steps.push(p);
          encode.call(this, pass, p);
        };
        run.seek(42);
        await framesUntil(run, () => run.shown === 42);
        const first = steps[0];

        await framesUntil(run, () => run.chart.done);
        run.seek(0);
        await framesUntil(run, () => run.shown === 0);
        const played = new Map([[0, await peek(run)]]);
        run.play();
        while (run.playing) {
          await frame(run);
          if (!played.has(run.shown)) played.set(run.shown, await peek(run));
        }
        const different: number[] = [];
        // 37 has no factor in common with 82, so its multiples reach every position, each far from the last.
        for (let i = 0; i <= last; i++) {
          const p = (37 * i) % (last + 1);
          run.seek(p);
          await framesUntil(run, () => run.shown === p);
          const jumped = await peek(run);
          if (played.get(p)?.some((value, k) => !Object.is(value, jumped[k]))) different.push(p);
        }
        return { first, played: played.size, different };
      }),
    [given, last] as const,
  );
  expect(found.first).toBe(41);
  expect(found.different).toEqual([]);
  expect(found.played).toBeGreaterThan(last / 2);
});

const singular = [1, 1, 1, 1, 1, 1] as const;
const refused = {
  'a grey state': {
    change: { shape: { ...small.shape, c: 1 }, source: pixels(24 * 17), colour: 'grey' as const },
    error: { name: 'RangeError', message: 'colour noise needs the 3 channels of RGB, not 1' },
  },
  'a covariance that is none': {
    change: { colour: singular },
    error: { name: 'RangeError', message: expect.stringContaining('Σ is not positive definite') },
  },
};

for (const [name, { change, error }] of Object.entries(refused)) {
  test(`refused, and nothing kept: ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async (given) => {
        const { failure, gpu, Trajectory } = window.harness;
        const before = gpu.bytes;
        return { error: await failure(Trajectory.create(gpu, given)), leaked: gpu.bytes - before };
      },
      { ...small, source, start: 'forward' as const, ...change },
    );
    expect(found).toEqual({ error, leaked: 0 });
  });
}

test('without colour noise the kernel is the scalar one', async ({ gpu }) => {
  const rows = await gpu.evaluate((given) => window.harness.withRun(given, (run) => run.path.rows), {
    ...small,
    source,
    start: 'forward',
  } as const);
  expect(rows).toEqual(path(small.schedule, small.seed, 'forward').rows);
});
