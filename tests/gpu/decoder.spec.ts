import { bitsPerDim } from '../../src/diffusion/bound.ts';
import { type LogInterval, logDiscretisedGaussian, logTanhInterval } from '../../src/diffusion/decoder.ts';
import { logNormalInterval } from '../../src/diffusion/normal-cdf.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import { cosine, linear, linearRescaled } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import fixture from '../fixtures/decoder.json' with { type: 'json' };
import { type Decoder, decode, largestRelative, reconstructionSums } from '../reference/bound.ts';
import { largestError } from '../reference/linear-gaussian.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/** Bits per dimension by which a published figure may be missed. */
const BITS = 1e-4;
/** One value's log p in float32 against float64, of max(1, |log p|). */
const NATS = 2e-6;
/** OpenAI's code takes no probability below 1e-12, and SciPy's figures were taken with it. */
const LEAST = Math.log(1.01e-12);
/** A sum over a state, by element and of max(1, |log p|). */
const SUM = 1e-5;

const { vdm, improved_diffusion: openai } = fixture;
const { fround } = Math;
const at = (values: ArrayLike<number>, i: number) => values[i] as number;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const ANY = { v: 0, x1: 0, mean: 0, near: 0, width: 1 };

const flat = (count: number): Shape => ({ n: 1, c: 1, h: 1, w: count });

/** VDM's z_0 is our x_1. */
const vdmDecoder = (gamma: number): Decoder => ({
  levels: 256,
  alpha1: Math.sqrt(sigmoid(-gamma)),
  sigma1: Math.sqrt(sigmoid(gamma)),
  variance: 1,
});

for (const { gamma_0, loss_recon_nats, bpd_recon, log_prob_nats } of vdm.examples) {
  test(`VDM's reconstruction loss, γ_0 = ${gamma_0}`, async ({ gpu }) => {
    const decoder = vdmDecoder(gamma_0);
    const { alpha1, sigma1 } = decoder;
    const x = Float32Array.from(vdm.f, (f, i) => alpha1 * f + sigma1 * at(vdm.eps_0, i));
    const x0 = Float32Array.from(vdm.f);
    const states = { shape: flat(12), x, x0, x0Hat: x0 };
    const [sum = 0] = await gpu.evaluate((given) => window.harness.reconstruction(given), {
      decoder,
      ...states,
    });
    const missed = Math.abs(bitsPerDim(-sum, 12) - bpd_recon);
    report('bits per dimension', missed);
    expect(missed).toBeLessThanOrEqual(BITS);
    // Where the loss itself is less than that, too: z_0 in float32 is a part in 10⁴ of σ_0 off.
    expect(largestRelative([-sum], [loss_recon_nats])).toBeLessThanOrEqual(1e-3);

    const decoded = await gpu.evaluate(([decoder, given]) => window.harness.decode(decoder, given), [
      decoder,
      vdm.v.map((v, i) => ({ ...ANY, v, x1: at(x, i) })),
    ] as const);
    const values = decoded.map(({ categorical }) => categorical);
    expect(largestError(values, log_prob_nats)).toBeLessThanOrEqual(1e-4);
  });
}

test('VDM’s table of single values', async ({ gpu }) => {
  const table = vdm['table [gamma_0, v, eps_0, log p(v|z_0)]'];
  for (const gamma of new Set(table.map(([gamma]) => gamma as number))) {
    const decoder = vdmDecoder(gamma);
    const rows = table.filter((row) => row[0] === gamma) as [number, number, number, number][];
    const x1 = (v: number, eps: number) =>
      decoder.alpha1 * ((2 * (v + 0.5)) / 256 - 1) + decoder.sigma1 * eps;
    const decoded = await gpu.evaluate(([decoder, given]) => window.harness.decode(decoder, given), [
      decoder,
      rows.map(([, v, eps]) => ({ ...ANY, v, x1: x1(v, eps) })),
    ] as const);
    const error = largestError(
      decoded.map(({ categorical }) => categorical),
      rows.map(([, , , log]) => log),
    );
    report(`γ_0 = ${gamma}`, error);
    expect(bitsPerDim(error, 1)).toBeLessThanOrEqual(BITS);
  }
});

