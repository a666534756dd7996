import { Pyramid, requestGpu } from '../../../src/index.ts';
import { paletteOf } from '../../../src/math.ts';

const gpu = await requestGpu();
// A chequered floor of two colours, 12 × 12 pixels.
const values = Uint8Array.from({ length: 3 * 144 }, (_, i) =>
  (((i % 12) >> 1) + (Math.floor((i % 144) / 12) >> 1)) % 2 ? 40 : 230,
);
const source = { shape: { n: 1, c: 3, h: 12, w: 12 }, values };
const run = await Pyramid.create(gpu, { source, kind: 'pixels', output: { w: 24, h: 16 }, seed: 1 });
const picture = await run.read(); // 3 × 16 × 24 values, in the source's colours
console.log(picture, paletteOf(source), run.approximate);
run.release();
