/** Random123's words and JAX's bits, uniforms and normals. On the host the floats are the shader's twin's. */

import { erfInv, normalFromBits, normals, uniformFromBits } from '../../src/diffusion/normal.ts';
import { bits, foldIn, key, threefry2x32, type Words } from '../../src/diffusion/random.ts';
import { normalExact } from '../../tests/reference/normal.ts';
import {
  type Entry,
  type Figure,
  flat,
  isListOf,
  isTable,
  type Kind,
  type Nested,
  sum,
  type Table,
} from './entry.ts';

/** float32 in the same order of operations, but for the last bits of a logarithm. */
const CENTRE = 1e-6;
/** Beyond four standard deviations a GPU that fuses 1 − x² may be further. */
const TAILS = 2.5e-5;

const exactly = (name: string, ours: Figure['ours'], theirs: Nested | undefined): Figure => ({
  name,
  ours,
  theirs,
  within: 0,
});

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const bitPattern = (float: number) => new Uint32Array(new Float32Array([float]).buffer)[0] as number;

/** The GPU's normals: the tails apart. */
const normalFigures = (ours: ArrayLike<number>, theirs: readonly number[]): Figure[] => {
  const part = (name: string, within: number, isIn: (z: number) => boolean): Figure => ({
    name,
    ours: theirs.flatMap((z, i) => (isIn(z) ? [ours[i] as number] : [])),
    theirs: theirs.filter(isIn),
    within,
  });
  return [
    part('normals on the GPU, |z| ≤ 4', CENTRE, (z) => Math.abs(z) <= 4),
    part('normals on the GPU, |z| > 4', TAILS, (z) => Math.abs(z) > 4),
  ];
};

const words = (name: string, k: Words, counter: Words, expected: number[]): Entry => ({
  name,
  figures: () => [exactly('words', threefry2x32(k, counter), expected)],
  onGpu: async (page) => {
    const [drawn] = await page.evaluate((draws) => window.harness.draw(draws), [{ key: k, counter }]);
    return [exactly('words on the GPU', drawn?.words ?? [], expected)];
  },
});

interface Vector {
  readonly name: string;
  readonly rounds: number;
  readonly ctr: string[];
  readonly key: string[];
  readonly expected: string[];
}

const hex = (digits: readonly string[]) => digits.map((word) => Number.parseInt(word, 16));

const knownAnswers: Kind = {
  matches: (value) => isListOf(value, 'name', 'rounds', 'ctr', 'key', 'expected'),
  entries: (vectors: readonly Vector[]) =>
    vectors.map(({ name, rounds, ctr, key: k, expected }): Entry => {
      const title = `${name}-${rounds}, counter ${ctr.join(' ')}`;
      if (name !== 'threefry2x32' || rounds !== 20) {
        return { name: title, cannot: 'the library has Threefry-2x32-20 alone' };
      }
      return words(title, hex(k) as unknown as Words, hex(ctr) as unknown as Words, hex(expected));
    }),
};

const executed: Kind = {
  matches: (value, key) => key.startsWith('threefry2x32_20 [ctr,key,out]') && Array.isArray(value),
  entries: (rows: readonly [Words, Words, number[]][]) =>
    rows.map(([counter, k, out]) => words(`key ${k}, counter ${counter}`, k, counter, out)),
};

interface Expression {
  readonly mode: string;
  readonly expr: string;
  readonly expected: Nested;
  readonly tolerance?: number;
}

/** The library's seeds have 32 bits. */
const isSeed = (seed: number) => 0 <= seed && seed <= 0xffffffff;

/** key(1), split(key(0))[1], fold_in(key(0),4) */
function evaluateKey(expr: string): Words | undefined {
  const seed = Number(/^key\((\d+)\)$/.exec(expr)?.[1]);
  if (isSeed(seed)) return key(seed);
  const derived = /^split\((.+)\)\[(\d+)\]$/.exec(expr) ?? /^fold_in\((.+),(\d+)\)$/.exec(expr);
  const from = derived?.[1] ? evaluateKey(derived[1]) : undefined;
  return from && foldIn(from, Number(derived?.[2]));
}

/** scipy's DCT-II, unnormalised: 2 Σ x_n cos(πk(2n + 1)/2N) */
const dct = (x: readonly number[]) =>
  x.map(
    (_, k) => 2 * sum(x.map((value, n) => value * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * x.length)))),
  );

const count = (shape: string | undefined) =>
  (shape ?? '')
    .split(',')
    .filter(Boolean)
    .reduce((product, size) => product * Number(size), 1);

const DRAW =
  /^random\.(bits|uniform|normal)\((.+?)(?:,\(([\d,]*)\))?(?:,minval=([-\d.]+),maxval=([-\d.]+))?\)$/;

