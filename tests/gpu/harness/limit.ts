import type { DenoiserOptions } from '../../../src/denoisers/list.ts';
import type { LimitOptions } from '../../../src/diffusion/limit.ts';
import { gaussianWeights } from '../../../src/diffusion/posterior-mean.ts';
import { type Output, type Weights, x0Weights } from '../../../src/diffusion/prediction.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import { tableStride } from '../../../src/gpu/uniform.ts';
import { Affine } from '../../../src/passes/denoise/affine.ts';
import { Limit } from '../../../src/passes/denoise/limit.ts';
import { Quantiles } from '../../../src/passes/measure/quantiles.ts';
import { type Shape, stateBuffer, stateBytes, valueCount } from '../../../src/passes/shape.ts';
import { alone } from '../../alone.ts';
import { download, gpu } from './device.ts';

type Values = Float32Array<ArrayBuffer>;

/** A state with `values` in it, and in its padding what would be noticed. */
function stateOf(label: string, shape: Shape, values: Values): GPUBuffer {
  const buffer = stateBuffer(gpu, label, shape);
  gpu.device.queue.writeBuffer(buffer, 0, new Float32Array(buffer.size / 4).fill(1e6));
  gpu.device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

interface Encodes {
  encode(pass: GPUComputePassEncoder): void;
}

const inPass =
  (encodes: Encodes, times = 1) =>
  (encoder: GPUCommandEncoder) => {
    const pass = encoder.beginComputePass();
    for (let k = 0; k < times; k++) encodes.encode(pass);
    pass.end();
  };

export interface Batch {
  readonly shape: Shape;
  readonly values: Values;
}

/** The q-quantile of every image's |x|, as found each of so many times. */
export const quantiles = ({ shape, values, q, times = 1 }: Batch & { q: number; times?: number }) =>
  gpu.checked(async () => {
    const x = stateOf('x', shape, values);
    const pass = await Quantiles.create(gpu, { x, shape, q });
    const found: Values[] = [];
    for (let k = 0; k < times; k++) found.push(await download(pass.quantiles, inPass(pass)));
    pass.release();
    gpu.release(x);
    return found;
  });

/** The quantile of one image too large to send: they are ±0 … ±(count − 1), each once, in disorder. */
export const largeQuantile = (shape: Shape, q: number): Promise<number> => {
  const count = valueCount(shape);
  const values = Float32Array.from(
    { length: count },
    (_, i) => ((i * 7919) % count) * (i % 2 === 0 ? 1 : -1),
  );
  return quantiles({ shape, values, q }).then(([found]) => found?.[0] as number);
};

export const limit = ({ shape, values, options }: Batch & { options: LimitOptions }) =>
  gpu.checked(async () => {
    const x0Hat = stateOf('x̂_0', shape, values);
    const limited = stateBuffer(gpu, 'limited', shape);
    const pass = await Limit.create(gpu, options, { x0Hat, limited, shape });
    const found = await download(limited, inPass(pass));
    pass.release();
    gpu.release(x0Hat, limited);
    return found.slice(0, values.length);
  });

/** x̂_0 from the same x and the same answer at every level. */
export const converted = ({
  output,
  levels,
  x,
  answer,
}: {
  readonly output: Output;
  readonly levels: readonly Level[];
  readonly x: Values;
  readonly answer: Values;
}) =>
  gpu.checked(async () => {
    const shape = { n: 1, c: 1, h: 1, w: x.length };
    const states = { x: stateOf('x', shape, x), x0: stateOf('x_0', shape, x) };
    const y = stateOf('answer', shape, answer);
    const model = { output, answer: y, encode: () => {}, release: () => gpu.release(y) };
    const bytes = () => ({ knowledge: 0, binding: y.size });
    const prepare = () => ({ bind: () => model, release() {} });
    const denoiser = await alone(gpu, { name: 'model', bytes, prepare }, { ...states, shape, levels });
    const found: Values[] = [];
    for (const p of levels.keys()) {
      const encodes: Encodes = { encode: (pass) => denoiser.encode(pass, p) };
      found.push((await download(denoiser.x0Hat, inPass(encodes))).slice(0, x.length));
    }
    denoiser.release();
    gpu.release(...Object.values(states));
    return found;
  });

/**
 * The Gaussian denoiser as a model that answers in another way, and says v where given; where the answer says
 * nothing of x̂_0 it is 0.
 */
export const gaussianModel = (output: Output, deviation: number, v?: Values): DenoiserOptions => ({
  name: 'model',
  bytes: (gpu, { shape, states }) => ({
    knowledge: 0,
    binding: (v ? 2 : 1) * stateBytes(shape) + states * tableStride(gpu),
  }),
  prepare: (gpu) => ({
    release() {},
    async bind({ x, x0, shape, levels }) {
      if (!x0) throw new RangeError('this model needs a source');
      const answer = stateBuffer(gpu, 'answer', shape);
      const table = levels.map((level): Weights => {
        const [own, exact] = [x0Weights(output, level), gaussianWeights(level, deviation)];
        return own.q === 0 ? { p: 0, q: 0 } : { p: (exact.p - own.p) / own.q, q: exact.q / own.q };
      });
      const affine = await Affine.create(gpu, table, { x0Hat: answer, x, y: x0, shape });
      const share = v && { v: stateOf('v', shape, v) };
      return {
        output,
        answer,
        ...share,
        encode: (pass, p) => affine.encode(pass, p),
        release: () => {
          affine.release();
          gpu.release(answer, ...(share ? [share.v] : []));
        },
      };
    },
  }),
});
