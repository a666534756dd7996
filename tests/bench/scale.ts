/** Cost an element as states grow, batches grow and runs grow longer: flat, but for what caches hold. */
import { colourProcess } from '../../src/diffusion/colour.ts';
import { colourPath } from '../../src/diffusion/colour-path.ts';
import { path } from '../../src/diffusion/path.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { Limit } from '../../src/passes/denoise/limit.ts';
import { Histogram } from '../../src/passes/measure/histogram.ts';
import { LinearGaussian, rowTable } from '../../src/passes/process/linear-gaussian.ts';
import { colourRowTable, LinearGaussianColour } from '../../src/passes/process/linear-gaussian-colour.ts';
import { type Shape, stateBuffer, stateBytes, valueCount } from '../../src/passes/shape.ts';
import { type Encode, takeTurns } from './take-turns.ts';

interface Made {
  readonly encode: Encode;
  readonly release: () => void;
}

type Kernel = (gpu: Gpu, shape: Shape, T: number) => Promise<Made>;

const step =
  (draws: boolean, noise: 'jax' | 'fast' = 'jax'): Kernel =>
  async (gpu, shape, T) => {
    const all = path(cosine(T), 1, 'forward').rows;
    const rows = draws ? all : all.map((row) => ({ ...row, s: 0 }));
    const table = rowTable(gpu, rows);
    const [x, x0Hat] = [stateBuffer(gpu, 'x', shape), stateBuffer(gpu, 'x_0', shape)];
    const made = await LinearGaussian.create(gpu, { table, rows, x, x0Hat, shape, noise });
    // One after another, as a run takes them: back from T.
    let p = 0;
    return {
      encode: (pass) => made.encode(pass, T + 2 + (p++ % (T - 2))),
      release: () => gpu.release(table, x, x0Hat),
    };
  };

const colour: Kernel = async (gpu, shape, T) => {
  const { rows } = colourPath(colourProcess('luma-first', cosine(T)), 1, 'forward');
  const table = colourRowTable(gpu, rows, shape);
  const [x, x0Hat] = [stateBuffer(gpu, 'x', shape), stateBuffer(gpu, 'x_0', shape)];
  const made = await LinearGaussianColour.create(gpu, { table, x, x0Hat, shape, noise: 'fast' });
  return {
    encode: (pass) => made.encode(pass, T + 2),
    release: () => gpu.release(table, x, x0Hat),
  };
};

const clip: Kernel = async (gpu, shape) => {
  const [x0Hat, limited] = [stateBuffer(gpu, 'x', shape), stateBuffer(gpu, 'limited', shape)];
  const made = await Limit.create(gpu, { name: 'clip' }, { x0Hat, limited, shape });
  return {
    encode: (pass) => made.encode(pass),
    release: () => {
      made.release();
      gpu.release(x0Hat, limited);
    },
  };
};

const histogram: Kernel = async (gpu, shape) => {
  const x = stateBuffer(gpu, 'x', shape);
  const made = await Histogram.create(gpu, x, shape);
  return {
    encode: (pass) => made.add(pass),
    release: () => {
      made.release();
      gpu.release(x);
    },
  };
};

const KERNELS: Record<string, Kernel> = {
  'step without noise': step(false),
  'step, JAX-exact noise': step(true),
  'step, fast noise': step(true, 'fast'),
  'step in colour, fast noise': colour,
  clip,
  histogram,
};

export interface Point {
  readonly shape: Shape;
  readonly T: number;
}

/**
 * Nanoseconds an element at every point, in the round that other work on the machine disturbed least, and as a multiple of the
 * first's; `undefined` beyond the device's buffers.
 */
export const scaleCosts = (shared: Promise<Gpu>) =>
  async function scale(kernel: string, points: readonly Point[], rounds: number) {
    const gpu = await shared;
    const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
    const fits = ({ shape }: Point) =>
      stateBytes(shape) <= Math.min(maxStorageBufferBindingSize, maxBufferSize);
    const able = points.filter(fits);
    const made = await gpu.checked(() =>
      Promise.all(able.map(({ shape, T }) => (KERNELS[kernel] as Kernel)(gpu, shape, T))),
    );
    const times = await takeTurns(
      gpu,
      made.map(({ encode }) => encode),
      rounds,
    );
    for (const { release } of made) release();
    const each = times.map((ms, i) => (1e6 * Math.min(...ms)) / valueCount((able[i] as Point).shape));
    return points.map((point) => {
      const ns = each[able.indexOf(point)];
      return ns === undefined ? undefined : { ns, ratio: ns / (each[0] as number) };
    });
  };

export const scaleKernels = Object.keys(KERNELS);
