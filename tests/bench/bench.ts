/** The page's kernels, timed in the browser that shows them. Driven by scripts/bench.mjs. */
import { colourProcess } from '../../src/diffusion/colour.ts';
import { colourPath } from '../../src/diffusion/colour-path.ts';
import { ladder } from '../../src/diffusion/ladder.ts';
import type { LimitOptions } from '../../src/diffusion/limit.ts';
import { normals } from '../../src/diffusion/normal.ts';
import { path, sampledPath } from '../../src/diffusion/path.ts';
import { key } from '../../src/diffusion/random.ts';
import { slotCount } from '../../src/diffusion/sampler-rows.ts';
import { samplers } from '../../src/diffusion/samplers/list.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Gpu, requestGpu } from '../../src/gpu/device.ts';
import { Limit } from '../../src/passes/denoise/limit.ts';
import { LinearGaussian, rowTable } from '../../src/passes/process/linear-gaussian.ts';
import { colourRowTable, LinearGaussianColour } from '../../src/passes/process/linear-gaussian-colour.ts';
import { BYTES_PER_VALUE, type Shape, stateBuffer, valueCount } from '../../src/passes/shape.ts';
import { Checkpoints } from '../../src/trajectory/checkpoints.ts';
import type { Step } from '../../src/trajectory/journey.ts';
import { Trajectory, type TrajectoryOptions } from '../../src/trajectory/trajectory.ts';
import { compareIdeal } from './ideal.ts';
import { largeSet } from './large-set.ts';
import { localRatios, localRun } from './local.ts';
import { comparePeers } from './peers.ts';
import { measureNoiseParts, measureRoofline } from './roofline.ts';
import { scaleCosts, scaleKernels } from './scale.ts';
import { gpuMilliseconds, median } from './timer.ts';
import { bareWiener } from './wiener.ts';

const T = 1000;
const SEED = 1;
/** The first rows of the two runs. */
const FORWARD = 1;
const REVERSE = T + 2;
/** A step reads x and x̂_0 and writes x. */
const TRANSFERS = 3;

const rgb = (side: number): Shape => ({ n: 1, c: 3, h: side, w: side });

export interface StepTimes {
  forwardMs: number;
  reverseMs: number;
  forwardGBs: number;
  reverseGBs: number;
}

async function bareKernel(gpu: Gpu, shape: Shape) {
  const { rows } = path(cosine(T), SEED, 'forward');
  const table = rowTable(gpu, rows);
  const x = stateBuffer(gpu, 'x_t', shape);
  const x0Hat = stateBuffer(gpu, 'x_0', shape);
  const step = await LinearGaussian.create(gpu, { table, rows, x, x0Hat, shape });
  return { step, release: () => gpu.release(table, x, x0Hat) };
}

async function bareColourKernel(gpu: Gpu, shape: Shape) {
  const rows = colourPath(colourProcess('luma-first', cosine(T)), SEED, 'forward').rows;
  const table = colourRowTable(gpu, rows, shape);
  const x = stateBuffer(gpu, 'x_t', shape);
  const x0Hat = stateBuffer(gpu, 'x_0', shape);
  const step = await LinearGaussianColour.create(gpu, { table, x, x0Hat, shape });
  return { step, release: () => gpu.release(table, x, x0Hat) };
}

/** Milliseconds a step, over `count` steps from the row `first`, going through `rows` rows again and again. */
async function msPerStep(gpu: Gpu, step: Step, first: number, count: number, rows = T - 1): Promise<number> {
  const ms = await gpuMilliseconds(gpu, (pass) => {
    for (let k = 0; k < count; k++) step.encode(pass, first + (k % rows));
  });
  return ms / count;
}

