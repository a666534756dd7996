/** The kernels that are timed, each with the work that it cannot do without, for every value of the state. */
import { colourProcess } from '../../../src/diffusion/colour.ts';
import { colourPath } from '../../../src/diffusion/colour-path.ts';
import { path, type Row } from '../../../src/diffusion/path.ts';
import { cosine } from '../../../src/diffusion/schedule.ts';
import type { Gpu } from '../../../src/gpu/device.ts';
import { Limit } from '../../../src/passes/denoise/limit.ts';
import { BoundTerms } from '../../../src/passes/measure/bound-terms.ts';
import { Histogram } from '../../../src/passes/measure/histogram.ts';
import { Sums } from '../../../src/passes/measure/sums.ts';
import { LinearGaussian, rowTable } from '../../../src/passes/process/linear-gaussian.ts';
import { colourRowTable, LinearGaussianColour } from '../../../src/passes/process/linear-gaussian-colour.ts';
import { type Shape, stateBuffer } from '../../../src/passes/shape.ts';
import type { Timed } from './ceilings.ts';

export interface Work {
  readonly bytes: number;
  readonly floatOps: number;
  readonly integerOps: number;
}

export interface Kernel extends Work {
  readonly name: string;
  readonly make: (gpu: Gpu, shape: Shape) => Promise<Timed>;
}

const T = 1000;
const SEED = 1;
/** x and x̂_0 read, x written. */
const STEP_BYTES = 12;
/** Threefry's twenty rounds of five operations, its key injections, and the bits folded and made a float. */
const JAX_INTEGER_OPS = 20 * 5 + 12 + 3;
/** u, −log(1 − u²), a polynomial of eight multiply-adds, and two factors. */
const JAX_FLOAT_OPS = 4 + 4 + 8 * 2 + 2;

const steps = (rows: readonly Row[]) => async (gpu: Gpu, shape: Shape) => {
  const table = rowTable(gpu, rows);
  const x = stateBuffer(gpu, 'x_t', shape);
  const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
  const step = await LinearGaussian.create(gpu, { table, rows, x, x0Hat, shape });
  let p = 0;
  return {
    // Another row every time, as in a run.
    encode: (pass: GPUComputePassEncoder) => step.encode(pass, p++ % rows.length),
    release: () => gpu.release(table, x, x0Hat),
  };
};

/** The way back, which draws in every row but the last. */
const reverse = path(cosine(T), SEED, 'forward').rows.slice(T + 2, -1);

async function colourStep(gpu: Gpu, shape: Shape): Promise<Timed> {
  const { rows } = colourPath(colourProcess('luma-first', cosine(T)), SEED, 'forward');
  const table = colourRowTable(gpu, rows, shape);
  const x = stateBuffer(gpu, 'x_t', shape);
  const x0Hat = stateBuffer(gpu, 'x̂_0', shape);
  const step = await LinearGaussianColour.create(gpu, { table, x, x0Hat, shape });
  let p = 0;
  return {
    encode: (pass) => step.encode(pass, T + 2 + (p++ % (T - 1))),
    release: () => gpu.release(table, x, x0Hat),
  };
}

async function bound(gpu: Gpu, shape: Shape): Promise<Timed> {
  const schedule = cosine(T);
  const sums = await Sums.create(gpu, T, shape);
  const [x, x0, x0Hat] = ['x_t', 'x_0', 'x̂_0'].map((label) => stateBuffer(gpu, label, shape)) as [
    GPUBuffer,
    GPUBuffer,
    GPUBuffer,
  ];
  const terms = await BoundTerms.create(gpu, schedule, { x, x0, x0Hat, shape, sums });
  let t = 0;
  return {
    encode: (pass) => terms.encode(pass, 2 + (t++ % (T - 1))),
    release: () => {
      terms.release();
      sums.release();
      gpu.release(x, x0, x0Hat);
    },
  };
}

async function histogram(gpu: Gpu, shape: Shape): Promise<Timed> {
  const [x, nothing] = [stateBuffer(gpu, 'x_t', shape), stateBuffer(gpu, 'nothing', shape)];
  // Pure noise, as a run shows it: a state of zeros would count all into one bin.
  const row: Row = { a: 0, b: 0, s: 1, key: [0, 1] };
  const table = rowTable(gpu, [row]);
  const fill = await LinearGaussian.create(gpu, { table, rows: [row], x, x0Hat: nothing, shape });
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  fill.encode(pass, 0);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
  const counts = await Histogram.create(gpu, x, shape);
  return {
    encode: (pass) => counts.add(pass),
    release: () => {
      counts.release();
      gpu.release(table, x, nothing);
    },
  };
}

async function clip(gpu: Gpu, shape: Shape): Promise<Timed> {
  const [x0Hat, limited] = [stateBuffer(gpu, 'x̂_0', shape), stateBuffer(gpu, 'limited', shape)];
  const limit = await Limit.create(gpu, { name: 'clip' }, { x0Hat, limited, shape });
  return {
    encode: (pass) => limit.encode(pass),
    release: () => {
      limit.release();
      gpu.release(x0Hat, limited);
    },
  };
}

export const kernels: readonly Kernel[] = [
  {
    name: 'step without noise, a·x + b·x̂_0',
    make: steps(reverse.map((row) => ({ ...row, s: 0 }))),
    ...{ bytes: STEP_BYTES, floatOps: 3, integerOps: 0 },
  },
  {
    name: 'step, JAX’s noise',
    make: steps(reverse),
    ...{ bytes: STEP_BYTES, floatOps: 5 + JAX_FLOAT_OPS, integerOps: JAX_INTEGER_OPS },
  },
  {
    name: 'step in colour, JAX’s noise',
    make: colourStep,
    ...{ bytes: STEP_BYTES, floatOps: 3 * 3 * 2 + JAX_FLOAT_OPS, integerOps: JAX_INTEGER_OPS },
  },
  { name: 'histogram', make: histogram, bytes: 4, floatOps: 4, integerOps: 3 },
  // Three means' parts, two differences made whole, a quotient and three squares summed.
  { name: 'terms of the bound', make: bound, bytes: 12, floatOps: 6 + 2 * 9 + 1 + 3 * 2, integerOps: 0 },
  { name: 'clip', make: clip, bytes: 8, floatOps: 2, integerOps: 0 },
];
