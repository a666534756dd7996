import { expect, test } from '@playwright/test';
import {
  entropyBits,
  idealMean,
  nearestIndices,
  posteriorProbabilities,
  squaredDistances,
} from '../../src/diffusion/ideal.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { shrunk } from '../../src/diffusion/shrink.ts';

const set: Images = {
  shape: { n: 3, c: 1, h: 1, w: 2 },
  values: Float32Array.from([0, 0, 1, 0, 0, -0.5]),
};

test('squared distances from αy', () => {
  expect([...squaredDistances(set, [1, 1], 0.5)]).toEqual([2, 1.25, 1 + 1.25 ** 2]);
});

test('the posterior is Bayes’ theorem with Gaussian likelihoods', () => {
  const [sigma, alpha, x] = [0.7, 0.8, [0.3, -0.2]] as const;
  const density = (y0: number, y1: number) =>
    Math.exp(-((x[0] - alpha * y0) ** 2) / (2 * sigma ** 2)) *
    Math.exp(-((x[1] - alpha * y1) ** 2) / (2 * sigma ** 2));
  const joint = [density(0, 0), density(1, 0), density(0, -0.5)];
  const evidence = joint.reduce((sum, value) => sum + value);
  const p = posteriorProbabilities(squaredDistances(set, x, alpha), sigma);
  joint.forEach((value, i) => {
    expect(p[i]).toBeCloseTo(value / evidence, 14);
  });
  const mean = idealMean(set, x, { alpha, sigma });
  expect(mean[0]).toBeCloseTo(p[1] as number, 14);
  expect(mean[1]).toBeCloseTo(-0.5 * (p[2] as number), 14);
});

test('at σ = 0 the nearest share it; far from all, noise so small is no NaN', () => {
  expect([...posteriorProbabilities([4, 1, 1, 9], 0)]).toEqual([0, 0.5, 0.5, 0]);
  expect([...posteriorProbabilities([4e4, 1e4], 1e-3)]).toEqual([0, 1]);
});

test('α = 0 says nothing: the mean of all', () => {
  expect([...idealMean(set, [3, 4], { alpha: 0, sigma: 1 })]).toEqual([1 / 3, -0.5 / 3]);
});

test('entropy in bits', () => {
  expect(entropyBits([0.25, 0.25, 0.25, 0.25])).toBe(2);
  expect(entropyBits([0, 1, 0])).toBe(0);
  expect(entropyBits([0.5, 0.25, 0.25])).toBe(1.5);
});

test('the nearest first, of equals the first', () => {
  expect(nearestIndices([5, 1, 3, 1, 0.5, 9], 4)).toEqual([4, 1, 3, 2]);
  expect(nearestIndices([2, 1], 5)).toEqual([1, 0]);
});

test('a set shrunk: box means as 8-bit values, evenly out of it, none twice', () => {
  const values = Uint8Array.from(
    { length: 6 * 16 },
    (_, k) => (Math.floor(k / 16) % 4) * 40 + (k % 4 < 2 ? 0 : 20),
  );
  const images: Images = { shape: { n: 6, c: 1, h: 4, w: 4 }, values };
  const small = shrunk(images, 6, 2);
  // Images 4 and 5 are 0 and 1 again.
  expect(small.shape).toEqual({ n: 4, c: 1, h: 2, w: 2 });
  expect([...small.values]).toEqual([0, 1, 2, 3].flatMap((i) => [40 * i, 40 * i + 20, 40 * i, 40 * i + 20]));
  expect(shrunk(images, 3, 1).values.length).toBe(2); // images 0, 2 and 4
  // Enlarged, a pixel is repeated.
  expect([...shrunk({ shape: { n: 1, c: 1, h: 1, w: 1 }, values: Uint8Array.of(7) }, 1, 2).values]).toEqual([
    7, 7, 7, 7,
  ]);
});