/** Medians over rounds in which forward and reverse take turns. */
async function stepTimes(side: number, rounds: number, stepsPerRound: number): Promise<StepTimes> {
  const gpu = await shared;
  const shape = rgb(side);
  const { step, release } = await bareKernel(gpu, shape);
  const time = (first: number) => msPerStep(gpu, step, first, stepsPerRound);
  await time(FORWARD);
  const forward: number[] = [];
  const reverse: number[] = [];
  for (let round = 0; round < rounds; round++) {
    forward.push(await time(FORWARD));
    reverse.push(await time(REVERSE));
  }
  release();
  const bytes = TRANSFERS * BYTES_PER_VALUE * valueCount(shape);
  const rate = (ms: number) => bytes / ms / 1e6;
  const forwardMs = median(forward);
  const reverseMs = median(reverse);
  return { forwardMs, reverseMs, forwardGBs: rate(forwardMs), reverseGBs: rate(reverseMs) };
}

/** Medians of a reverse step with matrices and one with numbers, over rounds in which they take turns. */
async function colourRatio(side: number, rounds: number, stepsPerRound: number) {
  const gpu = await shared;
  const [scalar, colour] = [await bareKernel(gpu, rgb(side)), await bareColourKernel(gpu, rgb(side))];
  const time = (step: Step) => msPerStep(gpu, step, REVERSE, stepsPerRound);
  await time(scalar.step);
  await time(colour.step);
  const [scalarTimes, colourTimes]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    scalarTimes.push(await time(scalar.step));
    colourTimes.push(await time(colour.step));
  }
  scalar.release();
  colour.release();
  const [scalarMs, colourMs] = [median(scalarTimes), median(colourTimes)];
  return { scalarMs, colourMs, ratio: colourMs / scalarMs };
}

/**
 * A step of every sampler that asks the denoiser once, as a multiple of the exact chain's: medians of rounds in which it
 * and the chain take turns. The denoiser's own cost is the same for all, and left out.
 */
async function samplerRatios(side: number, rounds: number, stepsPerRound: number) {
  const gpu = await shared;
  const shape = rgb(side);
  const schedule = cosine(T);
  const levels = ladder(schedule, 'linspace', T / 4);
  const oneStage = Object.entries(samplers).filter(([, { evaluations }]) => evaluations === 1);
  const runs = oneStage.map(([name, { make }]) => ({
    name,
    rows: sampledPath(schedule, SEED, 'forward', make()(levels)).rows,
  }));
  const chain = { name: 'posterior', rows: path(schedule, SEED, 'forward').rows };
  const slots = Math.max(...runs.map(({ rows }) => slotCount(rows)));
  const x = stateBuffer(gpu, 'x_t', shape, slots);
  const x0Hat = stateBuffer(gpu, 'x_0', shape);
  const tables: GPUBuffer[] = [];
  const timed = await Promise.all(
    [chain, ...runs].map(async ({ name, rows }) => {
      const table = rowTable(gpu, rows);
      tables.push(table);
      const step = await LinearGaussian.create(gpu, { table, rows, x, x0Hat, shape });
      // Past the first steps, which have nothing to recall yet.
      const time = () => msPerStep(gpu, step, REVERSE + 10, stepsPerRound, T / 8);
      return { name, time, ratios: [] as number[] };
    }),
  );
  const [chainTimed, ...samplersTimed] = timed as [(typeof timed)[number], ...typeof timed];
  for (const { time } of timed) await time();
  for (let round = 0; round < rounds; round++) {
    // The chain is timed anew beside each, so that a machine whose speed drifts is fair to all.
    for (const { time, ratios } of samplersTimed) ratios.push((await time()) / (await chainTimed.time()));
  }
  gpu.release(x, x0Hat, ...tables);
  return samplersTimed.map(({ name, ratios }) => ({ name, ratio: median(ratios) }));
}

/**
 * A clip and a dynamic threshold of x̂_0, each as a multiple of a step back: medians of rounds in which it and the step
 * take turns.
 */
