import type { Denoiser } from '../../../src/denoisers/denoiser.ts';
import { path, type Row } from '../../../src/diffusion/path.ts';
import type { Schedule } from '../../../src/diffusion/schedule.ts';
import { Kernel } from '../../../src/gpu/kernel.ts';
import { compile } from '../../../src/gpu/pipeline.ts';
import { uniformBuffer } from '../../../src/gpu/uniform.ts';
import { BoundTerms, type Measured } from '../../../src/passes/measure/bound-terms.ts';
import { type Decoder, decoderUniforms, Reconstruction } from '../../../src/passes/measure/reconstruction.ts';
import { Sums } from '../../../src/passes/measure/sums.ts';
import { LinearGaussian, rowTable } from '../../../src/passes/process/linear-gaussian.ts';
import { type Shape, stateBuffer, valueCount } from '../../../src/passes/shape.ts';
import { Chart } from '../../../src/trajectory/chart.ts';
import { Checkpoints } from '../../../src/trajectory/checkpoints.ts';
import { Cursor } from '../../../src/trajectory/cursor.ts';
import { Meter } from '../../../src/trajectory/meter.ts';
import { largestRelative, termSums as twin } from '../../reference/bound.ts';
import { pixels } from '../data.ts';
import decodeWgsl from './decode.wgsl';
import { download, gpu, submit, upload } from './device.ts';

export { Checkpoints };

export interface States {
  readonly shape: Shape;
  readonly x: Float32Array<ArrayBuffer>;
  readonly x0: Float32Array<ArrayBuffer>;
  readonly x0Hat: Float32Array<ArrayBuffer>;
}

/** What a padding is filled with: other in each state, so that counting it would show. */
const JUNK = { x: 3, x0: -50, x0Hat: 70 };

/** Every sum of four, after `encode` with the states on the GPU. */
async function sumsOf(
  { shape, ...states }: States,
  terms: number,
  encode: (measured: Measured) => Promise<{
    encode(pass: GPUComputePassEncoder): void;
    release(): void;
  }>,
): Promise<number[]> {
  const sums = await Sums.create(gpu, terms, shape);
  const on = (name: keyof typeof JUNK) => {
    const buffer = stateBuffer(gpu, name, shape);
    gpu.device.queue.writeBuffer(buffer, 0, new Float32Array(buffer.size / 4).fill(JUNK[name]));
    gpu.device.queue.writeBuffer(buffer, 0, states[name]);
    return buffer;
  };
  const buffers = { x: on('x'), x0: on('x0'), x0Hat: on('x0Hat') };
  const measure = await encode({ ...buffers, shape, sums });
  const totals = await download(sums.totals, (encoder) => {
    const pass = encoder.beginComputePass();
    measure.encode(pass);
    sums.encode(pass);
    pass.end();
  });
  measure.release();
  sums.release();
  gpu.release(...Object.values(buffers));
  return [...totals];
}

export interface Terms extends States {
  readonly schedule: Schedule;
  readonly times: readonly number[];
}

/** The three sums at each of the times, all of them over the same states. */
export const termSums = ({ schedule, times, ...states }: Terms): Promise<number[][]> =>
  gpu.checked(async () => {
    const sums = await sumsOf(states, schedule.T, async (measured) => {
      const terms = await BoundTerms.create(gpu, schedule, measured);
      return {
        encode: (pass) => {
          for (const t of times) terms.encode(pass, t);
        },
        release: () => terms.release(),
      };
    });
    return times.map((t) => sums.slice(4 * (t - 1), 4 * (t - 1) + 3));
  });

/** The largest relative error of the sums over a large state, made and compared here: it is long to send. */
export async function largeSums(shape: Shape, schedule: Schedule, times: readonly number[]) {
  const count = valueCount(shape);
  const x0 = pixels(count, 1);
  const [noise, error] = [pixels(count, 2), pixels(count, 3)];
  const x = noise.map((z) => 2 * z);
  const x0Hat = x0.map((value, i) => value + 0.05 * (error[i] as number));
  const actual = await termSums({ shape, x, x0, x0Hat, schedule, times });
  return times.map((t, i) => largestRelative(actual[i] as number[], twin(schedule, t, { x, x0, x0Hat })));
}

