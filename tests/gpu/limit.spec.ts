import { klOfX0 } from '../../src/diffusion/bound.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import { type LimitOptions, limitBy, quantile } from '../../src/diffusion/limit.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { forwardRow, lastPosition, path, type Row, sampledPath } from '../../src/diffusion/path.ts';
import { gaussianWeights } from '../../src/diffusion/posterior-mean.ts';
import { type Output, x0Weights } from '../../src/diffusion/prediction.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import { ddpm } from '../../src/diffusion/samplers/ddpm.ts';
import { dpmpp2m } from '../../src/diffusion/samplers/dpmpp-2m.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import {
  type Level,
  m,
  pairs,
  type Sampler,
  type Step,
  sum,
  x,
  x0Hat,
  x0HatUnclipped,
} from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { type Shape, stateBytes, valueCount } from '../../src/passes/shape.ts';
import { largestRelative, termSums } from '../reference/bound.ts';
import { largestError, linearGaussian } from '../reference/linear-gaussian.ts';
import { patterns, pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** float32's rounding of a few operations, relative. */
const ROUNDING = 1e-6;
/** As in sampler.spec.ts: a run in float32 against one in float64, relative to the state's scale. */
const PATH = 2e-5;
/** As in bound.spec.ts. */
const SUM = 1e-4;

const images = (values: ArrayLike<number>, n: number): Float64Array[] => {
  const all = Float64Array.from(values, Math.abs);
  const size = all.length / n;
  return Array.from({ length: n }, (_, i) => all.subarray(i * size, (i + 1) * size));
};

const scaled = (values: Float32Array<ArrayBuffer>, ...scales: readonly number[]) =>
  values.map((value, i) => value * (scales[Math.floor((i * scales.length) / values.length)] as number));

const flat = (w: number, n = 1): Shape => ({ n, c: 1, h: 1, w });
const filled = (shape: Shape, value: number) => new Float32Array(valueCount(shape)).fill(value);
const large: Shape = { n: 2, c: 3, h: 67, w: 45 };

/** Each with values in which an order statistic could be missed. */
const batches: Record<string, { readonly shape: Shape; readonly values: Float32Array<ArrayBuffer> }> = {
  'one value': { shape: flat(1), values: Float32Array.of(-2.5) },
  'two values': { shape: flat(2), values: Float32Array.of(3, -1) },
  'all equal': { shape: flat(100), values: filled(flat(100), -1.25) },
  zeros: { shape: flat(9), values: Float32Array.from([0, -0, 0, -0, -0, 0, 0, 0, -0]) },
  'zeros among others': { shape: flat(6), values: Float32Array.of(-0, 2, 0, -3, -0, 0) },
  'the least and the largest floats': {
    shape: flat(5),
    values: Float32Array.of(-1.4e-45, 3.4e38, 1e-38, 0, -3.4e38),
  },
  'neighbours in the last bit': {
    shape: flat(8),
    values: Float32Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (1.5 + i * 2 ** -23)),
  },
  'powers of two': {
    shape: flat(64),
    values: Float32Array.from({ length: 64 }, (_, i) => (-2) ** (i - 32)),
  },
  'an odd number': { shape: flat(101), values: scaled(pixels(101, 1), 3) },
  'an even number': { shape: flat(102), values: scaled(pixels(102, 2), 3) },
  'more than a workgroup': { shape: large, values: scaled(pixels(valueCount(large), 3), 0.5, 40) },
  'five images, none a multiple of four': {
    shape: { n: 5, c: 3, h: 3, w: 7 },
    values: scaled(pixels(315, 4), 0.01, 1, 2, 100, 5),
  },
};

const SHARES = [0, 0.25, 0.5, 0.9, 0.995, 1];

