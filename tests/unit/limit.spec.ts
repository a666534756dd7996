import { expect, test } from '@playwright/test';
import { clip, dynamicThreshold, quantile } from '../../src/diffusion/limit.ts';

const close = (actual: ArrayLike<number>, expected: readonly number[]) => {
  expect(actual.length).toBe(expected.length);
  expect(Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number))))).toBeLessThan(
    1e-15,
  );
};

test('clipping holds values within the range, and leaves its input alone', () => {
  const values = [-3, -1, -0.25, 0.5, 2];
  close(clip()(values), [-1, -1, -0.25, 0.5, 1]);
  close(clip(2.5)(values), [-2.5, -1, -0.25, 0.5, 2]);
  expect(values).toEqual([-3, -1, -0.25, 0.5, 2]);
});

test('a quantile is linear between order statistics', () => {
  // numpy.quantile([1, 2, 4, 8], q)
  const values = [8, 1, 4, 2];
  close(
    [0, 0.25, 0.5, 0.9, 1].map((q) => quantile(values, q)),
    [1, 1.75, 3, 6.8, 8],
  );
  expect(quantile([5], 0.7)).toBe(5);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
  expect(() => quantile(values, 1.5)).toThrow(RangeError);
});

test('dynamic thresholding scales an image by the quantile of its own absolute values', () => {
  // The 0.5-quantile of |x| is 2 in the first image, 0.25 in the second, where s stays 1: that is clipping.
  const batch = [-4, 2, 1, 0.25, -0.25, -3];
  close(dynamicThreshold({ ratio: 0.5, max: 10, images: 2 })(batch), [-1, 1, 0.5, 0.25, -0.25, -1]);
});

test('dynamic thresholding goes no further than its largest s', () => {
  close(dynamicThreshold({ ratio: 1, max: 1.5 })([-6, 0.75, 3]), [-1, 0.5, 1]);
  close(dynamicThreshold({ ratio: 1 })([-6, 0.75, 3]), [...clip()([-6, 0.75, 3])]);
});