test.describe('improved-diffusion', () => {
  const models: Record<string, (x1: number, x0: number, i: number, alpha: number, sigma: number) => number> =
    {
      oracle: (_, x0) => x0,
      perturbed: (_, x0, i) => x0 + at(openai.delta, i),
      EPSILON: (x1, _x0, _i, alpha, sigma) => (x1 - sigma * 0.8 * Math.cos(0.7 * x1)) / alpha,
    };

  for (const { schedule: name, T, model, vb_bits_per_dim_t_T_to_1, noise_of_x_1 } of openai.entries) {
    test(`the term of t = 1, ${name}, T = ${T}, ${model}`, async ({ gpu }) => {
      const schedule = name === 'cosine' ? cosine(T) : linearRescaled(T);
      const [alpha1, sigma1] = [at(schedule.alpha, 1), at(schedule.sigma, 1)];
      const variance = posterior(schedule, 1, 2).variance;
      const decoder = { levels: 255, alpha1, sigma1, variance };
      const x = Float32Array.from(openai.x_start, (x0, i) => alpha1 * x0 + sigma1 * at(noise_of_x_1, i));
      const x0 = Float32Array.from(openai.x_start);
      const answer = models[model.split(/[ :]/)[0] as string] as (typeof models)[string];
      const x0Hat = x0.map((value, i) => answer(at(x, i), value, i, alpha1, sigma1));
      const [, sum = 0] = await gpu.evaluate((given) => window.harness.reconstruction(given), {
        decoder,
        shape: flat(12),
        x,
        x0,
        x0Hat,
      });

      // The published figures are by a tanh for the normal CDF. The twin with that tanh gives the same figures; what the
      // exact CDF makes of them is the twin's as it is.
      const twin = (interval?: LogInterval) => {
        const log = (x0: number, i: number) =>
          logDiscretisedGaussian(x0, at(x0Hat, i), Math.sqrt(variance), interval);
        return bitsPerDim(
          openai.x_start.reduce((nats, x0, i) => nats - log(x0, i), 0),
          12,
        );
      };
      const published = vb_bits_per_dim_t_T_to_1.at(-1) as number;
      const exact = twin();
      expect(Math.abs(twin(logTanhInterval) - published)).toBeLessThanOrEqual(1e-5);
      report('exact CDF less tanh, bits per dimension', exact - published);
      const missed = Math.abs(bitsPerDim(-sum, 12) - exact);
      report('missed, bits per dimension', missed);
      expect(missed).toBeLessThanOrEqual(BITS);
    });
  }

  for (const { log_scale, log_prob_exact_cdf_scipy_ndtr: exact, log_prob_openai_tanh_cdf: tanh } of openai
    .likelihood.entries) {
    test(`the discretised likelihood of single values, log σ = ${log_scale}`, async ({ gpu }) => {
      const { v, means } = openai.likelihood;
      const decoder = { levels: 255, alpha1: 1, sigma1: 1, variance: Math.exp(2 * log_scale) };
      const decoded = await gpu.evaluate(([decoder, given]) => window.harness.decode(decoder, given), [
        decoder,
        v.map((v, i) => ({ ...ANY, v, mean: at(means, i) })),
      ] as const);
      for (const [i, { discretised }] of decoded.entries()) {
        const [expected, name] = [at(exact, i), `v = ${v[i]}`];
        if (expected > LEAST) {
          const missed = Math.abs(bitsPerDim(discretised - expected, 1));
          report(`${name}: missed, bits`, missed);
          report(`${name}: tanh less exact CDF, bits`, bitsPerDim(at(tanh, i) - expected, 1));
          expect(missed).toBeLessThanOrEqual(BITS);
        } else {
          expect(discretised).toBeLessThan(LEAST);
        }
      }
    });
  }
});

const values = [0, 1, 2, 63, 126, 127, 128, 129, 200, 253, 254, 255];
const deviations = [-7, -3, -1.2, -0.4, 0, 0.1, 0.9, 2.5, 6];

const decoders: Record<string, Decoder> = {
  'linear, T = 1000': { levels: 255, ...first(linear(1000)), variance: at(linear(1000).beta, 1) },
  'cosine, T = 1000': { levels: 255, ...first(cosine(1000)), variance: at(cosine(1000).beta, 1) },
  'cosine, T = 4000': { levels: 255, ...first(cosine(4000)), variance: at(cosine(4000).beta, 1) },
  'cosine, T = 1': { levels: 255, ...first(cosine(1)), variance: at(cosine(1).beta, 1) },
  'linear rescaled, T = 50': {
    levels: 255,
    ...first(linearRescaled(50)),
    variance: posterior(linearRescaled(50), 1, 2).variance,
  },
};

