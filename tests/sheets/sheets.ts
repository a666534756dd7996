/** Contact sheets of what the denoisers generate, painted in the browser. Driven by scripts/sheets.mjs. */
import { type Images, valuesOf } from '../../src/diffusion/images.ts';
import { requestGpu } from '../../src/gpu/device.ts';
import { Checkpoints } from '../../src/trajectory/checkpoints.ts';
import { Pyramid } from '../../src/trajectory/pyramid.ts';
import { Trajectory } from '../../src/trajectory/trajectory.ts';
import { copiedShare } from './copied.ts';
import { type SetRow, type Sheet, sheets } from './list.ts';
import { type Novelty, novelty, within } from './novelty.ts';
import type { PictureRow } from './pictures.ts';

const GAP = 2;

interface Found {
  readonly label: string;
  readonly n: number;
  /** Milliseconds from noise to data. */
  readonly ms: number;
  readonly novelty?: Novelty;
  readonly within?: Novelty;
  /** Of the first sample: see copied.ts. */
  readonly copied?: number;
}

/** What is to be shown, in turn, and what was found. */
interface Made {
  readonly pictures: readonly ImageData[];
  readonly found: Found;
}

const shared = requestGpu();

async function timed<Result>(work: () => Promise<Result>) {
  const begun = performance.now();
  return { result: await work(), ms: performance.now() - begun };
}

const picturesOf = (values: Float32Array, shape: Images['shape']) =>
  Array.from({ length: shape.n }, (_, i) => picture(values, shape, i));

async function fromSet({ label, shape, seed, denoiser, steps, set }: SetRow): Promise<Made> {
  const gpu = await shared;
  const run = await Trajectory.create(gpu, {
    ...{ shape, seed, denoiser, steps },
    checkpoints: new Checkpoints([]),
  });
  const { result: values, ms } = await timed(() => run.read(run.last));
  run.release();
  const distances = set && {
    novelty: novelty(values, set),
    // One item has no other to be compared with.
    ...(set.shape.n > 1 && { within: within(set) }),
  };
  return { pictures: picturesOf(values, shape), found: { label, n: shape.n, ms, ...distances } };
}

async function fromPicture({ label, pyramid, lots = 1 }: PictureRow): Promise<Made> {
  const gpu = await shared;
  const { source } = pyramid;
  const pictures = picturesOf(valuesOf(source, 0, 1), source.shape);
  let ms = 0;
  let copied: number | undefined;
  for (let lot = 0; lot < lots; lot++) {
    const run = await Pyramid.create(gpu, { ...pyramid, seed: pyramid.seed + lot });
    const made = await timed(() => run.read());
    run.release();
    ms += made.ms;
    pictures.push(...picturesOf(made.result, run.shape));
    copied ??= await copiedShare(gpu, source, made.result, run.shape);
  }
  const n = pictures.length - 1;
  return { pictures, found: { label, n, ms, ...(copied !== undefined && { copied }) } };
}

/** Image `i` of NCHW values in [−1, 1]. */
function picture(values: Float32Array, { c, h, w }: Images['shape'], i: number): ImageData {
  const plane = h * w;
  const data = new ImageData(w, h);
  for (let p = 0; p < plane; p++) {
    for (let k = 0; k < 4; k++) {
      const value = values[(i * c + Math.min(k, c - 1)) * plane + p] as number;
      data.data[4 * p + k] = k === 3 ? 255 : Math.round(127.5 * (value + 1));
    }
  }
  return data;
}

/** A sheet as a `data:` URL, and what was measured of its rows. */
async function sheet(name: string) {
  const { columns, rows, scale = 1 } = sheets.find((s) => s.name === name) as Sheet;
  const made: Made[] = [];
  for (const row of await rows()) made.push(await ('pyramid' in row ? fromPicture(row) : fromSet(row)));
  const all = made.flatMap(({ pictures }) => pictures);
  const width = scale * Math.max(...all.map((image) => image.width)) + GAP;
  const height = scale * Math.max(...all.map((image) => image.height)) + GAP;
  const canvas = document.createElement('canvas');
  canvas.width = columns * width + GAP;
  canvas.height = Math.ceil(all.length / columns) * height + GAP;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  for (const [i, image] of all.entries()) {
    const bitmap = await createImageBitmap(image);
    const [x, y] = [GAP + (i % columns) * width, GAP + Math.floor(i / columns) * height];
    context.drawImage(bitmap, x, y, scale * image.width, scale * image.height);
  }
  // Without loss where every pixel is to be seen.
  const quality = scale > 1 ? 1 : 0.92;
  return { url: canvas.toDataURL('image/webp', quality), found: made.map(({ found }) => found) };
}

const contact = { names: () => sheets.map(({ name, title }) => ({ name, title })), sheet };
declare global {
  interface Window {
    contact: typeof contact;
  }
}
window.contact = contact;
