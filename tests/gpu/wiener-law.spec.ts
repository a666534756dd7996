/** What the reverse chain makes with the Wiener denoiser, and what its bound is. */
import { klOfX0 } from '../../src/diffusion/bound.ts';
import { complexOf, fft } from '../../src/diffusion/fft.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { lawAfter } from '../../src/diffusion/law.ts';
import { key } from '../../src/diffusion/random.ts';
import { ddpm } from '../../src/diffusion/samplers/ddpm.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { modeVariances, spectrumOf, spotNoise, wienerMean } from '../../src/diffusion/wiener.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { largestRelative, termSums } from '../reference/bound.ts';
import { even } from '../unit/levels.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

const [c, h, w] = [3, 8, 8];
const size = h * w;
/** Blurred, so that variances differ from one frequency to the next by orders of magnitude. */
const noise = pixels(c * size, 4);
const source: Images = {
  shape: { n: 1, c, h, w },
  values: noise.map((_, i) => {
    const [first, y, x] = [i - (i % size), Math.floor((i % size) / w), i % w];
    const at = (dy: number, dx: number) => noise[first + ((y + dy) % h) * w + ((x + dx) % w)] as number;
    return (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4 + (noise[i % size] as number) / 3;
  }),
};
const spectrum = spectrumOf(source);
const v = modeVariances(spectrum);
const denoiser = { name: 'wiener', source } as const;

/** Frequencies that are their own opposites, whose modes are real. */
const isReal = (f: number) => Math.floor(f / w) % (h / 2) === 0 && (f % w) % (w / 2) === 0;

test('256 pictures by DDPM have the power spectrum and the channel correlations of the image, within 4.5 standard errors', async ({
  gpu,
}) => {
  const shape: Shape = { n: 64, c, h, w };
  const steps = ddpm()([...even('vp', 150, [-5, 5]), { alpha: 1, sigma: 0, t: 0 }]);
  const images: Float32Array[] = [];
  for (let seed = 0; seed < 4; seed++) {
    const given = { shape, seed, steps, denoiser };
    const batch = await gpu.evaluate(
      (given) => window.harness.withRun(given, (run) => run.read(run.last)),
      given,
    );
    for (let b = 0; b < shape.n; b++) images.push(batch.slice(b * c * size, (b + 1) * c * size));
  }
  const N = images.length;
  const { re, im } = spectrum.s;
  const power = new Float64Array(size);
  const cross = new Float64Array(3);
  let off = 0;
  const couples = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const;
  for (const image of images) {
    const u = Array.from(image, (value, i) => value - (spectrum.mean[Math.floor(i / size)] as number));
    const Y = fft(complexOf(u), { h, w });
    for (let f = 0; f < size; f++) {
      let [aRe, aIm, total] = [0, 0, 0];
      for (let i = f; i < c * size; i += size) {
        const [sRe, sIm, yRe, yIm] = [re[i], im[i], Y.re[i], Y.im[i]] as [number, number, number, number];
        aRe += sRe * yRe + sIm * yIm;
        aIm += sRe * yIm - sIm * yRe;
        total += (yRe ** 2 + yIm ** 2) / size;
      }
      const along = v[f] === 0 ? 0 : (aRe ** 2 + aIm ** 2) / (v[f] as number) / size;
      power[f] = (power[f] as number) + along / N;
      off = Math.max(off, total - along);
    }
    for (const [k, [a, b]] of couples.entries()) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (u[a * size + i] as number) * (u[b * size + i] as number);
      cross[k] = (cross[k] as number) + sum / size / N;
    }
  }
  // The chain's own law in every mode; how far that is from the image's is the sampler's error, and not chance.
  const made = v.map((variance) =>
    variance === 0
      ? 0
      : (lawAfter(steps, { mean: 0, variance }, { mean: 0, variance: 1 }).covariance[0]?.[0] as number),
  );
  const bias = Math.max(...made.map((m, f) => (v[f] === 0 ? 0 : Math.abs(m / (v[f] as number) - 1))));
  report("the chain's law, largest relative difference from the image's variances", bias);
  expect(bias).toBeLessThan(0.1);
  const z = Array.from(made, (m, f) =>
    m === 0 ? 0 : ((power[f] as number) / m - 1) / Math.sqrt((isReal(f) ? 2 : 1) / N),
  );
  report('largest, in standard errors', Math.max(...z.map(Math.abs)));
  expect(Math.max(...z.map(Math.abs))).toBeLessThan(4.5);
  // All modes are along s: between channels there is nothing but what the image has.
  report('variance elsewhere', off);
  expect(off).toBeLessThan(1e-8);
  for (const [k, [a, b]] of couples.entries()) {
    // Σ_f s_a s_b* m/v is the chain's covariance of two channels; of its estimate the variance is Σ (…)² and as much again.
    const terms = Array.from(made, (m, f) => {
      const [i, j] = [a * size + f, b * size + f];
      const [iRe, iIm, jRe, jIm] = [re[i], im[i], re[j], im[j]] as [number, number, number, number];
      return m === 0 ? 0 : ((iRe * jRe + iIm * jIm) * m) / (v[f] as number) / size;
    });
    const expected = terms.reduce((sum, term) => sum + term, 0);
    const error = Math.sqrt((2 * terms.reduce((sum, term) => sum + term ** 2, 0)) / N);
    report(
      `covariance of channels ${a} and ${b}, in standard errors`,
      ((cross[k] as number) - expected) / error,
    );
    expect(Math.abs((cross[k] as number) - expected)).toBeLessThan(4.5 * error);
  }
});

