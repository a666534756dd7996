/** Runs that begin part-way, on the GPU, beside the same in float64. */
import { ladder } from '../../src/diffusion/ladder.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { inversion, partWay } from '../../src/diffusion/part-way.ts';
import { invertedPath, sampledPath } from '../../src/diffusion/path.ts';
import { gaussianWeights } from '../../src/diffusion/posterior-mean.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { vdmLinear } from '../../src/diffusion/schedule.ts';
import type { Level } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

const T = 40;
const shape = { n: 1, c: 3, h: 5, w: 7 };
const count = valueCount(shape);
const source = pixels(count);
const schedule = vdmLinear(T - 1);
const deviation = 0.3;
const denoiser = { name: 'gaussian', deviation } as const;
const levels = ladder(schedule, 'trailing', 8);

const denoise = (x: Float64Array, at: Level) => {
  const { p, q } = gaussianWeights(at, deviation);
  return x.map((value, i) => p * value + q * (source[i] as number));
};
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

for (const name of ['ddim', 'ddpm', 'dpmpp-2m'] as const) {
  test(`${name} from the middle of the forward run: its x_t, and every state after it`, async ({ gpu }) => {
    const steps = samplers[name].make()(partWay(levels, 0.5));
    const options = { shape, source, schedule, seed: 5, start: 'forward', denoiser, steps } as const;
    const states = await gpu.evaluate(
      (options) =>
        window.harness.withRun(options, async (run) => {
          const read: Float32Array[] = [];
          for (let p = run.path.T + 1; p <= run.last; p++) read.push(await run.read(p));
          return { read, T: run.path.T };
        }),
      options,
    );
    expect(states.T).toBe(T / 2);
    const { rows } = sampledPath(schedule, 5, 'forward', steps);
    const [begin, ...after] = states.read;
    // x_t as the chain makes it from x_0.
    const chain = rows.slice(1, T / 2 + 1).reduce((x, { a, s, key }) => {
      const z = normals(key as readonly [number, number], count);
      return x.map((value, i) => a * value + s * (z[i] as number));
    }, Float64Array.from(source));
    expect(apart(begin as Float32Array, chain)).toBeLessThan(2e-5);
    const noise = (i: number) => normals(rows[T / 2 + 2 + i]?.key as readonly [number, number], count);
    const expected = [...walk({ steps, x: begin as Float32Array, denoise, noise })];
    const errors = after.map((state, i) => apart(state, expected[i] as Float64Array));
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThan(5e-5);
  });
}

test('the noise of a picture is found and led back, as in float64; a bound of half a way is refused', async ({
  gpu,
}) => {
  const sampler = samplers.ddim.make();
  const [there, back] = [inversion(sampler, levels), sampler(levels)];
  const set = {
    shape: { ...shape, n: 2 },
    values: Float32Array.from([...source, ...source].map((value, i) => (i < count ? value : -value))),
  };
  const found = await gpu.evaluate(
    async ({ shape, there, back, set, given, half }) => {
      const denoiser = { name: 'ideal', set } as const;
      const lead = (steps: typeof there, given: Float32Array<ArrayBuffer>) =>
        window.harness.withRun({ shape, seed: 1, steps, denoiser, given }, (run) => run.read(run.last));
      const noise = await lead(there, given);
      const refused = await window.harness.failure(window.harness.withRun(half, () => {}));
      return { noise, again: await lead(back, noise), refused: refused?.message };
    },
    {
      ...{ shape, there, back, set, given: Float32Array.from(source) },
      half: {
        ...{ shape, source, schedule, seed: 5, start: 'forward', denoiser, bound: { variance: 'beta-1' } },
        steps: sampler(partWay(levels, 0.5)),
      } as const,
    },
  );
  // In float64, with the ideal denoiser's own formula for two images.
  const ideal = (x: Float64Array, { alpha, sigma }: Level) => {
    const images = [source, source.map((value) => -value)];
    if (sigma === 0) return Float64Array.from(source);
    const logits = images.map(
      (image) =>
        -x.reduce((sum, value, i) => sum + (value - alpha * (image[i] as number)) ** 2, 0) / (2 * sigma ** 2),
    );
    const most = Math.max(...logits);
    const weights = logits.map((logit) => Math.exp(logit - most));
    const total = weights.reduce((a, b) => a + b, 0);
    return x.map((_, i) =>
      images.reduce((sum, image, k) => sum + ((weights[k] as number) / total) * (image[i] as number), 0),
    );
  };
  const noise = [...walk({ steps: there, x: source, denoise: ideal })].at(-1) as Float64Array;
  const again = [...walk({ steps: back, x: noise, denoise: ideal })].at(-1) as Float64Array;
  report('noise', apart(found.noise, noise));
  expect(apart(found.noise, noise)).toBeLessThan(1e-4);
  expect(apart(found.again, again)).toBeLessThan(1e-4);
  expect(found.refused).toContain('the bound needs every x_t');
});

