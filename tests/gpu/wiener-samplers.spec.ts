/**
 * The Wiener denoiser as a closed form for every sampler: each against its twin in float64, and those that follow the ODE
 * against its exact solution, in which every mode is on its own.
 */
import { complexOf, fft, inverseFft } from '../../src/diffusion/fft.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { generationPath } from '../../src/diffusion/path.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { vdmLinear } from '../../src/diffusion/schedule.ts';
import type { Level, Step } from '../../src/diffusion/step.ts';
import { walk } from '../../src/diffusion/walk.ts';
import { type Spectrum, spectrumOf, wienerMean } from '../../src/diffusion/wiener.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { even } from '../unit/levels.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** As in sampler.spec.ts: a run in float32 against one in float64, relative to its largest value by then. */
const WITHIN = 2e-5;

const shape: Shape = { n: 2, c: 3, h: 8, w: 8 };
const count = valueCount(shape);
const source: Images = { shape: { ...shape, n: 1 }, values: pixels(count / 2, 4) };
const spectrum = spectrumOf(source);
const denoiser = { name: 'wiener', source } as const;
const seed = 5;

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  largest(Array.from(b, (value, i) => (a[i] as number) - value));

const twin = (steps: readonly Step[], x: ArrayLike<number>): Float64Array[] => {
  const { rows } = generationPath({ seed, start: 'fresh' }, steps);
  const noise = (i: number) => normals((rows[i + 1] as (typeof rows)[number]).key, count);
  return [...walk({ steps, x, noise, denoise: (x, at) => wienerMean(spectrum, x, at) })];
};

const schedule = vdmLinear(39);
for (const [name, { make }] of Object.entries(samplers)) {
  test(`${name}: every state is that of the host`, async ({ gpu }) => {
    const steps = make()(ladder(schedule, 'linspace', 10));
    const given = { shape, seed, steps, denoiser };
    const states = await gpu.evaluate(
      (given) =>
        window.harness.withRun(given, async (run) => {
          const states: Float32Array[] = [];
          for (let p = 0; p <= run.last; p++) states.push(await run.read(p));
          return states;
        }),
      given,
    );
    const [x, ...after] = states as [Float32Array, ...Float32Array[]];
    const expected = twin(steps, x);
    expect(after).toHaveLength(expected.length);
    let scale = 1;
    const errors = after.map((state, i) => {
      const exact = expected[i] as Float64Array;
      scale = Math.max(scale, largest(exact));
      return furthest(state, exact) / scale;
    });
    report('largest error', Math.max(...errors));
    expect(Math.max(...errors)).toBeLessThanOrEqual(WITHIN);
  });
}

/**
 * The probability-flow ODE from one level to another: each mode, of variance v, is scaled like its standard deviation, in
 * √((α_s² v + σ_s²)/(α_t² v + σ_t²)); all that is not along s has v = 0.
 */
function odeSolution({ shape, s, mean }: Spectrum, x: ArrayLike<number>, from: Level, to: Level) {
  const { c, h, w } = shape;
  const size = h * w;
  const deviation = ({ alpha, sigma }: Level, v: number) => Math.sqrt(alpha ** 2 * v + sigma ** 2);
  const m = (i: number) => mean[Math.floor(i / size) % c] as number;
  const centred = Array.from(x, (value, i) => value - from.alpha * m(i));
  const { re, im } = fft(complexOf(centred), shape);
  for (let first = 0; first < re.length; first += c * size) {
    for (let f = 0; f < size; f++) {
      const channels = Array.from({ length: c }, (_, k) => f + k * size);
      const value = (part: Float64Array, i: number) => part[i] as number;
      const v = channels.reduce((sum, i) => sum + value(s.re, i) ** 2 + value(s.im, i) ** 2, 0);
      const dot = (sign: number, a: Float64Array, b: Float64Array) =>
        channels.reduce(
          (sum, i) =>
            sum + value(s.re, i) * value(a, first + i) + sign * value(s.im, i) * value(b, first + i),
          0,
        );
      // s* y / ‖s‖²
      const along = v === 0 ? [0, 0] : [dot(1, re, im) / v, dot(-1, im, re) / v];
      const [aRe, aIm] = along as [number, number];
      const [g, g0] = [v, 0].map((v) => deviation(to, v) / deviation(from, v)) as [number, number];
      for (const i of channels) {
        const [sRe, sIm] = [value(s.re, i), value(s.im, i)];
        re[first + i] = g0 * value(re, first + i) + (g - g0) * (sRe * aRe - sIm * aIm);
        im[first + i] = g0 * value(im, first + i) + (g - g0) * (sRe * aIm + sIm * aRe);
      }
    }
  }
  return inverseFft({ re, im }, shape).re.map((value, i) => value + to.alpha * m(i));
}

/** Between two levels with noise, where λ is finite; see tests/unit/convergence.spec.ts. */
const N = 24;
const odes = Object.entries(samplers).filter(([, { stochastic }]) => !stochastic);

test('samplers of the ODE come nearer to its exact solution with their order', async ({ gpu }) => {
  test.slow();
  const found: { name: string; order: number; errors: [number, number]; slope: number }[] = [];
  for (const [name, { make, order }] of odes) {
    const errors: number[] = [];
    for (const n of [N, 2 * N]) {
      const levels = even('vp', n);
      const given = { shape, seed, steps: make()(levels), denoiser };
      const [x, last] = await gpu.evaluate(
        (given) =>
          window.harness.withRun(given, async (run) => [await run.read(0), await run.read(run.last)]),
        given,
      );
      const exact = odeSolution(spectrum, x as Float32Array, levels[0] as Level, levels.at(-1) as Level);
      errors.push(furthest(last as Float32Array, exact));
    }
    const [coarse = 0, fine = 0] = errors;
    const slope = Math.log2(coarse / fine);
    found.push({ name, order, errors: [coarse, fine], slope });
    report(`${name}, of order ${order}: error of ${2 * N} steps`, fine);
    report(`${name}, of order ${order}: slope`, slope);
  }
  expect(found.filter(({ errors, order, slope }) => !(slope > order - 0.5 && errors[1] < 0.1))).toEqual([]);
});