test('the bound of data drawn from the law: its terms are those of the states, and of the law on average', async ({
  gpu,
}) => {
  const n = 16;
  const shape: Shape = { n, c, h, w };
  const T = 20;
  const schedule = cosine(T);
  const drawn = new Float32Array(valueCount(shape));
  for (let b = 0; b < n; b++) drawn.set(spotNoise(spectrum, key(b)), b * c * size);
  const given = {
    ...{ shape, source: drawn, schedule, seed: 3, denoiser },
    start: 'forward',
    bound: { variance: 'beta-1' },
  } as const;
  const { bound, states } = await gpu.evaluate(
    ([given, T]) =>
      window.harness.withRun(given, async (run) => {
        await window.harness.framesUntil(run, () => run.chart.done);
        const states: Float32Array[] = [];
        for (let t = 0; t <= T; t++) states.push(await run.read(t));
        return { bound: run.bound, states };
      }),
    [given, T] as const,
  );
  const terms = new Float64Array(T + 1);
  for (let t = 2; t <= T; t++) {
    const level = { alpha: schedule.alpha[t] as number, sigma: schedule.sigma[t] as number, t };
    const x = states[t] as Float32Array;
    const squares = termSums(schedule, t, {
      x,
      x0: drawn,
      x0Hat: wienerMean(spectrum, x, level),
    })[1] as number;
    terms[t] = klOfX0(schedule, t - 1, t, squares);
    // E‖x_0 − x̂_0‖² = Σ_f v σ²/(α² v + σ²), every mode a squared normal.
    const left = v.map((v) => (v * level.sigma ** 2) / (level.alpha ** 2 * v + level.sigma ** 2));
    const mean = n * left.reduce((sum, r) => sum + r, 0);
    const error = Math.sqrt(2 * n * left.reduce((sum, r) => sum + r ** 2, 0));
    expect(Math.abs(squares - mean), `t = ${t}`).toBeLessThan(4.5 * error);
  }
  const found = largestRelative(bound?.diffusion.x0 ?? [], terms);
  report('largest relative difference', found);
  expect(found).toBeLessThan(1e-4);
  for (const log of Object.values(bound?.reconstruction ?? {})) expect(Number.isFinite(log)).toBe(true);
  expect(bound?.prior).toBeGreaterThan(0);
});
