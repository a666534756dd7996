import { idealMean } from '../../src/diffusion/ideal.ts';
import { type Images, valuesOf } from '../../src/diffusion/images.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { key } from '../../src/diffusion/random.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import type { Level } from '../../src/diffusion/step.ts';
import type { Shape } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, report, test } from './fixture.ts';

/**
 * float32 on the GPU against float64, for values in [−1, 1]. Where noise is strong, d is about Dσ², and float32 rounds it
 * by 2⁻²⁴ of that: D 2⁻²⁵ of a logit −d/2σ², and as much of a probability, and a little for each of the sums.
 */
const within = (D: number): number => 1e-5 + D * 2 ** -24;

const bytes = (n: number, [c, h, w]: readonly [number, number, number], seed = 1): Images => ({
  shape: { n, c, h, w },
  values: Uint8Array.from(pixels(n * c * h * w, seed), (value) => Math.round(127.5 * (value + 1))),
});

/** Images of one row, the last of which is the first again. */
function nearTwins(n: number, w: number): Images {
  const [base, grain] = [pixels(w, 7), pixels(n * w, 8)];
  const values = grain.map((value, k) => (base[k % w] as number) + 0.01 * value);
  values.set(values.subarray(0, w), (n - 1) * w);
  return { shape: { n, c: 1, h: 1, w }, values };
}

/** α x_0 + σ ε of images of the set, from all over it, one of the last first. */
function noised(
  { shape: { n, c, h, w }, values }: Images,
  batch: number,
  { alpha, sigma }: Level,
  seed: number,
) {
  const perImage = c * h * w;
  const noise = normals(key(seed), batch * perImage);
  return Float32Array.from({ length: batch * perImage }, (_, k) => {
    const image = (41 * n + n - 2 - 41 * Math.floor(k / perImage)) % n;
    const v = values[image * perImage + (k % perImage)] as number;
    return alpha * (values instanceof Uint8Array ? v / 127.5 - 1 : v) + sigma * (noise[k] as number);
  });
}

const ve: Level[] = [15, 5, 2, 1, 0.3, 0.1, 0.01, 1e-3, 0].map((sigma) => ({ alpha: 1, sigma, t: 0 }));
const vp = ladder(cosine(1000), 'linspace', 12);
const blind: Level = { alpha: 0, sigma: 1, t: 1 };

interface Case {
  readonly images: Images;
  readonly batch: number;
  /** A device limit on bindings, in bytes. */
  readonly most?: number;
  readonly tiles?: number;
  /** As on a device without subgroups. */
  readonly plain?: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'one image of one value': { images: bytes(1, [1, 1, 1]), batch: 1 },
  'a batch of one, 7 images of 3 × 5 × 7': { images: bytes(7, [3, 5, 7]), batch: 1 },
  'a batch of three, 66 of 1 × 9 × 9': { images: bytes(66, [1, 9, 9]), batch: 3 },
  'a batch of 16, 130 of 3 × 8 × 8': { images: bytes(130, [3, 8, 8]), batch: 16 },
  'that batch, without subgroups': { images: bytes(130, [3, 8, 8]), batch: 16, plain: true },
  'a batch of 17, 33 of 3 × 16 × 16': { images: bytes(33, [3, 16, 16]), batch: 17 },
  'a batch of two, 12 of 3 × 32 × 32': { images: bytes(12, [3, 32, 32]), batch: 2 },
  'a batch of 64, 600 of 1 × 6 × 6': { images: bytes(600, [1, 6, 6]), batch: 64 },
  'a batch of nine, a set in five tiles': {
    ...{ images: bytes(37, [3, 8, 8]), batch: 9 },
    ...{ most: 8 * 192 * 4, tiles: 5 },
  },
  'one image, its block in the last of tiles of two blocks': {
    ...{ images: bytes(103, [1, 6, 6]), batch: 1 },
    ...{ most: 47 * 36 * 4, tiles: 4 },
  },
  'a set in tiles of images that are no whole vectors': {
    ...{ images: bytes(23, [3, 5, 7]), batch: 2 },
    ...{ most: 5 * 105 * 4, tiles: 5 },
  },
  'images that differ by 0.01, and two that do not differ': {
    images: nearTwins(24, 48),
    batch: 12,
  },
  'images of floats': {
    images: { shape: { n: 20, c: 2, h: 4, w: 3 }, values: pixels(20 * 24) },
    batch: 5,
  },
};

for (const [name, { images, batch, most, tiles = 1, plain = false }] of Object.entries(cases)) {
  test(`x̂_0 is the float64 twin's: ${name}`, async ({ gpu }) => {
    const { c, h, w } = images.shape;
    const shape: Shape = { n: batch, c, h, w };
    const levels = [...ve, ...vp, blind];
    const states = levels.map((level, p) => noised(images, batch, level, p));
    const found = await gpu.evaluate(
      ([posed, most, plain]) => {
        const { idealMeans, withDeviceLimit, withoutSubgroups } = window.harness;
        const means = () => idealMeans(posed);
        if (plain) return withoutSubgroups(means);
        return most ? withDeviceLimit('maxStorageBufferBindingSize', most, means) : means();
      },
      [{ images, shape, states, levels }, most, plain] as const,
    );
    expect(found.leaked).toBe(0);
    expect(found.tiles).toBe(tiles);
    report('shares', found.shares);
    const perImage = c * h * w;
    const floats: Images = { shape: images.shape, values: valuesOf(images, 0, images.shape.n) };
    levels.forEach((level, p) => {
      let error = 0;
      for (let b = 0; b < batch; b++) {
        const part = (values: ArrayLike<number>) =>
          Array.prototype.slice.call(values, b * perImage, (b + 1) * perImage) as number[];
        const exact = idealMean(floats, part(states[p] as Float32Array), level);
        const mean = part(found.means[p] as Float32Array);
        expect(mean.every(Number.isFinite)).toBe(true);
        mean.forEach((value, d) => {
          error = Math.max(error, Math.abs(value - (exact[d] as number)));
        });
      }
      report(`α = ${level.alpha.toPrecision(3)}, σ = ${level.sigma.toPrecision(3)}`, error);
      expect.soft(error, `α = ${level.alpha}, σ = ${level.sigma}`).toBeLessThanOrEqual(within(perImage));
    });
  });
}