function first({ alpha, sigma }: { readonly alpha: Float64Array; readonly sigma: Float64Array }) {
  return { alpha1: at(alpha, 1), sigma1: at(sigma, 1) };
}

for (const [name, decoder] of Object.entries(decoders)) {
  test(`three decoders of single values, ${name}: each is its twin's`, async ({ gpu }) => {
    const { levels, alpha1, sigma1, variance } = decoder;
    const given = values.flatMap((v) =>
      deviations.map((z) => {
        const x0 = (2 * v - 255) / levels;
        return {
          ...ANY,
          v,
          x1: fround(alpha1 * x0 + sigma1 * z),
          mean: fround(x0 + Math.sqrt(variance) * z),
        };
      }),
    );
    const actual = await gpu.evaluate(([decoder, given]) => window.harness.decode(decoder, given), [
      decoder,
      given,
    ] as const);
    const expected = given.map(({ v, x1, mean }) => decode(decoder, v, x1, mean));
    for (const form of ['categorical', 'discretised', 'gaussian'] as const) {
      const error = largestError(
        actual.map((logs) => logs[form]),
        expected.map((logs) => logs[form]),
      );
      report(form, error);
      expect(error).toBeLessThanOrEqual(NATS);
    }
  });
}

test('the log probability of an interval is its twin’s, near or far, narrow or wide', async ({ gpu }) => {
  const nears = [-40, -6, -2.5, -1, -0.3, -1e-3, 0, 1e-3, 0.2, 0.674, 1.5, 3, 8, 13, 40, 300];
  const widths = [1e-4, 0.01, 0.3, 1, 1.9, 5, 12, 80, 1e5];
  const given = nears.flatMap((near) =>
    widths.map((width) => ({ ...ANY, near: fround(near), width: fround(width) })),
  );
  const actual = await gpu.evaluate(([decoder, given]) => window.harness.decode(decoder, given), [
    decoders['cosine, T = 1'] as Decoder,
    given,
  ] as const);
  const expected = given.map(({ near, width }) => logNormalInterval(near, near + width));
  const error = largestError(
    actual.map(({ interval }) => interval),
    expected,
  );
  report('largest error', error);
  expect(error).toBeLessThanOrEqual(NATS);
});

test('data goes to the nearest of the 256 values, whatever lies beyond to the ends', async ({ gpu }) => {
  const near = values.flatMap((v) => [-0.49, 0, 0.49].map((off) => (2 * (v + off) - 255) / 255));
  const means = [...near, -1.7, 1.7];
  const decoded = await gpu.evaluate(([decoder, given]) => window.harness.decode(decoder, given), [
    decoders['cosine, T = 1'] as Decoder,
    means.map((mean) => ({ ...ANY, mean })),
  ] as const);
  expect(decoded.map(({ value }) => value)).toEqual([...values.flatMap((v) => [v, v, v]), 0, 255]);
});

const shapes: readonly Shape[] = [
  { n: 1, c: 1, h: 1, w: 1 },
  { n: 1, c: 3, h: 5, w: 7 },
  { n: 2, c: 3, h: 53, w: 61 },
];

for (const [name, decoder] of Object.entries(decoders)) {
  test(`the reconstruction of a state, ${name}: its twin's`, async ({ gpu }) => {
    for (const shape of shapes) {
      const count = valueCount(shape);
      const x0 = pixels(count, 1).map((f) => Math.round(127.5 * f + 127.5) / 127.5 - 1);
      const off = (k: number, seed: number) => pixels(count, seed).map((u, i) => at(x0, i) + k * u);
      const states = {
        shape,
        x: off(2.5 * decoder.sigma1, 2).map((x) => decoder.alpha1 * x),
        x0,
        x0Hat: off(2.5 * Math.sqrt(decoder.variance), 3),
      };
      const given = { decoder, ...states };
      const actual = await gpu.evaluate((given) => window.harness.reconstruction(given), given);
      const byElement = (sums: readonly number[]) => sums.map((sum) => sum / count);
      const error = largestError(byElement(actual), byElement(reconstructionSums(decoder, states)));
      report(Object.values(shape).join('×'), error);
      expect(error).toBeLessThanOrEqual(SUM);
    }
  });
}