test('an inversion and its return are one run, as in float64; a bound of it is refused', async ({ gpu }) => {
  const sampler = samplers['dpmpp-2m'].make();
  const [there, back] = [inversion(sampler, levels), sampler(levels)];
  const options = {
    ...{ shape, source, schedule, seed: 5, start: 'forward', there, steps: back },
    denoiser: { name: 'blurred-oracle', radius: 1 },
  } as const;
  const { states, refused } = await gpu.evaluate(async (options) => {
    const states = await window.harness.withRun(options, async (run) => {
      const read: Float32Array[] = [];
      for (let p = 0; p <= run.last; p++) read.push(await run.read(p));
      return read;
    });
    const bounded = { ...options, bound: { variance: 'beta-1' } } as const;
    const refused = await window.harness.failure(window.harness.withRun(bounded, () => {}));
    return { states, refused: refused?.message };
  }, options);
  const { rows, T, there: times } = invertedPath(there, back);
  expect(states).toHaveLength(rows.length);
  expect([T, times.length]).toEqual([40, there.length + 1]);
  expect(apart(states[0] as Float32Array, source)).toBe(0);
  // The last step, to clean data, takes what the denoiser says, the same for every x_t.
  const x0Hat = Float64Array.from(states.at(-1) as Float32Array);
  const known = () => x0Hat;
  const noise = [...walk({ steps: there, x: source, denoise: known })];
  const again = [...walk({ steps: back, x: noise.at(-1) as Float64Array, denoise: known })];
  const expected = [Float64Array.from(source), ...noise, noise.at(-1) as Float64Array, ...again];
  const scale = (x: ArrayLike<number>) => Math.max(1, ...Array.from(x, Math.abs));
  const errors = states.map((state, p) => {
    const exact = expected[p] as Float64Array;
    return apart(state, exact) / scale(exact);
  });
  report('largest error', Math.max(...errors));
  expect(Math.max(...errors)).toBeLessThan(2e-5);
  expect(refused).toContain('leads there by inversion');
});

test('the exact chain turns where it is told, and comes back from there', async ({ gpu }) => {
  const options = { shape, source, schedule, seed: 5, start: 'forward' } as const;
  const { half, whole, T } = await gpu.evaluate(
    async ([options, turn]) => {
      const states = (more: object) =>
        window.harness.withRun({ ...options, ...more }, async (run) => ({
          T: run.path.T,
          turn: await run.read(run.path.there.length),
          last: await run.read(run.last),
          after: await run.read(run.last - 1),
        }));
      const half = await states({ turn });
      const whole = await window.harness.withRun(options, (run) => run.read(turn));
      return { half, whole, T: half.T };
    },
    [options, 9] as const,
  );
  expect(T).toBe(9);
  expect(apart(half.turn, whole)).toBe(0);
  expect(apart(half.last, source)).toBe(0);
  expect(apart(half.after, source)).toBeGreaterThan(0);
});
