/** The ideal denoiser beside plain matrix products of its shape, and beside libraries that do the same. */
import { type Images, valuesOf } from '../../src/diffusion/images.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { bits, key } from '../../src/diffusion/random.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import type { Contender, Job, Make } from './ideal/job.ts';
import { ideal, products } from './ideal/ours.ts';
import { jaxDirect, jaxExpanded, tfjs } from './ideal/peers.ts';
import { median } from './timer.ts';

const BATCH = 16;
const ALPHA = 1;
const CONTENDERS = {
  ...{ ideal, products, 'TensorFlow.js': tfjs },
  ...{ 'jax-js, squares expanded': jaxExpanded, 'jax-js, differences squared': jaxDirect },
};
/** A period of noise; what is computed does not get easier by it. */
const PERIOD = 65_537;
/** What a library's x̂_0, by its expanded squares, may be from ours. */
const AGREES = 2e-3;
/** Who takes longer to begin with takes no turns: that time, with making its kernels, is what is told. */
const PATIENCE_MS = 10_000;

function jobOf(n: number, side: number, sigma: number): Job {
  const size = { c: 3, h: side, w: side };
  const perImage = 3 * side * side;
  const words = Uint8Array.from({ length: PERIOD }, (_, i) => bits(key(1), i) >>> 24);
  const values = new Uint8Array(n * perImage).map((_, i) => words[i % PERIOD] as number);
  const images: Images = { shape: { n, ...size }, values };
  const noise = normals(key(2), 4099);
  const x = new Float32Array(BATCH * perImage).map((_, i) => {
    return sigma * (noise[i % 4099] as number) + (values[i] as number) / 127.5 - 1;
  });
  const shape = { n: BATCH, ...size };
  return { images, values: valuesOf(images, 0, n), shape, x, alpha: ALPHA, sigma };
}

export interface IdealResult {
  readonly name: string;
  readonly ms: number;
  /** The rounds' ratios to the ideal denoiser, their median. */
  readonly ratio: number;
  /** Largest difference from its x̂_0, where it is that. */
  readonly difference?: number | undefined;
  readonly failure?: string;
}

const milliseconds = async (contender: Contender): Promise<number> => {
  const begun = performance.now();
  await contender.run();
  return performance.now() - begun;
};

/** Makes one, and holds what it computes to ours. */
async function prepared(gpu: Gpu, make: Make, job: Job, expected: Float32Array | undefined) {
  const contender = await make(gpu, job);
  const begun = await milliseconds(contender);
  const mean = await contender.read?.();
  const difference =
    mean && expected?.reduce((most, value, i) => Math.max(most, Math.abs(value - (mean[i] as number))), 0);
  if (difference !== undefined && !(difference <= AGREES)) {
    contender.release();
    throw new Error(`its x̂_0 is ${difference} from ours`);
  }
  const slow = begun > PATIENCE_MS;
  return { contender, mean, difference, slow, times: slow ? [begun] : [] };
}

/**
 * Medians over rounds in which all take turns, for `n` images of 3 × side × side values and a batch of 16. With much noise,
 * σ = 40, every image of the set has weight; with little nearly none has, and those without are left out of the mean.
 */
export const compareIdeal = (shared: Promise<Gpu>) =>
  async function idealRates(n: number, side: number, sigma: number, rounds: number): Promise<IdealResult[]> {
    const gpu = await shared;
    const job = jobOf(n, side, sigma);
    const entries: Awaited<ReturnType<typeof prepared>>[] = [];
    const failures: IdealResult[] = [];
    for (const [name, make] of Object.entries(CONTENDERS)) {
      try {
        entries.push(await prepared(gpu, make, job, entries[0]?.mean));
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        failures.push({ name, ms: Number.NaN, ratio: Number.NaN, failure });
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const { contender, slow, times } of entries) if (!slow) times.push(await milliseconds(contender));
    }
    for (const { contender } of entries) contender.release();
    const first = entries[0]?.times ?? [];
    const results = entries.map(({ contender: { name }, times, difference }) => ({
      ...{ name, difference, ms: median(times) },
      ratio: median(times.map((ms, round) => ms / (first[round] as number))),
    }));
    return [...results, ...failures];
  };
