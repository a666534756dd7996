/** What a user might pick instead, at the same arithmetic on the same page. */
import { normals } from '../../src/diffusion/normal.ts';
import { posterior } from '../../src/diffusion/posterior.ts';
import { key } from '../../src/diffusion/random.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import { jaxJs } from './peers/jax-js.ts';
import { onnxRuntime } from './peers/onnx-runtime.ts';
import { ours } from './peers/ours.ts';
import type { Job, Peer, Runner } from './peers/peer.ts';
import { tfjs } from './peers/tfjs.ts';
import { median, medianRatio } from './timer.ts';

const PEERS: readonly Peer[] = [
  ours('jax', 'Threefry-2x32, erfinv: those of jax.random.normal; on the GPU'),
  ours('fast', 'pcg4d, Box–Muller; on the GPU'),
  jaxJs,
  tfjs,
  onnxRuntime,
];

/** How far a peer's state may be from ours, |x − ours| / max(1, |ours|). */
const AGREES = 1e-5;
/** How far the deviation of a peer's noise may be from that of ours, in standard errors of their ratio. */
const SPREAD = 5;

export interface Result {
  readonly name: string;
  readonly draws: string;
  /** Milliseconds a step; NaN where it could not run. */
  readonly bareMs: number;
  readonly noisyMs: number;
  /** As multiples of ours, of the first in the list. */
  readonly bareRatio: number;
  readonly noisyRatio: number;
  /** The fastest rounds: what else the machine does can only add. */
  readonly bareBestMs: number;
  readonly noisyBestMs: number;
  /** Largest difference from ours without noise. */
  readonly difference: number;
  /** Why it could not run here. */
  readonly failure?: string;
}

/** The posterior of a cosine schedule, but for its last step, which draws nothing. */
function jobOf(side: number, steps: number): Job {
  const schedule = cosine(steps + 1);
  const count = side * side * 4;
  const repeated = (period: Float32Array) =>
    Float32Array.from({ length: count }, (_, i) => period[i % period.length] as number);
  const weights = Array.from({ length: steps }, (_, i) => {
    const { a, b, variance } = posterior(schedule, steps - i, steps - i + 1);
    return { a, b, s: Math.sqrt(variance) };
  });
  return {
    shape: [side, side, 4],
    x: repeated(normals(key(2), 4099)),
    x0: repeated(normals(key(3), 4111).map((z) => Math.tanh(z))),
    weights,
  };
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = actual.length < expected.length ? Number.NaN : 0;
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] as number;
    const error = Math.abs((actual[i] as number) - wanted) / Math.max(1, Math.abs(wanted));
    largest = Math.max(largest, error);
  }
  return largest;
}

/** The standard deviation of what a noisy run has beyond the run without noise. */
function deviationOf(noisy: ArrayLike<number>, bare: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < bare.length; i++) sum += ((noisy[i] as number) - (bare[i] as number)) ** 2;
  return Math.sqrt(sum / bare.length);
}

interface Entry {
  readonly peer: Peer;
  readonly runners: readonly Runner[];
  readonly times: readonly [number[], number[]];
  difference: number;
  failure?: string;
}

/** Makes a peer's two runs, and holds what they compute to ours: the state without noise, and the spread with it. */
async function prepared(
  gpu: Gpu,
  peer: Peer,
  job: Job,
  expected: Expected | undefined,
): Promise<Entry & { states: Expected }> {
  const runners: Runner[] = [];
  for (const noise of [false, true]) runners.push(await peer.make(gpu, job, noise));
  for (const runner of runners) await runner.run();
  const [bare, noisy] = [await runners[0]?.read(), await runners[1]?.read()] as [
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  const states = { bare, deviation: deviationOf(noisy, bare) };
  const { bare: wanted, deviation } = expected ?? states;
  const difference = largestDifference(bare, wanted);
  if (!(difference <= AGREES)) throw new Error(`its state is ${difference} from ours`);
  const spread = Math.abs(states.deviation / deviation - 1) * Math.sqrt(job.x.length);
  if (!(spread <= SPREAD))
    throw new Error(`its noise has ${states.deviation} for its deviation, ours ${deviation}`);
  return { peer, runners, times: [[], []], difference, states };
}

interface Expected {
  readonly bare: ArrayLike<number>;
  readonly deviation: number;
}

/** Medians of milliseconds a step, over rounds of `steps` steps in which all take turns. */
export const comparePeers = (shared: Promise<Gpu>) =>
  async function peers(side: number, steps: number, rounds: number): Promise<Result[]> {
    const gpu = await shared;
    const job = jobOf(side, steps);
    const entries: Entry[] = [];
    let expected: Expected | undefined;
    for (const peer of PEERS) {
      try {
        const entry = await prepared(gpu, peer, job, expected);
        expected ??= entry.states;
        entries.push(entry);
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        entries.push({ peer, runners: [], times: [[], []], difference: Number.NaN, failure });
      }
    }
    for (let round = 0; round < rounds; round++)
      for (const { runners, times } of entries)
        for (const [i, runner] of runners.entries()) times[i]?.push((await runner.run()) / steps);
    for (const { runners } of entries) for (const runner of runners) runner.release();
    const [first] = entries as [Entry, ...Entry[]];
    return entries.map(({ peer: { name, draws }, times: [bare, noisy], difference, failure }) => ({
      ...{ name, draws, difference, bareMs: median(bare), noisyMs: median(noisy) },
      ...{ bareRatio: medianRatio(bare, first.times[0]), noisyRatio: medianRatio(noisy, first.times[1]) },
      ...{ bareBestMs: Math.min(...bare), noisyBestMs: Math.min(...noisy) },
      ...(failure && { failure }),
    }));
  };