for (const [name, batch] of Object.entries(batches)) {
  test(`quantiles of ${name}: exact at a value, else between the two`, async ({ gpu }) => {
    const { n } = batch.shape;
    const last = valueCount(batch.shape) / n - 1;
    // The middle value itself, or the pair.
    for (const q of [...SHARES, last > 0 ? Math.floor(last / 2) / last : 0.5]) {
      const found = await gpu.evaluate((given) => window.harness.quantiles(given), { ...batch, q, times: 3 });
      const expected = images(batch.values, n).map((own) => quantile(own, q));
      const error = largestRelative(found[0] as Float32Array, expected);
      report(`q = ${q}`, error);
      expect(error, `q = ${q}`).toBeLessThanOrEqual(Number.isInteger(q * last) ? 0 : ROUNDING);
      // Nothing of one use is left for the next.
      expect(found.slice(1).map(patterns)).toEqual(
        [found[0], found[0]].map((f) => patterns(f as Float32Array)),
      );
    }
  });
}

test('a quantile of twelve million values', async ({ gpu }) => {
  const large: Shape = { n: 1, c: 3, h: 2048, w: 2048 };
  const q = 0.995;
  const found = await gpu.evaluate(([shape, q]) => window.harness.largeQuantile(shape, q), [
    large,
    q,
  ] as const);
  expect(Math.abs(found / (q * (valueCount(large) - 1)) - 1)).toBeLessThanOrEqual(ROUNDING);
});

test('a grid folded into two dimensions counts every image once', async ({ gpu }) => {
  const shape: Shape = { n: 20, c: 1, h: 3, w: 3001 };
  const values = scaled(pixels(valueCount(shape), 6), 1, 3, 2, 5);
  const given = { shape, values, q: 0.9 };
  const [folded, flat] = await gpu.evaluate(async (given) => {
    const { quantiles, withDeviceLimit } = window.harness;
    const limit = 'maxComputeWorkgroupsPerDimension';
    const [folded] = await withDeviceLimit(limit, 7, () => quantiles(given));
    return [folded, (await quantiles(given))[0]] as [Float32Array, Float32Array];
  }, given);
  expect(patterns(folded)).toEqual(patterns(flat));
  const expected = images(values, shape.n).map((own) => quantile(own, 0.9));
  expect(largestRelative(folded, expected)).toBeLessThanOrEqual(ROUNDING);
});

const limits: Record<string, LimitOptions> = {
  clip: { name: 'clip' },
  'clip to 0.4': { name: 'clip', range: 0.4 },
  'dynamic threshold': { name: 'dynamic-threshold', ratio: 0.9, max: 10 },
  'dynamic threshold, held': { name: 'dynamic-threshold', ratio: 0.995, max: 1.5 },
  'dynamic threshold by default': { name: 'dynamic-threshold' },
  'dynamic threshold below 1': { name: 'dynamic-threshold', ratio: 0.5, max: 0.5 },
};

for (const [name, options] of Object.entries(limits)) {
  test(`${name}: every value is the host's`, async ({ gpu }) => {
    for (const [what, { shape, values }] of Object.entries(batches)) {
      const found = await gpu.evaluate((given) => window.harness.limit(given), { shape, values, options });
      const error = largestError(found, limitBy(options, shape.n)(values));
      expect(error, what).toBeLessThanOrEqual(ROUNDING);
    }
  });
}

test('a clip leaves what is within its range alone, to the bit', async ({ gpu }) => {
  const values = pixels(1000);
  const given = { shape: flat(1000), values, options: { name: 'clip' } } as const;
  expect(patterns(await gpu.evaluate((given) => window.harness.limit(given), given))).toEqual(
    patterns(values),
  );
});

const T = 40;
const shape = { n: 2, c: 3, h: 5, w: 7 };
const count = valueCount(shape);
/** Two images, of which the second goes far beyond what a picture holds. */
const source = scaled(pixels(count), 1.2, 4);
const schedule = cosine(T);
const deviation = 0.3;
const denoiser = { name: 'gaussian', deviation } as const;
const seed = 5;
const given = { shape, source, schedule, seed, start: 'fresh', denoiser } as const;

const gaussian = (x: ArrayLike<number>, at: Level) => {
  const { p, q } = gaussianWeights(at, deviation);
  return Float64Array.from(x, (value, i) => p * value + q * (source[i] as number));
};

