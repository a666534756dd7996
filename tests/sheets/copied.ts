/** How much of a picture is copied from another, piece by piece. */
import type { Denoiser } from '../../src/denoisers/denoiser.ts';
import type { InParts } from '../../src/denoisers/patches.ts';
import type { Images } from '../../src/diffusion/images.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { type Shape, stateBuffer, valueCount } from '../../src/passes/shape.ts';
import { alone } from '../alone.ts';

const PATCH = 7;
/** Pairs of patches that are compared in a second or two on a software adapter. */
const MOST_PAIRS = 2 ** 26;

/**
 * Of the first image: the part of its pixels whose nearest patch of 7 × 7 in the source is the right neighbour of that of
 * the pixel to their left. 1 for a shifted copy; undefined where there is too much to compare.
 */
export async function copiedShare(
  gpu: Gpu,
  source: Images,
  values: Float32Array,
  { c, h, w }: Shape,
): Promise<number | undefined> {
  const theirs = source.shape;
  if (h * w * theirs.h * theirs.w > MOST_PAIRS) return undefined;
  const shape = { n: 1, c, h, w };
  const x = stateBuffer(gpu, 'x', shape);
  gpu.device.queue.writeBuffer(x, 0, values.slice(0, valueCount(shape)));
  const levels = [{ alpha: 1, sigma: 0, t: 0 }];
  const given = { name: 'patches', source, patch: PATCH } as const;
  const denoiser = await alone<Denoiser & InParts>(gpu, given, { x, shape, levels });
  const field = denoiser.fieldAfter(0);
  const readback = new Readback(gpu, field.size);
  for (let part = 0; part < denoiser.parts; part++) {
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    denoiser.encodePart(pass, 0, part);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.device.queue.onSubmittedWorkDone();
  }
  const encoder = gpu.device.createCommandEncoder();
  readback.encode(encoder, field);
  gpu.device.queue.submit([encoder.finish()]);
  const nearest = new Uint32Array((await readback.read()).buffer);
  readback.release();
  denoiser.release();
  gpu.release(x);
  let copied = 0;
  for (let y = 0; y < h; y++)
    for (let i = y * w + 1; i < (y + 1) * w; i++) {
      if (nearest[2 * i] === (nearest[2 * i - 2] as number) + 1) copied++;
    }
  return copied / (h * (w - 1));
}