async function limitRatios(side: number, rounds: number, stepsPerRound: number) {
  const gpu = await shared;
  const shape = rgb(side);
  const { step, release } = await bareKernel(gpu, shape);
  const [x0Hat, limited] = [stateBuffer(gpu, 'x̂_0', shape), stateBuffer(gpu, 'limited', shape)];
  // A third of them beyond the range of pictures.
  gpu.device.queue.writeBuffer(x0Hat, 0, new Float32Array(normals(key(SEED), valueCount(shape))));
  const buffers = { x0Hat, limited, shape };
  const ratioOf = async (options: LimitOptions) => {
    const limit = await Limit.create(gpu, options, buffers);
    const time = (timed: Step) => msPerStep(gpu, timed, REVERSE, stepsPerRound);
    const ratios: number[] = [];
    await time(limit);
    for (let round = 0; round < rounds; round++) ratios.push((await time(limit)) / (await time(step)));
    limit.release();
    return median(ratios);
  };
  const found = {
    clip: await ratioOf({ name: 'clip' }),
    threshold: await ratioOf({ name: 'dynamic-threshold', max: 10 }),
  };
  release();
  gpu.release(x0Hat, limited);
  return found;
}

/** The Wiener denoiser's answer for one image and for two, as multiples of a step back for as many: medians of rounds in turn. */
async function wienerRatios(side: number, rounds: number, stepsPerRound: number) {
  const gpu = await shared;
  const ratioOf = async (n: number) => {
    const shape = { ...rgb(side), n };
    const [bare, wiener] = [await bareKernel(gpu, shape), await bareWiener(gpu, shape)];
    const time = (timed: Step) => msPerStep(gpu, timed, REVERSE, stepsPerRound);
    const [ms, ratios]: [number[], number[]] = [[], []];
    await time(wiener.step);
    for (let round = 0; round < rounds; round++) {
      const taken = await time(wiener.step);
      ms.push(taken);
      ratios.push(taken / (await time(bare.step)));
    }
    bare.release();
    wiener.release();
    return { ms: median(ms), ratio: median(ratios) };
  };
  return { one: await ratioOf(1), two: await ratioOf(2) };
}

/** Wall milliseconds of steps `from` … `to` as the bare loop: nothing but the kernel, many steps a submission. */
async function bareLoop(gpu: Gpu, step: LinearGaussian, from: number, to: number): Promise<number> {
  const perSubmit = 10;
  const begun = performance.now();
  for (let p = from; p < to; p += perSubmit) {
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let k = p; k < Math.min(p + perSubmit, to); k++) step.encode(pass, k + 1);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
  }
  await gpu.device.queue.onSubmittedWorkDone();
  return performance.now() - begun;
}

