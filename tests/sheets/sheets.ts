/** Contact sheets of what the denoisers generate, painted in the browser. Driven by scripts/sheets.mjs. */
import type { Images } from '../../src/diffusion/images.ts';
import { requestGpu } from '../../src/gpu/device.ts';
import { Checkpoints } from '../../src/trajectory/checkpoints.ts';
import { Trajectory } from '../../src/trajectory/trajectory.ts';
import { type Row, type Sheet, sheets } from './list.ts';
import { type Novelty, novelty, within } from './novelty.ts';

const GAP = 2;

interface Found {
  readonly label: string;
  readonly n: number;
  /** Milliseconds from noise to data. */
  readonly ms: number;
  readonly novelty?: Novelty;
  readonly within?: Novelty;
}

const shared = requestGpu();

async function generate({ shape, seed, denoiser, steps }: Row) {
  const gpu = await shared;
  const run = await Trajectory.create(gpu, {
    shape,
    seed,
    denoiser,
    steps,
    checkpoints: new Checkpoints([]),
  });
  const begun = performance.now();
  const values = await run.read(run.last);
  const ms = performance.now() - begun;
  run.release();
  return { values, ms };
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
  const { columns, rows } = sheets.find((s) => s.name === name) as Sheet;
  const made: { row: Row; values: Float32Array }[] = [];
  const found: Found[] = [];
  for (const row of await rows()) {
    const { values, ms } = await generate(row);
    made.push({ row, values });
    const { label, shape, set } = row;
    const distances = set && {
      novelty: novelty(values, set),
      // One item has no other to be compared with.
      ...(set.shape.n > 1 && { within: within(set) }),
    };
    found.push({ label, n: shape.n, ms, ...distances });
  }
  const all = made.flatMap(({ row: { shape }, values }) =>
    Array.from({ length: shape.n }, (_, i) => picture(values, shape, i)),
  );
  const width = Math.max(...all.map((image) => image.width)) + GAP;
  const height = Math.max(...all.map((image) => image.height)) + GAP;
  const canvas = document.createElement('canvas');
  canvas.width = columns * width + GAP;
  canvas.height = Math.ceil(all.length / columns) * height + GAP;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const [i, image] of all.entries()) {
    context.putImageData(image, GAP + (i % columns) * width, GAP + Math.floor(i / columns) * height);
  }
  return { url: canvas.toDataURL('image/webp', 0.92), found };
}

const contact = { names: () => sheets.map(({ name, title }) => ({ name, title })), sheet };
declare global {
  interface Window {
    contact: typeof contact;
  }
}
window.contact = contact;