/** Samplers of both conventions: ε̂ anew from what was limited, and the model's own. */
const samplers: Record<string, Sampler> = {
  'DDIM, η = 0.5': ddim({ eta: 0.5, noiseOf: 'unclipped' }),
  'DDIM, η = 0.5, ε̂ from the limited x̂_0': ddim({ eta: 0.5, noiseOf: 'clipped' }),
  DDPM: ddpm(),
  'DDPM, the mean from the unlimited x̂_0': ddpm({ meanOf: 'unclipped' }),
  'DPM-Solver++(2M)': dpmpp2m(),
  'a method that keeps the unlimited x̂_0': (levels) =>
    pairs(levels).map(([at, to], i): Step => {
      const last = i === 0 ? x0HatUnclipped : m[0];
      return { at, to, next: sum([0.5, x], [0.25, x0Hat], [0.25, last]), keep: [x0HatUnclipped] };
    }),
};

for (const [limitName, limit] of Object.entries(limits).slice(0, 4)) {
  for (const [name, sampler] of Object.entries(samplers)) {
    const steps = sampler(ladder(schedule, 'linspace', 10));

    test(`${name}, ${limitName}: every state is that of the host, scrubbed to or played`, async ({ gpu }) => {
      const states = await gpu.evaluate(
        (given) =>
          window.harness.withRun(given, async (run) => {
            const first = given.schedule.T + 1;
            const positions = Array.from({ length: given.steps.length + 1 }, (_, i) => first + i);
            const played: Float32Array[] = [];
            for (const p of positions) played.push(await run.read(p));
            await window.harness.framesUntil(run, () => run.chart.done);
            const scrubbed: Float32Array[] = [];
            for (const p of positions.toReversed()) scrubbed.unshift(await run.read(p));
            return { played, scrubbed };
          }),
        { ...given, limit, steps },
      );
      expect(states.scrubbed.map(patterns)).toEqual(states.played.map(patterns));
      const [x_T, ...after] = states.played;
      const keys = sampledPath(schedule, seed, 'fresh', steps)
        .rows.slice(T + 2)
        .map(({ key }) => key);
      const noise = (i: number) => normals(keys[i] as Row['key'], count);
      const limited = limitBy(limit, shape.n);
      const denoise = (x: Float64Array, at: Level) => {
        const unclipped = gaussian(x, at);
        return { x0Hat: limited(unclipped), unclipped };
      };
      const expected = [...walk({ steps, x: x_T as Float32Array, denoise, noise })];
      const errors = after.map((state, i) => largestError(state, expected[i] as Float64Array));
      report('largest error', Math.max(...errors));
      expect(Math.max(...errors)).toBeLessThanOrEqual(PATH);
      // Without its limit the run would be another, unless it takes no notice of it.
      const free = [...walk({ steps, x: x_T as Float32Array, denoise: gaussian, noise })];
      const change = largestError(expected.at(-1) as Float64Array, free.at(-1) as Float64Array);
      const limitedCounts = steps.some(({ next }) => next[1] !== 0);
      expect(limitedCounts ? change > 0.01 : change === 0).toBe(true);
    });
  }
}

for (const [name, limit] of Object.entries(limits)) {
  test(`the exact chain, ${name}: every state is the twin's`, async ({ gpu }) => {
    const { rows } = path(schedule, seed, 'forward');
    const states = await gpu.evaluate(
      ([given, count]) =>
        window.harness.withRun(given, async (run) => {
          const states = [];
          for (let p = 0; p < count; p++) states.push(await run.read(p));
          return states;
        }),
      [{ ...given, limit, start: 'forward' }, rows.length] as const,
    );
    const { levels } = path(schedule, seed, 'forward');
    let x: ArrayLike<number> = source;
    const errors = rows.map((row, p) => {
      const at = levels?.[p - 1] as Level;
      if (p > 0) x = linearGaussian(row, x, row.b === 0 ? x : limitBy(limit, shape.n)(gaussian(x, at)));
      return largestError(states[p] as Float32Array, x);
    });
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThanOrEqual(PATH);
  });
}

