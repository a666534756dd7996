import { expect, test } from '@playwright/test';
import { inFours } from '../../src/diffusion/fours.ts';

test('four images lie together by pixel and channel, the last standing in for those that are missing', () => {
  const [n, c, h, w] = [6, 2, 2, 3];
  const values = Uint8Array.from({ length: n * c * h * w }, (_, i) => i);
  const images = { shape: { n, c, h, w }, values };
  const fours = inFours(images);
  expect(fours.shape).toEqual({ n: 2, c, h, w: 12 });
  expect(fours.values).toBeInstanceOf(Uint8Array);
  for (let i = 0; i < 8; i++) {
    for (let channel = 0; channel < c; channel++) {
      for (let p = 0; p < h * w; p++) {
        const at = (((i >> 2) * h * w + p) * c + channel) * 4 + (i & 3);
        expect(fours.values[at]).toBe(values[(Math.min(i, 5) * c + channel) * h * w + p]);
      }
    }
  }
});

test('who asks twice gets the same, and floats stay floats', () => {
  const images = { shape: { n: 1, c: 1, h: 1, w: 2 }, values: Float32Array.of(0.25, -1.5) };
  expect(inFours(images)).toBe(inFours(images));
  expect([...inFours(images).values]).toEqual([0.25, 0.25, 0.25, 0.25, -1.5, -1.5, -1.5, -1.5]);
});

test('sets that are not what they say are refused', () => {
  for (const [n, length] of [
    [0, 0],
    [2, 7],
  ] as const) {
    const images = { shape: { n, c: 1, h: 2, w: 2 }, values: new Float32Array(length) };
    expect(() => inFours(images)).toThrow(RangeError);
  }
});
