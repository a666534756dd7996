import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, test } from './fixture.ts';

/** What a screen makes of a value: [−1, 1] to 0 … 255, clipped. */
const byte = (value: number) => Math.round(255 * Math.min(Math.max(0.5 * value + 0.5, 0), 1));

/** Which channels red, green and blue are; undefined is black. */
const CHANNELS: Record<number, readonly (number | undefined)[]> = {
  1: [0, 0, 0],
  2: [0, 1, undefined],
  3: [0, 1, 2],
  4: [0, 1, 2],
};

for (const [c, channels] of Object.entries(CHANNELS)) {
  test(`${c} channels on a canvas`, async ({ gpu }) => {
    const shape: Shape = { n: 2, c: Number(c), h: 7, w: 11 };
    const plane = shape.h * shape.w;
    // A third of the values lie outside [−1, 1].
    const values = pixels(valueCount(shape)).map((value) => 1.5 * value);
    for (const image of [0, 1]) {
      const rgba = await gpu.evaluate((given) => window.harness.show(given), { values, shape, image });
      expect(rgba.length).toBe(4 * plane);
      for (let i = 0; i < plane; i++) {
        const colour = channels.map((channel) =>
          channel === undefined ? 0 : byte(values[(image * shape.c + channel) * plane + i] as number),
        );
        [...colour, 255].forEach((expected, k) => {
          expect(Math.abs((rgba[4 * i + k] as number) - expected), `pixel ${i}`).toBeLessThanOrEqual(1);
        });
      }
    }
  });
}

test('the histogram is bars as high as their density', async ({ gpu }) => {
  const { bins, range } = await gpu.evaluate(() => window.harness.axis);
  const binWidth = (2 * range) / bins;
  const centre = (bin: number) => (bin + 0.5) * binWidth - range;
  // A quarter of the values in bin 3, the rest in bin 100: densities 4 and 12, under an upper edge of 16.
  const given = {
    values: Float32Array.from({ length: 40 }, (_, i) => centre(i % 4 === 0 ? 3 : 100)),
    shape: { n: 1, c: 1, h: 5, w: 8 },
    size: { width: 2 * bins, height: 40 },
    top: 16,
    colour: [1, 0.5, 0, 1] as const,
  };
  const { width, height } = given.size;
  const rgba = await gpu.evaluate((given) => window.harness.bars(given), given);
  const heights = Array.from({ length: width }, (_, x) => {
    const column = Array.from({ length: height }, (_, y) => {
      const at = 4 * (y * width + x);
      return rgba.slice(at, at + 4);
    });
    const filled = column.filter(([, , , alpha]) => alpha === 255);
    expect(column.slice(height - filled.length), 'bars stand on the lower edge').toEqual(filled);
    for (const [red, green, blue] of filled) {
      expect([red, blue]).toEqual([255, 0]);
      expect(Math.abs((green as number) - 127.5)).toBeLessThanOrEqual(1);
    }
    return filled.length;
  });
  const expected = new Array<number>(width).fill(0).fill(10, 6, 8).fill(30, 200, 202);
  expect(heights).toEqual(expected);
});