/** Wall milliseconds of the same steps as a visitor sees them: every frame's steps, pictures and histogram. */
async function played(run: Trajectory, to: number): Promise<number> {
  const begun = performance.now();
  run.play();
  await new Promise<void>((resolve) => {
    const tick = (now: number) => {
      run.tick(now);
      if (run.cursor.position >= to || !run.playing) resolve();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  run.pause();
  await run.gpu.device.queue.onSubmittedWorkDone();
  return performance.now() - begun;
}

const canvas = (id: string) => document.getElementById(id) as HTMLCanvasElement;

/**
 * The ratio of a played run of `steps` steps to the bare loop over the same steps, as the two take turns at `turns` parts.
 * The playing may pass a part's end by the steps of one frame, so each side counts its own steps.
 */
async function playedRatio(side: number, steps: number, turns: number) {
  const gpu = await shared;
  const shape = rgb(side);
  const { step, release } = await bareKernel(gpu, shape);
  const source = new Float32Array(valueCount(shape));
  const options = { source, shape, schedule: cosine(steps), seed: SEED, start: 'forward' } as const;
  // No checkpoints wanted: the background's work is not what is measured.
  const run = await Trajectory.create(gpu, { ...options, checkpoints: new Checkpoints([]) });
  await run.attach({
    x: canvas('x'),
    x0: canvas('x0'),
    x0Hat: canvas('x0-hat'),
    histogram: { canvas: canvas('histogram'), top: 0.8, colour: [0.5, 0.5, 1, 1] },
  });
  run.rate = Number.POSITIVE_INFINITY;
  let bareMs = 0;
  let bareSteps = 0;
  let playedMs = 0;
  const part = Math.ceil(steps / turns);
  await bareLoop(gpu, step, 0, 10);
  for (let from = 0; from < steps; from += part) {
    const to = Math.min(from + part, steps);
    const before = Math.max(run.cursor.position, 0);
    playedMs += await played(run, to);
    const took = run.cursor.position - before;
    bareMs += await bareLoop(gpu, step, before, before + took);
    bareSteps += took;
  }
  run.release();
  release();
  return { bareMs, playedMs, steps: bareSteps, ratio: playedMs / bareMs };
}

/** Wall milliseconds of charting a whole run, as the background does it but many steps a submission. */
async function charted(gpu: Gpu, options: TrajectoryOptions): Promise<number> {
  const run = await Trajectory.create(gpu, options);
  await gpu.device.queue.onSubmittedWorkDone();
  const begun = performance.now();
  while (!run.chart.done) {
    const encoder = gpu.device.createCommandEncoder();
    run.chart.encode(encoder, 20);
    gpu.device.queue.submit([encoder.finish()]);
    await run.chart.collect();
  }
  await gpu.device.queue.onSubmittedWorkDone();
  const ms = performance.now() - begun;
  run.release();
  return ms;
}

/** The ratio of charting a run of `steps` steps with its bound measured to charting alone: medians of rounds in turn. */
async function boundRatio(side: number, steps: number, rounds: number) {
  const gpu = await shared;
  const shape = rgb(side);
  const options: TrajectoryOptions = {
    source: new Float32Array(valueCount(shape)),
    shape,
    schedule: cosine(steps),
    seed: SEED,
    start: 'forward',
    denoiser: { name: 'blurred-oracle', radius: 2 },
  };
  const measured: TrajectoryOptions = { ...options, bound: { variance: 'beta-1' } };
  await charted(gpu, measured);
  const alone: number[] = [];
  const bound: number[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await charted(gpu, options));
    bound.push(await charted(gpu, measured));
  }
  const [aloneMs, boundMs] = [median(alone), median(bound)];
  return { aloneMs, boundMs, ratio: boundMs / aloneMs };
}

/** What GPU memory a run takes with its canvases, in bytes. */
async function memory(side: number) {
  const gpu = await shared;
  const before = gpu.bytes;
  const shape = rgb(side);
  const source = new Float32Array(valueCount(shape));
  const options = { source, shape, schedule: cosine(T), seed: SEED, start: 'forward' } as const;
  const run = await Trajectory.create(gpu, options);
  const bytes = gpu.bytes - before;
  run.release();
  return bytes;
}

const shared = requestGpu();
const bench = {
  adapter: async () => {
    const gpu = await shared;
    return { name: gpu.adapterName, timestamps: gpu.timestamps, software: gpu.software };
  },
  stepTimes,
  colourRatio,
  limitRatios,
  wienerRatios,
  samplerRatios,
  playedRatio,
  boundRatio,
  memory,
  noiseParts: measureNoiseParts(shared),
  peers: comparePeers(shared),
  roofline: measureRoofline(shared),
  largeSet: largeSet(shared),
  scale: scaleCosts(shared),
  scaleKernels: () => scaleKernels,
  localRatios: async (n: number, N: number, side: number, rounds: number) =>
    localRatios(await shared, n, N, side, rounds),
  localRun: async (n: number, N: number, side: number, steps: number) =>
    localRun(await shared, n, N, side, steps),
  idealRates: compareIdeal(shared),
};
declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