test('what never changes is limited once: an oracle leads to its limited picture', async ({ gpu }) => {
  const limit = limits['dynamic threshold'] as LimitOptions;
  const { last, bits } = await gpu.evaluate(
    async ([given, end]) => {
      const { withRun } = window.harness;
      return withRun(given, async (run) => {
        const last = await run.read(end);
        await run.read(end - 1);
        return { last, bits: [last, await run.read(end)].map((x) => [...new Uint32Array(x.buffer)]) };
      });
    },
    [{ ...given, denoiser: { name: 'oracle' }, limit }, lastPosition(path(schedule, seed, 'fresh'))] as const,
  );
  expect(largestError(last, limitBy(limit, shape.n)(source))).toBeLessThanOrEqual(ROUNDING);
  expect(bits[1]).toEqual(bits[0]);
});

test('colour noise is undone towards the limited picture', async ({ gpu }) => {
  const limit = limits['clip to 0.4'] as LimitOptions;
  const last = await gpu.evaluate((given) => window.harness.withRun(given, (run) => run.read(run.last)), {
    ...given,
    denoiser: { name: 'oracle' },
    colour: 'luma-first',
    limit,
  } as const);
  expect(largestError(last, limitBy(limit, shape.n)(source))).toBeLessThanOrEqual(PATH);
});

test('the bound is that of the limited x̂_0', async ({ gpu }) => {
  const limit = limits['dynamic threshold'] as LimitOptions;
  const bound = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        await window.harness.framesUntil(run, () => run.chart.done);
        return run.bound;
      }),
    { ...given, limit, bound: { variance: 'beta-1' } } as const,
  );
  let x: ArrayLike<number> = source;
  for (let t = 1; t <= T; t++) {
    x = linearGaussian(forwardRow(schedule, seed, t), x, source);
    if (t === 1) continue;
    const at = { alpha: schedule.alpha[t] as number, sigma: schedule.sigma[t] as number, t };
    const x0Hat = limitBy(limit, shape.n)(gaussian(x, at));
    const kl = klOfX0(schedule, t - 1, t, termSums(schedule, t, { x, x0: source, x0Hat })[1] as number);
    expect(largestRelative([bound?.diffusion.x0[t] as number], [kl]), `t = ${t}`).toBeLessThanOrEqual(SUM);
  }
});

test('once charted, playing makes nothing on the GPU and moves no data, however x̂_0 is limited', async ({
  gpu,
}) => {
  for (const limit of Object.values(limits)) {
    const calls = await gpu.evaluate(
      (given) =>
        window.harness.withRun(given, async (run) => {
          const { canvases, costlyCalls, framesUntil } = window.harness;
          await run.attach(canvases());
          await framesUntil(run, () => run.chart.done && run.shown === 0);
          return costlyCalls(async () => {
            run.play();
            await framesUntil(run, () => !run.playing);
          });
        }),
      { ...given, shape: { ...shape, n: 1 }, source: source.slice(0, count / 2), limit },
    );
    expect(calls).toEqual([]);
  }
});

const BIN_BYTES = 4 * 2 ** 8;

test('its memory: a state for each of the two x̂_0, and bins for every image; all of it comes back', async ({
  gpu,
}) => {
  const { clip, 'dynamic threshold': threshold } = limits;
  const [none, clipped, thresholded, leaked] = await gpu.evaluate(
    async (options) => {
      const { gpu, withRun } = window.harness;
      const before = gpu.bytes;
      const taken = [];
      for (const given of options) taken.push(await withRun(given, () => gpu.bytes - before));
      return [...taken, gpu.bytes - before] as [number, number, number, number];
    },
    [given, { ...given, limit: clip }, { ...given, limit: threshold }],
  );
  // Beside them only uniforms.
  const small = 4096;
  expect(clipped - none).toBeGreaterThanOrEqual(2 * stateBytes(shape));
  expect(clipped - none).toBeLessThanOrEqual(2 * stateBytes(shape) + small);
  expect(thresholded - clipped).toBeGreaterThanOrEqual(2 * shape.n * BIN_BYTES);
  expect(thresholded - clipped).toBeLessThanOrEqual(2 * shape.n * BIN_BYTES + small);
  expect(leaked).toBe(0);
});

