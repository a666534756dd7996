import { type Denoiser, noiseLevel } from '../../../src/denoisers/denoiser.ts';
import { bindPatchMatch, type PatchMatchOptions } from '../../../src/denoisers/patch-match.ts';
import type { InParts, PatchesOptions } from '../../../src/denoisers/patches.ts';
import { Pictures } from '../../../src/denoisers/pictures.ts';
import type { Images } from '../../../src/diffusion/images.ts';
import type { Padding } from '../../../src/diffusion/patches.ts';
import type { Size } from '../../../src/diffusion/resample.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import { PatchField } from '../../../src/passes/denoise/patch-field.ts';
import { fieldBuffer } from '../../../src/passes/denoise/patch-mean.ts';
import { Palette } from '../../../src/passes/image/palette.ts';
import { Resize } from '../../../src/passes/image/resize.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { Pyramid, type PyramidOptions } from '../../../src/trajectory/pyramid.ts';
import { alone } from '../../alone.ts';
import { download, gpu, submit, upload } from './device.ts';

export { Pyramid };

export interface Compared {
  readonly x: Float32Array<ArrayBuffer>;
  readonly shape: Shape;
  readonly levels: readonly Level[];
  readonly options: PatchesOptions;
}

const bitsOf = (values: Float32Array<ArrayBuffer>) => [...new Uint32Array(values.buffer)];

/** x̂_0 of the same state at every level, and the nearest patch of every pixel. */
export const patches = ({ x: values, shape, levels, options }: Compared) =>
  gpu.checked(async () => {
    const before = gpu.bytes;
    const x = stateBuffer(gpu, 'x', shape);
    gpu.device.queue.writeBuffer(x, 0, values);
    const given = { name: 'patches', ...options } as const;
    const denoiser = await alone<Denoiser & InParts>(gpu, given, { x, shape, levels });
    const answers = [];
    for (const p of levels.keys()) {
      const x0Hat = await download(denoiser.x0Hat, (encoder) => {
        const pass = encoder.beginComputePass();
        denoiser.encode(pass, p);
        pass.end();
      });
      const nearest = bitsOf(await download(denoiser.fieldAfter(p))).filter((_, i) => i % 2 === 0);
      answers.push({ x0Hat: x0Hat.slice(0, valueCount(shape)), nearest });
    }
    const { parts } = denoiser;
    denoiser.release();
    gpu.release(x);
    return { answers, parts, leaked: gpu.bytes - before };
  });

export interface Searched extends Omit<Compared, 'options'> {
  readonly options: PatchMatchOptions;
  readonly known: Uint32Array<ArrayBuffer>;
}

/** x̂_0 of the same state at every level in turn, and the two nearest patches that each found. */
export const patchMatch = ({ x: values, shape, levels, options, known }: Searched) =>
  gpu.checked(async () => {
    const before = gpu.bytes;
    const x = stateBuffer(gpu, 'x', shape);
    gpu.device.queue.writeBuffer(x, 0, values);
    const pictures = Pictures.upload(gpu, options, shape);
    const inputs = { x, shape, levels: levels.map(noiseLevel) };
    const denoiser = await bindPatchMatch(gpu, pictures, inputs, options);
    gpu.device.queue.writeBuffer(denoiser.start, 0, known);
    const answers = [];
    for (const p of levels.keys()) {
      const x0Hat = await download(denoiser.x0Hat, (encoder) => {
        const pass = encoder.beginComputePass();
        for (let part = 0; part < denoiser.parts; part++) denoiser.encodePart(pass, p, part);
        pass.end();
      });
      const found = bitsOf(await download(denoiser.fieldAfter(p)));
      answers.push({ x0Hat: x0Hat.slice(0, valueCount(shape)), found });
    }
    denoiser.release();
    pictures.release();
    gpu.release(x);
    return { answers, leaked: gpu.bytes - before };
  });

/** The field of a finer level, from that of a coarser one. */
export async function finerField(
  known: Uint32Array<ArrayBuffer>,
  sizes: { size: Size; coarseSize: Size; source: Size; coarseSource: Size; images: number },
): Promise<number[]> {
  const coarse = upload('coarse', known);
  const { size, images } = sizes;
  const fine = fieldBuffer(gpu, { n: images, c: 1, h: size.h, w: size.w });
  const pass = await PatchField.create(gpu, { coarse, fine, ...sizes });
  const found = await encoded(fine, pass);
  pass.release();
  gpu.release(coarse, fine);
  return bitsOf(found);
}

const encoded = (result: GPUBuffer, made: { encode(pass: GPUComputePassEncoder): void }) =>
  download(result, (encoder) => {
    const pass = encoder.beginComputePass();
    made.encode(pass);
    pass.end();
  });

/** A batch at another size. */
export async function resize(images: Images, { w, h }: Size, padding: Padding): Promise<Float32Array> {
  const { n, c } = images.shape;
  const shape = { n, c, h, w };
  const x = stateBuffer(gpu, 'x', images.shape);
  gpu.device.queue.writeBuffer(x, 0, images.values);
  const resized = stateBuffer(gpu, 'resized', shape);
  const pass = await Resize.create(gpu, { x, resized, shape, from: images.shape, padding });
  const found = await encoded(resized, pass);
  pass.release();
  gpu.release(x, resized);
  return found.slice(0, valueCount(shape));
}

/** A state, its pixels brought to the nearest colours. */
export async function snapped(values: Float32Array<ArrayBuffer>, shape: Shape, colours: number[][]) {
  const x = stateBuffer(gpu, 'x', shape);
  gpu.device.queue.writeBuffer(x, 0, values);
  const pass = await Palette.create(gpu, x, shape, colours);
  const found = await encoded(x, pass);
  pass.release();
  gpu.release(x);
  return found.slice(0, valueCount(shape));
}

/** The pictures of a pyramid, what it said of itself on the way, and the memory that it kept. */
export async function pyramid(options: PyramidOptions) {
  const before = gpu.bytes;
  const run = await Pyramid.create(gpu, options);
  const denoisers = run.levels.map(({ denoiser }) => denoiser.name);
  const whole = run.levels.map(({ options }) => options.whole);
  const values = await run.read();
  const { progress, done, place, approximate } = run;
  run.release();
  const leaked = gpu.bytes - before;
  return { values, denoisers, whole, progress, done, place, approximate, leaked };
}

/** The same, a frame at a time on a canvas: its progress after every frame, and the canvas's size. */
export async function pyramidFrames(options: PyramidOptions) {
  const before = gpu.bytes;
  const run = await Pyramid.create(gpu, options);
  const [x, x0Hat] = [document.createElement('canvas'), document.createElement('canvas')];
  await run.attach({ x, x0Hat, columns: 2 });
  const progress: number[] = [];
  run.onChange = () => progress.push(run.progress);
  for (let frames = 0; !run.done && frames < 10_000; frames++) {
    run.tick();
    await gpu.device.queue.onSubmittedWorkDone();
  }
  const values = await run.read();
  run.release();
  submit(() => {});
  return { values, progress, size: [x.width, x.height, x0Hat.width], leaked: gpu.bytes - before };
}