/** The sums of log p(x_0 | x_1) by three decoders, and of x_0². */
export const reconstruction = ({
  decoder,
  ...states
}: States & { readonly decoder: Decoder }): Promise<number[]> =>
  gpu.checked(() => sumsOf(states, 1, (measured) => Reconstruction.create(gpu, measured, decoder)));

export interface Given {
  readonly v: number;
  readonly x1: number;
  readonly mean: number;
  /** The interval whose log probability is asked for. */
  readonly near: number;
  readonly width: number;
}

const FIELDS = 5;

/** The shader's functions on single values. */
export const decode = (decoder: Decoder, given: readonly Given[]) =>
  gpu.checked(async () => {
    const compiled = await compile(gpu, {
      label: 'decoders under test',
      sources: [decodeWgsl],
      bindings: ['uniform', 'read', 'write'],
    });
    const spec = uniformBuffer(gpu, 'spec', decodeWgsl, 'spec', decoderUniforms(decoder));
    const values = given.flatMap(({ v, x1, mean, near, width }) => [v, x1, mean, near, width]);
    const input = upload('given', Float32Array.from(values));
    const output = upload('decoded', new Float32Array(FIELDS * given.length));
    const buffers = [spec, input, output];
    const kernel = new Kernel(compiled, buffers, given.length, buffers);
    const decoded = await download(output, (encoder) => {
      const pass = encoder.beginComputePass();
      kernel.encode(pass);
      pass.end();
    });
    kernel.release();
    return given.map((_, i) => {
      const [categorical = 0, discretised = 0, gaussian = 0, interval = 0, value = 0] = decoded.subarray(
        FIELDS * i,
        FIELDS * (i + 1),
      );
      return { categorical, discretised, gaussian, interval, value };
    });
  });

/** The bound with a denoiser that looks at x_t: x̂_0 = x_t/2. And the positions it was asked for. */
export const halvingBound = (
  shape: Shape,
  schedule: Schedule,
  seed: number,
  source: Float32Array<ArrayBuffer>,
) =>
  gpu.checked(async () => {
    const run = path(schedule, seed, 'forward');
    const { rows } = run;
    const table = rowTable(gpu, rows);
    const halfRows: Row[] = [{ a: 0, b: 0.5, s: 0, key: [0, 0] }];
    const halve = rowTable(gpu, halfRows);
    const [x, x0, x0Hat] = ['x', 'x_0', 'x̂_0'].map((label) => stateBuffer(gpu, label, shape)) as [
      GPUBuffer,
      GPUBuffer,
      GPUBuffer,
    ];
    gpu.device.queue.writeBuffer(x0, 0, source);
    const half = await LinearGaussian.create(gpu, {
      table: halve,
      rows: halfRows,
      x: x0Hat,
      x0Hat: x,
      shape,
    });
    const asked: number[] = [];
    const denoiser: Denoiser = {
      name: 'oracle',
      constant: false,
      x0Hat,
      encode: (pass, p) => {
        asked.push(p);
        half.encode(pass, 0);
      },
      release: () => {},
    };
    const checkpoints = new Checkpoints([]);
    const load = await LinearGaussian.create(gpu, { table, rows, x, x0Hat: x0, shape });
    const step = await LinearGaussian.create(gpu, { table, rows, x, x0Hat, shape });
    const meter = await Meter.create(gpu, { x, x0, denoiser, shape, schedule, variance: 'beta-1' });
    const chart = new Chart(gpu, new Cursor(x, load, step, denoiser, run, checkpoints), checkpoints, meter);
    while (!chart.done) {
      submit((encoder) => chart.encode(encoder, 3));
      await chart.collect();
    }
    chart.release();
    gpu.release(table, halve, x, x0, x0Hat);
    return { bound: meter.bound, asked };
  });
