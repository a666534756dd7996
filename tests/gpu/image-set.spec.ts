import type { Images } from '../../src/diffusion/images.ts';
import { expect, test } from './fixture.ts';

const bytes: Images = {
  shape: { n: 9, c: 1, h: 3, w: 5 },
  values: Uint8Array.from({ length: 135 }, (_, i) => (i * 7) % 256),
};
const floats: Images = { ...bytes, values: Float32Array.from(bytes.values, (v) => v / 127.5 - 1) };

for (const [name, images] of Object.entries({ bytes, floats })) {
  for (const [most, sizes] of [
    [undefined, [9]],
    [4 * 15 * 4, [4, 4, 1]],
    [16 * 4, Array(9).fill(1)],
  ] as const) {
    test(`a set of ${name} in tiles of ${sizes}: its values, shared, and given back`, async ({ gpu }) => {
      const found = await gpu.evaluate(
        ([images, most]) =>
          most
            ? window.harness.withDeviceLimit('maxBufferSize', most, () => window.harness.imageSet(images))
            : window.harness.imageSet(images),
        [images, most] as const,
      );
      expect(found.tiles.map(({ count }) => count)).toEqual(sizes);
      expect(found.tiles.map(({ first }) => first)).toEqual(
        sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0)),
      );
      expect(found.tiles.flatMap(({ values }) => [...values])).toEqual([...floats.values]);
      expect(found.taken).toBe(135 * 4);
      expect(found.kept).toBe(found.taken);
      expect(found).toMatchObject({ shared: 0, leaked: 0 });
    });
  }
}

test('a set of bytes as it is takes a byte a value; one of floats is the same either way', async ({
  gpu,
}) => {
  const shape = { n: 9, c: 1, h: 2, w: 8 };
  const values = Uint8Array.from({ length: 144 }, (_, i) => (i * 7) % 256);
  const most = 4 * 16;
  const found = await gpu.evaluate(
    async ([bytes, floats, most]) => {
      const { imageSet, withDeviceLimit } = window.harness;
      return [
        await withDeviceLimit('maxBufferSize', most, () => imageSet(bytes, true)),
        await imageSet(floats, true),
      ] as const;
    },
    [{ shape, values }, floats, most] as const,
  );
  expect(found[0].tiles.map(({ count }) => count)).toEqual([4, 4, 1]);
  expect(
    found[0].tiles.flatMap((tile) => [...new Uint8Array(Float32Array.from(tile.values).buffer)]),
  ).toEqual([...values]);
  expect(found[0]).toMatchObject({ taken: 144, kept: 144, shared: 0, leaked: 0 });
  expect(found[1].tiles.flatMap((tile) => [...tile.values])).toEqual([...floats.values]);
});

const refused: Record<string, readonly [Images, string, name?: string]> = {
  'without images': [{ shape: { n: 0, c: 1, h: 3, w: 5 }, values: new Uint8Array(0) }, 'not 0 images'],
  'of another length': [{ ...bytes, values: new Uint8Array(134) }, '134 values are not 9 images of 15'],
  'of no shape': [{ ...bytes, shape: { n: 9, c: 5, h: 3, w: 1 } }, 'not a shape'],
  'of images that are too large': [
    { shape: { n: 1, c: 1, h: 1, w: 1_000_000 }, values: new Uint8Array(1_000_000) },
    'this device allows',
    'TooLarge',
  ],
};

for (const [name, [images, message, kind = 'RangeError']] of Object.entries(refused)) {
  test(`refused: a set ${name}`, async ({ gpu }) => {
    const found = await gpu.evaluate(async (images) => {
      const { failure, gpu, ImageSet } = window.harness;
      const before = gpu.bytes;
      const error = await failure(
        (async () => {
          ImageSet.upload(gpu, images);
        })(),
      );
      return { error, leaked: gpu.bytes - before };
    }, images);
    expect(found.error).toMatchObject({ name: kind, message: expect.stringContaining(message) });
    expect(found.leaked).toBe(0);
  });
}