/** What JAX's expression evaluates to, undefined where it is not understood. */
function evaluate(text: string): number[] | undefined {
  const expr = text
    .replace(/ (?:rounded to|uint32 scalar).*$| +\[seed=.*\]$/, '')
    .replaceAll(/(?:jax\.)?random\.(?=key|split|fold_in)|jax\.(?=random)|,uint32(?=\))| /g, '');
  const cosines = /^jax\.scipy\.fft\.dct(n?)\((random\.normal\(.+\(\d+,(\d+)\)\))\)$/.exec(expr);
  if (cosines) {
    const values = evaluate(cosines[2] as string) ?? [];
    const width = Number(cosines[3]);
    const rows = range(values.length / width).map((i) => dct(values.slice(i * width, (i + 1) * width)));
    if (!cosines[1]) return rows.flat();
    const columns = range(width).map((j) => dct(rows.map((row) => row[j] as number)));
    return rows.flatMap((row, i) => row.map((_, j) => columns[j]?.[i] as number));
  }
  const cipher = /^threefry2x32\(key=(\d+),(\d+);ctr=(\d+),(\d+)\)$/.exec(expr)?.slice(1).map(Number);
  if (cipher)
    return [
      ...threefry2x32([cipher[0] as number, cipher[1] as number], [cipher[2] as number, cipher[3] as number]),
    ];
  const split = /^split\((.+),(\d+)\)$/.exec(expr);
  const splitKey = split && evaluateKey(split[1] as string);
  if (splitKey) return range(Number(split[2])).flatMap((i) => [...foldIn(splitKey, i)]);
  const [, kind, from, shape, lo, hi] = DRAW.exec(expr) ?? [];
  const k = evaluateKey(from ?? '');
  if (!k) return evaluateKey(expr)?.slice();
  if (kind === 'normal') return [...normals(k, count(shape))];
  const drawn = range(count(shape)).map((i) => bits(k, i));
  return kind === 'bits'
    ? drawn
    : drawn.map((word) => uniformFromBits(word, Number(lo ?? 0), Number(hi ?? 1)));
}

const LEGACY = "JAX's legacy layout; the library has the partitionable one";

const published: Kind = {
  matches: (value) => isListOf(value, 'mode', 'expr', 'expected'),
  entries: (expressions: readonly Expression[]) =>
    expressions.map(({ mode, expr, expected, tolerance = 0 }): Entry => {
      if (mode.startsWith('legacy')) return { name: expr, cannot: LEGACY };
      const ours = evaluate(expr);
      if (!ours) return { name: expr, cannot: 'the expression is not understood' };
      // Their tolerances are absolute.
      const floor = Math.max(1, ...flat(expected).map(Math.abs));
      const value = { name: 'value', ours, theirs: expected, within: tolerance / floor, floor };
      return { name: expr, figures: () => [value] };
    }),
};

interface Executed {
  readonly mode: string;
  readonly seed: number;
  readonly key: number[];
  readonly shape: number[];
  readonly bits: number[];
  readonly uniform_f32: number[];
  readonly uniform_bits: number[];
  readonly u_in_minus1_1_f32: number[];
  readonly normal_f32_numpy: number[];
  readonly normal_exact_from_same_u_f64: number[];
  readonly [more: string]: unknown;
}

const keys: Kind = {
  matches: (value) => isListOf(value, 'mode', 'seed', 'key', 'bits', 'uniform_f32'),
  entries: (entries: readonly Executed[]) =>
    entries.map((entry): Entry => {
      const name = `${entry.mode} key(${entry.seed}), shape (${entry.shape})`;
      if (entry.mode !== 'partitionable') return { name, cannot: LEGACY };
      if (!isSeed(entry.seed)) return { name, cannot: 'the library has seeds of 32 bits' };
      const k = key(entry.seed);
      const n = entry.bits.length;
      return {
        name,
        figures() {
          const drawn = range(n).map((i) => bits(k, i));
          const derived = (start: string) => {
            const theirs = Object.entries(entry).find(([name]) => name.startsWith(start))?.[1] as
              | number[][]
              | undefined;
            return theirs
              ? [
                  exactly(
                    start,
                    theirs.flatMap((_, i) => [...foldIn(k, i)]),
                    theirs,
                  ),
                ]
              : [];
          };
          const u = drawn.map((word) => uniformFromBits(word));
          const uniform = drawn.map((word) => uniformFromBits(word, 0, 1));
          return [
            exactly('key', k, entry.key),
            exactly('bits', drawn, entry.bits),
            exactly('uniform_f32', uniform, entry.uniform_f32),
            exactly('uniform_bits', uniform.map(bitPattern), entry.uniform_bits),
            exactly('u_in_minus1_1_f32', u, entry.u_in_minus1_1_f32),
            ...derived('split('),
            ...derived('fold_in('),
            { name: 'normal_f32_numpy', ours: normals(k, n), theirs: entry.normal_f32_numpy, within: CENTRE },
            {
              name: 'normal_exact_from_same_u_f64',
              ours: u.map(normalExact),
              theirs: entry.normal_exact_from_same_u_f64,
              within: 1e-13,
            },
          ];
        },
        onGpu: async (page) => {
          const draws = entry.bits.map((word, i) => ({ key: k, counter: [word, i] as Words }));
          const drawn = await page.evaluate((given) => window.harness.draw(given), draws);
          const z = await page.evaluate(([k, n]) => window.harness.normals(k, n), [k, n] as const);
          return [
            exactly(
              'bits on the GPU',
              drawn.map((one) => one.bits),
              entry.bits,
            ),
            exactly(
              'u on the GPU, as bit patterns',
              drawn.map((one) => one.uniformBits),
              entry.u_in_minus1_1_f32.map(bitPattern),
            ),
            ...normalFigures(z, entry.normal_f32_numpy),
          ];
        },
      };
    }),
};

