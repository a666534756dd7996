/** Every kernel against what the device was measured to do: bytes by a copy, operations by chains of multiply-adds. */

import copy from '../../shaders/measure/copy.wgsl';
import type { NoiseSource } from '../../src/diffusion/noise.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { path, type Row } from '../../src/diffusion/path.ts';
import { key } from '../../src/diffusion/random.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { BoundTerms } from '../../src/passes/measure/bound-terms.ts';
import { Histogram } from '../../src/passes/measure/histogram.ts';
import { Sums } from '../../src/passes/measure/sums.ts';
import { LinearGaussian, rowTable } from '../../src/passes/process/linear-gaussian.ts';
import { NOISE_SHADERS } from '../../src/passes/random/noise.ts';
import { type Shape, stateBuffer, valueCount } from '../../src/passes/shape.ts';
import bare from './bare.wgsl';

import multiplyAdd from './multiply_add.wgsl';
import noiseAlone from './noise_alone.wgsl';
import { type Encode, takeTurns } from './take-turns.ts';
import { median, medianRatio } from './timer.ts';
import { walk } from './walk.ts';

/** One dispatch of a kernel. */
export interface Kernel {
  readonly name: string;
  /** Read and written. */
  readonly bytes: number;
  /** Operations on single values, of floats or integers; a multiply-add is one, and so is a logarithm or a root. */
  readonly operations: number;
  readonly encode: Encode;
  readonly release?: () => void;
}

/** States of one shape that the kernels share. */
interface States {
  readonly shape: Shape;
  readonly x: GPUBuffer;
  readonly x0: GPUBuffer;
}

const T = 10;

/** Operations of a value's normal, counted in the WGSL: bits, uniform, normal. */
const NOISE_OPERATIONS: Record<NoiseSource, number> = {
  jax: 113 + 5 + 14,
  fast: 7 + 14,
};
const BARE_OPERATIONS = 2;

const stepOf =
  (name: string, noise: NoiseSource, draws: boolean) =>
  async (gpu: Gpu, { shape, x, x0 }: States): Promise<Kernel> => {
    const [row] = path(cosine(T), 1, 'forward').rows.slice(T + 2) as [Row];
    const rows = [draws ? row : { ...row, s: 0 }];
    const table = rowTable(gpu, rows);
    const step = await LinearGaussian.create(gpu, { table, rows, x, x0Hat: x0, shape, noise });
    const values = valueCount(shape);
    return {
      name,
      bytes: 3 * 4 * values,
      operations: (BARE_OPERATIONS + (draws ? NOISE_OPERATIONS[noise] + 1 : 0)) * values,
      encode: (pass) => step.encode(pass, 0),
      release: () => gpu.release(table),
    };
  };

async function histogram(gpu: Gpu, { shape, x0 }: States): Promise<Kernel> {
  const pass = await Histogram.create(gpu, x0, shape);
  const values = valueCount(shape);
  return {
    name: 'histogram',
    bytes: 4 * values,
    // Place, clamp, whole number, count.
    operations: 6 * values,
    encode: (encoder) => pass.add(encoder),
    release: () => pass.release(),
  };
}

async function boundTerms(gpu: Gpu, { shape, x, x0 }: States): Promise<Kernel> {
  const sums = await Sums.create(gpu, T, shape);
  const terms = await BoundTerms.create(gpu, cosine(T), { x, x0, x0Hat: x0, shape, sums });
  const values = valueCount(shape);
  return {
    name: 'terms of the bound',
    bytes: 3 * 4 * values,
    // Two differences of ten, their products and the division; three squares; which values are data.
    operations: (20 + 7 + 4 + 3) * values,
    encode: (pass) => terms.encode(pass, T),
    release: () => {
      terms.release();
      sums.release();
    },
  };
}

/** What is held against the roof; further kernels are further makers. */
export const KERNELS: readonly ((gpu: Gpu, states: States) => Promise<Kernel>)[] = [
  stepOf('step without noise', 'jax', false),
  stepOf('step, JAX-exact noise', 'jax', true),
  stepOf('step, fast noise', 'fast', true),
  histogram,
  boundTerms,
];

