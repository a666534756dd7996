/** The ideal denoiser's answer from a set as large as a GPU's memory, in buffers that every device allows. */
import type { Denoiser } from '../../src/denoisers/denoiser.ts';
import { Prepared } from '../../src/denoisers/prepared.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { bits, key } from '../../src/diffusion/random.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { stateBuffer, valueCount } from '../../src/passes/shape.ts';
import { gpuMilliseconds } from './timer.ts';

/** The binding that WebGPU promises, whatever this device has. */
const PROMISED = 2 ** 27;
const PERIOD = 65_537;
const ROUNDS = 3;
/** Of the smaller set beside it. */
const PART = 16;

function setOf(n: number, size: { c: number; h: number; w: number }): Images {
  const period = Uint8Array.from({ length: PERIOD }, (_, i) => bits(key(1), i) >>> 24);
  const values = new Uint8Array(n * valueCount({ ...size, n: 1 }));
  for (let i = 0; i < values.length; i += PERIOD) values.set(period.subarray(0, values.length - i), i);
  return { shape: { n, ...size }, values };
}

/** Milliseconds of one answer for one image, the least of a few, and how many buffers the set is in. */
async function answered(gpu: Gpu, images: Images) {
  const shape = { ...images.shape, n: 1 };
  const x = stateBuffer(gpu, 'x', shape);
  const levels = [{ alpha: 1, sigma: 1, t: 1 }];
  const [prepared, denoiser] = await gpu.checked(async (): Promise<[Prepared, Denoiser]> => {
    const prepared = await Prepared.of(gpu, { name: 'ideal', set: images }, shape);
    return [prepared, await prepared.bind({ x, shape, levels })];
  });
  const times: number[] = [];
  for (let k = 0; k <= ROUNDS; k++)
    times.push(await gpuMilliseconds(gpu, (pass) => denoiser.encode(pass, 0)));
  const set = prepared.set(images);
  const buffers = set.tiles.length;
  for (const held of [denoiser, set, prepared]) held.release();
  gpu.release(x);
  return { ms: Math.min(...times.slice(1)), buffers };
}

/** A set of `n` images of side² RGB, and one of a sixteenth: what an answer costs for each of their values. */
export const largeSet = (shared: Promise<Gpu>) =>
  async function readOnce(n: number, side: number) {
    const gpu = await shared;
    const { limits } = gpu.device;
    Object.defineProperty(limits, 'maxStorageBufferBindingSize', { value: PROMISED, configurable: true });
    try {
      const size = { c: 3, h: side, w: side };
      const few = Math.max(1, Math.round(n / PART));
      const part = await answered(gpu, setOf(few, size));
      const whole = await answered(gpu, setOf(n, size));
      return {
        ...whole,
        bytes: 4 * n * valueCount({ ...size, n: 1 }),
        ratio: whole.ms / n / (part.ms / few),
      };
    } finally {
      Reflect.deleteProperty(limits, 'maxStorageBufferBindingSize');
    }
  };