interface Moments {
  readonly first5: number[];
  readonly last5: number[];
  readonly [moment: string]: number | number[];
}

const MOMENTS = /^normal\(key\((\d+)\),\((\d+),?\)\) moments/;

const moments: Kind = {
  matches: (_, key) => MOMENTS.test(key),
  entries(theirs: Moments, _, name) {
    const [, seed, length] = MOMENTS.exec(name) ?? [];
    const [k, n] = [key(Number(seed)), Number(length)];
    const figures = (z: readonly number[], within: number, means: number): Figure[] => {
      const mean = sum(z) / n;
      const moment = (power: number) => sum(z.map((value) => (value - mean) ** power)) / n;
      const variance = moment(2);
      const own: Record<string, number | number[]> = {
        mean,
        var: variance,
        skew: moment(3) / variance ** 1.5,
        kurt: moment(4) / variance ** 2,
        sum: sum(z),
        min: z.reduce((a, b) => Math.min(a, b)),
        max: z.reduce((a, b) => Math.max(a, b)),
        first5: z.slice(0, 5),
        last5: z.slice(-5),
      };
      // Averages of roundings that cancel are far tighter than one normal.
      const averaged = ['mean', 'var', 'skew', 'kurt'];
      return Object.entries(theirs).map(([moment, value]) => ({
        name: moment,
        ours: own[moment] ?? [],
        theirs: value,
        within: averaged.includes(moment) ? means : within,
      }));
    };
    return [
      {
        name,
        figures: () => figures([...normals(k, n)], CENTRE, 1e-8),
        onGpu: async (page) =>
          figures(
            [...(await page.evaluate(([k, n]) => window.harness.normals(k, n), [k, n] as const))],
            TAILS,
            CENTRE,
          ),
      },
    ];
  },
};

const edges: Kind = {
  matches: (value) => isTable(value, 'bits'),
  entries: ({ rows }: Table) =>
    rows.map(([word = 0, uniform = 0, uniformBits = 0, u = 0, uBits = 0, normal = 0, exact = 0]) => ({
      name: `bits ${word}`,
      figures: () => [
        exactly('uniform', uniformFromBits(word, 0, 1), uniform),
        exactly("the uniform's bits", bitPattern(uniformFromBits(word, 0, 1)), uniformBits),
        exactly('u', uniformFromBits(word), u),
        exactly("u's bits", bitPattern(uniformFromBits(word)), uBits),
        { name: 'normal f32', ours: normalFromBits(word), theirs: normal, within: CENTRE },
        { name: 'normal f64', ours: normalExact(uniformFromBits(word)), theirs: exact, within: 1e-13 },
      ],
      onGpu: async (page) => {
        const draws = [{ key: key(0), counter: [word, 0] as Words }];
        const [drawn] = await page.evaluate((given) => window.harness.draw(given), draws);
        return [
          exactly("u's bits on the GPU", drawn?.uniformBits ?? [], uBits),
          ...normalFigures([drawn?.normal ?? Number.NaN], [normal]),
        ];
      },
    })),
};

const erfInvTable: Kind = {
  matches: (value) => isTable(value, 'x (f32 value)'),
  entries: ({ rows }: Table) =>
    rows.map(([x = 0, float32 = 0, exact = 0]) => ({
      name: `x = ${x}`,
      figures: () => [
        { name: 'f32', ours: erfInv(x), theirs: float32, within: CENTRE },
        { name: 'f64', ours: normalExact(x) / Math.SQRT2, theirs: exact, within: 1e-13 },
      ],
    })),
};

export const rng = [knownAnswers, executed, published, keys, moments, edges, erfInvTable];
