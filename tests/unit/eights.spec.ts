import { expect, test } from '@playwright/test';
import { inEights } from '../../src/diffusion/eights.ts';

test('eight images lie together by pixel and channel, the last standing in for those that are missing', () => {
  const [n, c, h, w] = [11, 2, 2, 3];
  const values = Uint8Array.from({ length: n * c * h * w }, (_, i) => i);
  const images = { shape: { n, c, h, w }, values };
  const eights = inEights(images);
  expect(eights.shape).toEqual({ n: 2, c, h, w: 24 });
  expect(eights.values).toBeInstanceOf(Uint8Array);
  for (let i = 0; i < 16; i++) {
    for (let channel = 0; channel < c; channel++) {
      for (let p = 0; p < h * w; p++) {
        const at = (((i >> 3) * h * w + p) * c + channel) * 8 + (i & 7);
        expect(eights.values[at]).toBe(values[(Math.min(i, 10) * c + channel) * h * w + p]);
      }
    }
  }
});

test('floats stay floats', () => {
  const images = { shape: { n: 1, c: 1, h: 1, w: 2 }, values: Float32Array.of(0.25, -1.5) };
  expect([...inEights(images).values]).toEqual([...Array(8).fill(0.25), ...Array(8).fill(-1.5)]);
});

test('sets that are not what they say are refused', () => {
  for (const [n, length] of [
    [0, 0],
    [2, 7],
  ] as const) {
    const images = { shape: { n, c: 1, h: 2, w: 2 }, values: new Float32Array(length) };
    expect(() => inEights(images)).toThrow(RangeError);
  }
});
