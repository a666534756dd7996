import { largestError } from '../reference/linear-gaussian.ts';
import { texels } from './data.ts';
import { expect, report, test } from './fixture.ts';
import type { Import } from './harness/picture.ts';

/** A few roundings of float32. */
const ROUNDING = 1e-6;
const LUMA = [0.2126, 0.7152, 0.0722] as const;

const WIDTH = 13;
const HEIGHT = 9;
const rgba = texels(WIDTH, HEIGHT);
const picture = { width: WIDTH, height: HEIGHT, rgba };

/** What a picture of these texels is as data: `channel` of texel (x, y), in [−1, 1]. */
const value = (texels: readonly number[], width: number, channel: number, x: number, y: number) =>
  (2 * (texels[4 * (y * width + x) + channel] as number)) / 255 - 1;

/** NCHW values of a function of channel and pixel. */
const planes = (c: number, h: number, w: number, f: (c: number, x: number, y: number) => number) =>
  Array.from({ length: c * h * w }, (_, i) =>
    f(Math.floor(i / (h * w)), i % w, Math.floor((i % (h * w)) / w)),
  );

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

const cases: Record<string, { given: Import; expected: readonly number[] }> = {
  'in its own size, RGB': {
    given: { picture, shape: { n: 1, c: 3, h: HEIGHT, w: WIDTH } },
    expected: planes(3, HEIGHT, WIDTH, (c, x, y) => value(rgba, WIDTH, c, x, y)),
  },
  'in its own size, grey': {
    given: { picture, shape: { n: 1, c: 1, h: HEIGHT, w: WIDTH } },
    expected: planes(1, HEIGHT, WIDTH, (_, x, y) =>
      LUMA.reduce((sum, weight, c) => sum + weight * value(rgba, WIDTH, c, x, y), 0),
    ),
  },
  mirrored: {
    given: { picture, shape: { n: 1, c: 3, h: HEIGHT, w: WIDTH }, mirror: true },
    expected: planes(3, HEIGHT, WIDTH, (c, x, y) => value(rgba, WIDTH, c, WIDTH - 1 - x, y)),
  },
  'cut to its middle, too wide': {
    given: { picture, shape: { n: 1, c: 3, h: HEIGHT, w: 7 } },
    expected: planes(3, HEIGHT, 7, (c, x, y) => value(rgba, WIDTH, c, x + 3, y)),
  },
  'cut to its middle, too high': {
    given: { picture, shape: { n: 1, c: 3, h: 3, w: WIDTH } },
    expected: planes(3, 3, WIDTH, (c, x, y) => value(rgba, WIDTH, c, x, y + 3)),
  },
};

for (const [name, { given, expected }] of Object.entries(cases)) {
  test(`a picture ${name}`, async ({ gpu }) => {
    const actual = await gpu.evaluate((given) => window.harness.importPicture(given), given);
    const error = largestError(actual, expected);
    report('largest error', error);
    expect(error).toBeLessThanOrEqual(ROUNDING);
  });
}

test('transparent texels show the backdrop, or keep their opacity', async ({ gpu }) => {
  const rgba = texels(WIDTH, HEIGHT, { opaque: false });
  const picture = { width: WIDTH, height: HEIGHT, rgba };
  const backdrop = [0.25, 0.5, 1] as const;
  const over = await gpu.evaluate((given) => window.harness.importPicture(given), {
    picture,
    shape: { n: 1, c: 3, h: HEIGHT, w: WIDTH },
    backdrop,
  });
  const expected = planes(3, HEIGHT, WIDTH, (c, x, y) => {
    const opacity = (value(rgba, WIDTH, 3, x, y) + 1) / 2;
    return opacity * value(rgba, WIDTH, c, x, y) + (1 - opacity) * (2 * (backdrop[c] as number) - 1);
  });
  expect(largestError(over, expected)).toBeLessThanOrEqual(ROUNDING);

  const kept = await gpu.evaluate((given) => window.harness.importPicture(given), {
    picture,
    shape: { n: 1, c: 4, h: HEIGHT, w: WIDTH },
  });
  const asIs = planes(4, HEIGHT, WIDTH, (c, x, y) => value(rgba, WIDTH, c, x, y));
  expect(largestError(kept, asIs)).toBeLessThanOrEqual(ROUNDING);
});

// The texels that each output pixel averages: every texel once, whatever the ratio.
const boxes = {
  'to a half': [
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9],
  ],
  'to two fifths': [
    [0, 1],
    [2, 3, 4],
    [5, 6],
    [7, 8, 9],
  ],
};

for (const [name, spans] of Object.entries(boxes)) {
  test(`shrunk ${name}, a pixel is the mean of its texels`, async ({ gpu }) => {
    const rgba = texels(10, 10);
    const side = spans.length;
    const actual = await gpu.evaluate((given) => window.harness.importPicture(given), {
      picture: { width: 10, height: 10, rgba },
      shape: { n: 1, c: 3, h: side, w: side },
    });
    const expected = planes(3, side, side, (c, x, y) =>
      mean((spans[y] ?? []).flatMap((v) => (spans[x] ?? []).map((u) => value(rgba, 10, c, u, v)))),
    );
    expect(largestError(actual, expected)).toBeLessThanOrEqual(ROUNDING);
  });
}

test('enlarged, a pixel is interpolated between its neighbours', async ({ gpu }) => {
  const rgba = texels(5, 4);
  const actual = await gpu.evaluate((given) => window.harness.importPicture(given), {
    picture: { width: 5, height: 4, rgba },
    shape: { n: 1, c: 3, h: 12, w: 15 },
  });
  const clamp = (i: number, most: number) => Math.min(Math.max(i, 0), most);
  const expected = planes(3, 12, 15, (c, x, y) => {
    const [u, v] = [(x + 0.5) / 3 - 0.5, (y + 0.5) / 3 - 0.5];
    let sum = 0;
    for (const i of [Math.floor(u), Math.floor(u) + 1]) {
      for (const j of [Math.floor(v), Math.floor(v) + 1]) {
        sum += (1 - Math.abs(u - i)) * (1 - Math.abs(v - j)) * value(rgba, 5, c, clamp(i, 4), clamp(j, 3));
      }
    }
    return sum;
  });
  const error = largestError(actual, expected);
  report('largest error', error);
  expect(error).toBeLessThanOrEqual(ROUNDING);
});

test('a photograph larger than its output by no whole ratio keeps its range and its level', async ({
  gpu,
}) => {
  const rgba = texels(97, 61);
  const actual = await gpu.evaluate((given) => window.harness.importPicture(given), {
    picture: { width: 97, height: 61, rgba },
    shape: { n: 1, c: 3, h: 11, w: 17 },
  });
  for (const c of [0, 1, 2]) {
    const output = [...actual.subarray(c * 11 * 17, (c + 1) * 11 * 17)];
    const input = planes(1, 61, 97, (_, x, y) => value(rgba, 97, c, x, y));
    expect(Math.min(...output)).toBeGreaterThanOrEqual(Math.min(...input));
    expect(Math.max(...output)).toBeLessThanOrEqual(Math.max(...input));
    // The crop leaves out three columns, and boxes of 25 to 36 texels weigh alike: 5,600 texels of σ = 0.58.
    expect(Math.abs(mean(output) - mean(input))).toBeLessThanOrEqual(0.01);
  }
});