function statesOf(gpu: Gpu, side: number): States {
  const shape = { n: 1, c: 4, h: side, w: side };
  const period = normals(key(1), 4099);
  const values = Float32Array.from(
    { length: valueCount(shape) },
    (_, i) => period[i % period.length] as number,
  );
  const [x, x0] = [stateBuffer(gpu, 'x', shape), stateBuffer(gpu, 'x_0', shape)];
  for (const buffer of [x, x0]) gpu.device.queue.writeBuffer(buffer, 0, values);
  return { shape, x, x0 };
}

/** Multiply-adds of each of an invocation's eight chains. */
const CHAIN = 512;

/** Every kernel's time and floors at side × side × 4 values. */
export const measureRoofline = (shared: Promise<Gpu>) =>
  async function roofline(side: number, rounds: number) {
    const gpu = await shared;
    const states = statesOf(gpu, side);
    const buffers = { from: states.x0, to: states.x };
    const values = valueCount(states.shape);
    const ceilings = [
      await walk(gpu, 'copy', [copy], buffers),
      await walk(gpu, 'multiply-add', [multiplyAdd], buffers, { CHAIN }),
    ];
    const kernels = await Promise.all(KERNELS.map((make) => make(gpu, states)));
    const [copied, added, ...times] = (await takeTurns(
      gpu,
      [...ceilings, ...kernels.map(({ encode }) => encode)],
      rounds,
    )) as [number[], number[], ...number[][]];
    for (const { release } of kernels) release?.();
    gpu.release(states.x, states.x0);
    /** What a ceiling's kernel moves or does, which for other kernels is a floor in units of its time. */
    const [moved, done] = [2 * 4 * values, 2 * CHAIN * values];
    return {
      bytesPerSecond: (1e3 * moved) / median(copied),
      operationsPerSecond: (1e3 * done) / median(added),
      kernels: kernels.map(({ name, bytes, operations }, i) => {
        const own = times[i] as number[];
        const ofBytes = (100 * bytes * medianRatio(copied, own)) / moved;
        const ofOperations = (100 * operations * medianRatio(added, own)) / done;
        return { name, bytes, operations, ms: median(own), ofBytes, ofOperations };
      }),
    };
  };

/** Where the time of a step goes: its bytes, its arithmetic, its noise, and all of them. */
export const measureNoiseParts = (shared: Promise<Gpu>) =>
  async function noiseParts(side: number, rounds: number) {
    const gpu = await shared;
    const states = statesOf(gpu, side);
    const buffers = { from: states.x0, to: states.x };
    const whole = [
      await stepOf('a·x + b·x_0 + s·z, JAX-exact', 'jax', true)(gpu, states),
      await stepOf('a·x + b·x_0 + s·z, fast', 'fast', true)(gpu, states),
    ];
    const BARE = 1;
    const parts: [string, Encode][] = [
      ['copy', await walk(gpu, 'copy', [copy], buffers)],
      ['a·x + b·x_0', await walk(gpu, 'bare', [bare], buffers)],
      ['z alone, JAX-exact', await walk(gpu, 'jax', [NOISE_SHADERS.jax, noiseAlone], buffers)],
      ['z alone, fast', await walk(gpu, 'fast', [NOISE_SHADERS.fast, noiseAlone], buffers)],
      ...whole.map(({ name, encode }): [string, Encode] => [name, encode]),
    ];
    const times = await takeTurns(
      gpu,
      parts.map(([, encode]) => encode),
      rounds,
    );
    for (const { release } of whole) release?.();
    gpu.release(states.x, states.x0);
    const bareTimes = times[BARE] as number[];
    return parts.map(([name], i) => {
      const own = times[i] as number[];
      return { name, ms: median(own), ofBare: medianRatio(own, bareTimes) };
    });
  };