const refused: Record<string, { readonly limit: LimitOptions; readonly message: string }> = {
  'a range of 0': {
    limit: { name: 'clip', range: 0 },
    message: "a clip's range must be positive, not 0",
  },
  'a share above 1': {
    limit: { name: 'dynamic-threshold', ratio: 1.5 },
    message: "a quantile's share must lie in [0, 1], not 1.5",
  },
  'an s that is no number': {
    limit: { name: 'dynamic-threshold', max: Number.NaN },
    message: "a threshold's largest s must be positive, not NaN",
  },
};

for (const [name, { limit, message }] of Object.entries(refused)) {
  test(`refused, and nothing kept: ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async (given) => {
        const { failure, gpu, Trajectory } = window.harness;
        const before = gpu.bytes;
        return { error: await failure(Trajectory.create(gpu, given)), leaked: gpu.bytes - before };
      },
      { ...given, limit },
    );
    expect(found).toEqual({ error: { name: 'RangeError', message }, leaked: 0 });
  });
}

test('refused, and nothing kept: more images than the device can count in', async ({ gpu }) => {
  const { error, n, most, leaked } = await gpu.evaluate(
    async ([given, bytes]) => {
      const { failure, gpu, Trajectory } = window.harness;
      const before = gpu.bytes;
      const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
      const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
      const n = Math.floor(most / bytes) + 1;
      const batch = { ...given, shape: { n, c: 1, h: 1, w: 1 }, source: new Float32Array(n) };
      return { error: await failure(Trajectory.create(gpu, batch)), n, most, leaked: gpu.bytes - before };
    },
    [{ ...given, limit: limits['dynamic threshold'] as LimitOptions }, BIN_BYTES] as const,
  );
  const [needs, allows] = [
    Math.ceil((100 * n * BIN_BYTES) / 2 ** 20) / 100,
    Math.floor((100 * most) / 2 ** 20) / 100,
  ];
  const message = `a quantile of ${n} images needs ${needs} MiB at once; this device allows ${allows} MiB`;
  expect({ error, leaked }).toEqual({ error: { name: 'TooLarge', message }, leaked: 0 });
});

test('refused, and nothing kept: a sampler that remembers more than the device can hold', async ({ gpu }) => {
  const steps = dpmpp2m()(ladder(schedule, 'linspace', 10));
  const bytes = stateBytes(shape);
  const found = await gpu.evaluate(
    async ([given, bytes]) => {
      const { failure, gpu, Trajectory, withDeviceLimit } = window.harness;
      const before = gpu.bytes;
      const create = () => failure(Trajectory.create(gpu, given));
      const error = await withDeviceLimit('maxBufferSize', bytes, create);
      return { error, leaked: gpu.bytes - before };
    },
    [{ ...given, steps }, bytes] as const,
  );
  const message = expect.stringContaining('7 × 5 needs');
  expect(found).toEqual({ error: { name: 'TooLarge', message }, leaked: 0 });
});

test('a learned variance is what the model says', async ({ gpu }) => {
  const steps = ddpm({ variance: 'learned-range' })(ladder(schedule, 'linspace', 10));
  const v = pixels(count, 77).map((value) => (value + 1) / 2);
  const limit = limits.clip as LimitOptions;
  const states = await gpu.evaluate(
    ([given, deviation, v]) => {
      const { gaussianModel, withRun } = window.harness;
      return withRun({ ...given, denoiser: gaussianModel('epsilon', deviation, v) }, async (run) => {
        const states = [];
        for (let i = 0; i <= given.steps.length; i++) states.push(await run.read(given.schedule.T + 1 + i));
        return states;
      });
    },
    [{ ...given, steps, limit }, deviation, v] as const,
  );
  const [x_T, ...after] = states;
  const keys = sampledPath(schedule, seed, 'fresh', steps)
    .rows.slice(T + 2)
    .map(({ key }) => key);
  const noise = (i: number) => normals(keys[i] as Row['key'], count);
  const denoise = (x: Float64Array, at: Level) => ({ x0Hat: limitBy(limit, shape.n)(gaussian(x, at)), v });
  const expected = [...walk({ steps, x: x_T as Float32Array, denoise, noise })];
  const errors = after.map((state, i) => largestError(state, expected[i] as Float64Array));
  report('largest error', Math.max(...errors));
  expect(Math.max(...errors)).toBeLessThanOrEqual(10 * PATH);
});

test('refused, and nothing kept: a learned variance of which the denoiser says nothing', async ({ gpu }) => {
  const steps = ddpm({ variance: 'learned-range' })(ladder(schedule, 'linspace', 10));
  const found = await gpu.evaluate(
    async (given) => {
      const { failure, gpu, Trajectory } = window.harness;
      const before = gpu.bytes;
      return { error: await failure(Trajectory.create(gpu, given)), leaked: gpu.bytes - before };
    },
    { ...given, steps },
  );
  const message = 'a learned variance needs a model that says v; this denoiser says x̂_0 alone';
  expect(found).toEqual({ error: { name: 'RangeError', message }, leaked: 0 });
});

const outputs: readonly Output[] = ['epsilon', 'x0', 'v', 'score', 'velocity'];
/** Of VP, VE and flow matching, from little noise to much. */
const levels: readonly Level[] = [
  { alpha: 1, sigma: 0, t: 0 },
  { alpha: 0.8, sigma: 0.6, t: 1 },
  { alpha: 0.05, sigma: Math.sqrt(1 - 0.0025), t: 2 },
  { alpha: 1, sigma: 0.02, t: 3 },
  { alpha: 1, sigma: 80, t: 4 },
  { alpha: 0.3, sigma: 0.7, t: 5 },
];

for (const output of outputs) {
  test(`a model's ${output} is turned into x̂_0 at every value`, async ({ gpu }) => {
    const [x, answer] = [scaled(pixels(103, 8), 5), scaled(pixels(103, 9), 3)];
    const found = await gpu.evaluate((given) => window.harness.converted(given), {
      ...{ output, levels, x, answer },
    });
    const errors = levels.map((level, i) => {
      const { p, q } = x0Weights(output, level);
      return Math.max(
        ...Array.from(found[i] as Float32Array, (value, k) => {
          const [own, told] = [p * (x[k] as number), q * (answer[k] as number)];
          // The two may all but cancel, and float32 knows their difference as well as it knows them.
          return Math.abs(value - (own + told)) / (Math.abs(own) + Math.abs(told));
        }),
      );
    });
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThanOrEqual(ROUNDING);
  });

  test(`a run with a model that answers with ${output} is the denoiser's own`, async ({ gpu }) => {
    const { denoiser, ...plain } = { ...given, limit: limits.clip as LimitOptions };
    const steps = ddim({ eta: 0.5, noiseOf: 'unclipped' })(ladder(schedule, 'linspace', 10));
    const [own, direct, leaked] = await gpu.evaluate(
      async ([plain, steps, denoiser, output]) => {
        const { gaussianModel, gpu, withRun } = window.harness;
        const before = gpu.bytes;
        const readAll = (model: ReturnType<typeof gaussianModel>) =>
          withRun({ ...plain, steps, denoiser: model }, async (run) => {
            const states = [];
            for (let i = 0; i <= steps.length; i++) states.push(await run.read(plain.schedule.T + 1 + i));
            return states;
          });
        const model = gaussianModel(output, denoiser.deviation);
        return [await readAll(model), await readAll(denoiser), gpu.bytes - before] as const;
      },
      [plain, steps, denoiser, output] as const,
    );
    const errors = own.map((state, i) => largestError(state, direct[i] as Float32Array));
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThanOrEqual(10 * PATH);
    expect(leaked).toBe(0);
  });
}

for (const output of ['epsilon', 'score'] as const) {
  test(`refused, and nothing kept: ${output} at a level without signal`, async ({ gpu }) => {
    const found = await gpu.evaluate(
      async ([given, output]) => {
        const { failure, gaussianModel, gpu, Trajectory } = window.harness;
        const before = gpu.bytes;
        const options = { ...given, denoiser: gaussianModel(output, 0.3) };
        return { error: await failure(Trajectory.create(gpu, options)), leaked: gpu.bytes - before };
      },
      [{ ...given, schedule: { ...schedule, alpha: schedule.alpha.with(T, 0) } }, output] as const,
    );
    const message = `${output} says nothing of x_0 at α = 0, where there is no signal`;
    expect(found).toEqual({ error: { name: 'RangeError', message }, leaked: 0 });
  });
}
