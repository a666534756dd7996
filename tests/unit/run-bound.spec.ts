import { expect, test } from '@playwright/test';
import { bitsPerDim } from '../../src/diffusion/bound.ts';
import { logDiscretisedGaussian, logTanhInterval } from '../../src/diffusion/decoder.ts';
import { cosine, linearRescaled, snr } from '../../src/diffusion/schedule.ts';
import { boundOf, decoderVariance, runningBits } from '../../src/trajectory/bound.ts';
import fixture from '../fixtures/decoder.json' with { type: 'json' };
import { termSums } from '../reference/bound.ts';

const { x_start: x0, delta, entries } = fixture.improved_diffusion;
const D = x0.length;
const at = (values: ArrayLike<number>, i: number) => values[i] as number;
const squares = (values: readonly number[]) => values.reduce((sum, x) => sum + x * x, 0);
const schedules = { cosine, linear: linearRescaled };

for (const entry of entries.filter(({ model }) => !model.startsWith('EPSILON'))) {
  const { T, model } = entry;
  test(`improved-diffusion's bound, ${entry.schedule}, T = ${T}, ${model}: every term, and the total`, () => {
    const schedule = schedules[entry.schedule as keyof typeof schedules](T);
    const x0Hat = x0.map((x, i) => (model.startsWith('oracle') ? x : x + at(delta, i)));
    // Theirs is the decoder with the tanh.
    const variance = decoderVariance(schedule, 'posterior-2');
    const log = (x: number, i: number) =>
      logDiscretisedGaussian(x, at(x0Hat, i), Math.sqrt(variance), logTanhInterval);
    const discretised = x0.reduce((sum, x, i) => sum + log(x, i), 0);
    // For a denoiser that does not look at x_t, any x_t will do.
    const states = { x: delta, x0, x0Hat };
    const sums = Array.from({ length: T }, (_, i) =>
      i === 0 ? [0, discretised, 0, squares(x0)] : [...termSums(schedule, i + 1, states), 0],
    );
    const bound = boundOf(schedule, D, variance, sums.flat());

    const published = entry.vb_bits_per_dim_t_T_to_1.toReversed();
    for (const terms of Object.values(bound.diffusion)) {
      expect(terms).toHaveLength(T + 1);
      for (let t = 2; t <= T; t++) {
        expect(Math.abs(bitsPerDim(at(terms, t), D) - at(published, t - 1))).toBeLessThanOrEqual(1e-12);
      }
    }
    const bits = runningBits(bound, 'discretised');
    expect(Math.abs(at(bits, T) - entry.prior_bpd)).toBeLessThanOrEqual(1e-12);
    for (let t = T; t >= 1; t--) {
      expect(Math.abs(at(bits, t - 1) - at(bits, t) - at(published, t - 1))).toBeLessThanOrEqual(1e-12);
    }
    expect(Math.abs(at(bits, 0) - entry.total_bpd)).toBeLessThanOrEqual(1e-12);
  });
}

test('a constant error telescopes, and each decoder has its own total', () => {
  const schedule = cosine(40);
  const sums = Array.from({ length: 40 }, (_, i) => (i === 0 ? [-5, -7, 11, 2] : [0, 0.3, 0, 0]));
  const bound = boundOf(schedule, 4, 0.1, sums.flat());
  const diffusion = ((snr(schedule, 1) - snr(schedule, 40)) * 0.3) / 2;
  const total = bound.diffusion.x0.reduce((sum, term) => sum + term, 0);
  expect(Math.abs(total / diffusion - 1)).toBeLessThanOrEqual(1e-12);
  const totals = { categorical: 5, discretised: 7, gaussian: -11 };
  for (const [decoder, reconstruction] of Object.entries(totals)) {
    const nats = bound.prior + diffusion + reconstruction;
    const [bits = 0] = runningBits(bound, decoder as keyof typeof totals);
    expect(Math.abs(bits - bitsPerDim(nats, 4))).toBeLessThanOrEqual(1e-10);
  }
});

test('the decoders’ variance is named: β_1, or the posterior’s at t = 2', () => {
  const schedule = cosine(10);
  const [beta1, beta2] = [at(schedule.beta, 1), at(schedule.beta, 2)];
  const posterior2 = (beta2 * beta1) / (1 - at(schedule.alphaBar, 2));
  expect(decoderVariance(schedule, 'beta-1')).toBe(beta1);
  expect(Math.abs(decoderVariance(schedule, 'posterior-2') / posterior2 - 1)).toBeLessThanOrEqual(1e-12);
  expect(() => decoderVariance(cosine(1), 'posterior-2')).toThrow(RangeError);
});
