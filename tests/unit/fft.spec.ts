import { expect, test } from '@playwright/test';
import { type Complex, fft, inverseFft } from '../../src/diffusion/fft.ts';
import { periodicPart } from '../../src/diffusion/periodic-part.ts';
import { pixels } from '../gpu/data.ts';

const planesOf = (count: number): Complex => ({
  re: Float64Array.from(pixels(count, 1)),
  im: Float64Array.from(pixels(count, 2)),
});

/** By its definition. */
function dft({ re, im }: Complex, h: number, w: number): Complex {
  const out = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
  for (let plane = 0; plane < re.length; plane += h * w) {
    for (let f = 0; f < h * w; f++) {
      for (let p = 0; p < h * w; p++) {
        const turns = (Math.floor(f / w) * Math.floor(p / w)) / h + ((f % w) * (p % w)) / w;
        const [cos, sin] = [Math.cos(2 * Math.PI * turns), -Math.sin(2 * Math.PI * turns)];
        const [a, b] = [re[plane + p] as number, im[plane + p] as number];
        out.re[plane + f] = (out.re[plane + f] as number) + a * cos - b * sin;
        out.im[plane + f] = (out.im[plane + f] as number) + a * sin + b * cos;
      }
    }
  }
  return out;
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));

for (const [h, w] of [
  [1, 1],
  [1, 2],
  [2, 1],
  [4, 8],
  [16, 2],
  [1, 64],
] as const) {
  test(`the transform of ${w} × ${h} is its definition, and comes back`, () => {
    const planes = planesOf(3 * h * w);
    const [found, expected] = [fft(planes, { h, w }), dft(planes, h, w)];
    expect(furthest(found.re, expected.re)).toBeLessThan(1e-12);
    expect(furthest(found.im, expected.im)).toBeLessThan(1e-12);
    const back = inverseFft(found, { h, w });
    expect(furthest(back.re, planes.re)).toBeLessThan(1e-14);
    expect(furthest(back.im, planes.im)).toBeLessThan(1e-14);
  });
}

test('refused: sides that are no powers of two, and what is no plane', () => {
  expect(() => fft(planesOf(12), { h: 3, w: 4 })).toThrow(RangeError);
  expect(() => fft(planesOf(12), { h: 4, w: 3 })).toThrow(RangeError);
  expect(() => fft(planesOf(0), { h: 0, w: 4 })).toThrow(RangeError);
  expect(() => fft(planesOf(12), { h: 4, w: 2 })).toThrow(RangeError);
  expect(() => inverseFft({ re: new Float64Array(4), im: new Float64Array(8) }, { h: 2, w: 2 })).toThrow(
    RangeError,
  );
});

/** The sum of differences to neighbours, either on the torus or within the image alone. */
function laplacian(u: ArrayLike<number>, first: number, h: number, w: number, torus: boolean): number[] {
  return Array.from({ length: h * w }, (_, i) => {
    const [y, x] = [Math.floor(i / w), i % w];
    const steps = [
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
    ] as const;
    return steps.reduce((sum, [dy, dx]) => {
      const inside = y + dy >= 0 && y + dy < h && x + dx >= 0 && x + dx < w;
      if (!inside && !torus) return sum;
      const to = first + ((y + dy + h) % h) * w + ((x + dx + w) % w);
      return sum + (u[to] as number) - (u[first + i] as number);
    }, 0);
  });
}

test('the periodic part has the curvature of the image on the torus, without the jumps, and its mean', () => {
  const [n, c, h, w] = [2, 2, 8, 16];
  const values = pixels(n * c * h * w);
  const part = periodicPart({ shape: { n, c, h, w }, values });
  expect(part.shape).toEqual({ n, c, h, w });
  for (let first = 0; first < values.length; first += h * w) {
    const [found, expected] = [
      laplacian(part.values, first, h, w, true),
      laplacian(values, first, h, w, false),
    ];
    expect(furthest(found, expected)).toBeLessThan(5e-6);
    const mean = (u: ArrayLike<number>) =>
      Array.from(u)
        .slice(first, first + h * w)
        .reduce((sum, value) => sum + value, 0) /
      (h * w);
    expect(Math.abs(mean(part.values) - mean(values))).toBeLessThan(1e-6);
  }
});

test('a ramp, all of it jump, is flat but for a step of it; what is periodic stays nearly as it is', () => {
  const [h, w] = [16, 16];
  const ramp = Float32Array.from({ length: h * w }, (_, i) => (i % w) / 8 - 0.9);
  const wave = Float32Array.from({ length: h * w }, (_, i) => Math.sin((2 * Math.PI * (i % w)) / w));
  const deviation = (values: ArrayLike<number>) =>
    Math.max(...Array.from(values)) - Math.min(...Array.from(values));
  const shape = { n: 1, c: 1, h, w };
  expect(deviation(periodicPart({ shape, values: ramp }).values)).toBeLessThan(1 / 8);
  const kept = periodicPart({ shape, values: wave }).values;
  // Its neighbours across the edge differ as all do.
  expect(furthest(kept, wave)).toBeLessThan(0.2);
});
