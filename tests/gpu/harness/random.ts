import normal from '../../../shaders/random/normal.wgsl?raw';
import threefry from '../../../shaders/random/threefry.wgsl?raw';
import type { Words } from '../../../src/diffusion/random.ts';
import { bindGroup, computePipeline } from '../../../src/gpu/pipeline.ts';
import { download, gpu, upload } from './device.ts';
import random from './random.wgsl?raw';
import { normals } from './step.ts';

export interface Draw {
  readonly key: Words;
  readonly counter: Words;
}

/** What the shader's functions make of a draw. */
export interface Drawn {
  /** threefry2x32(key, counter) */
  readonly words: Words;
  /** randomBits(key, counter[1]) */
  readonly bits: number;
  /** uniformFromBits(counter[0]), as a bit pattern. */
  readonly uniformBits: number;
  /** The normal of that uniform. */
  readonly normal: number;
}

/** Five, padded to the alignment of WGSL's vec2u. */
const WORDS_PER_DRAWN = 6;

export function draw(draws: readonly Draw[]): Promise<Drawn[]> {
  return gpu.checked(async () => {
    const pipeline = await computePipeline(gpu, {
      label: 'random numbers under test',
      sources: [threefry, normal, random],
      bindings: ['read', 'write'],
    });
    const input = upload('draws', new Uint32Array(draws.flatMap(({ key, counter }) => [...key, ...counter])));
    const output = upload('drawn', new Uint32Array(WORDS_PER_DRAWN * draws.length));
    const group = bindGroup(gpu, pipeline, [{ buffer: input }, { buffer: output }]);
    const { buffer } = await download(output, (encoder) => {
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(Math.ceil(draws.length / 64));
      pass.end();
    });
    gpu.release(input, output);
    const view = new DataView(buffer);
    return draws.map((_, i) => {
      const word = (k: number) => view.getUint32(4 * (WORDS_PER_DRAWN * i + k), true);
      const normal = view.getFloat32(4 * (WORDS_PER_DRAWN * i + 4), true);
      return { words: [word(0), word(1)], bits: word(2), uniformBits: word(3), normal };
    });
  });
}

const mean = (count: number, term: (i: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum / count;
};

/** Moments of `count` normals, and their correlations with themselves `lags` elements on. */
export async function statistics(key: Words, count: number, lags: readonly number[]) {
  const z = await normals(key, count);
  const at = (i: number) => z[i] as number;
  const m = mean(count, at);
  const moment = (power: number) => mean(count, (i) => (at(i) - m) ** power);
  const variance = moment(2);
  return {
    mean: m,
    variance,
    skewness: moment(3) / variance ** 1.5,
    kurtosis: moment(4) / variance ** 2,
    lags: lags.map((lag) => mean(count - lag, (i) => at(i) * at(i + lag))),
  };
}

/** The correlation of two streams of normals, element by element. */
export async function correlation(a: Words, b: Words, count: number): Promise<number> {
  const [x, y] = [await normals(a, count), await normals(b, count)];
  return mean(count, (i) => (x[i] as number) * (y[i] as number));
}
