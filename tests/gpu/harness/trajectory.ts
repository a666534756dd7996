import { runBytes } from '../../../src/trajectory/memory.ts';
import type { Probed } from '../../../src/trajectory/probe.ts';
import type { Canvases } from '../../../src/trajectory/screens.ts';
import { fetchDenoiser, Trajectory, type TrajectoryOptions } from '../../../src/trajectory/trajectory.ts';
import { download, gpu } from './device.ts';

export { Live } from '../../../src/trajectory/live.ts';
export { drawAt } from '../../../src/trajectory/probe.ts';
export { copyRate, shareOf } from '../../../src/trajectory/roof.ts';
export { Trajectory };

/** A run on the shared GPU for as long as `use` takes. */
export async function withRun<Result>(
  options: TrajectoryOptions,
  use: (run: Trajectory) => Result | Promise<Result>,
): Promise<Result> {
  const run = await Trajectory.create(gpu, options);
  try {
    return await use(run);
  } finally {
    run.release();
  }
}

/** What a run with these options is said to take. */
export async function saidBytes(options: TrajectoryOptions) {
  const { shape, denoiser = { name: 'oracle' }, steps, limit } = options;
  const source = 'source' in options ? options : undefined;
  const there = source?.there;
  const T = there?.length ?? source?.turn ?? source?.schedule.T;
  const bound = source?.bound !== undefined;
  const plan = { shape, T, steps, there, denoiser, limit: limit?.name, bound };
  return runBytes(gpu, plan, await fetchDenoiser(denoiser.name));
}

/** The state on the GPU now, without asking the run for it. */
export const peek = (run: Trajectory): Promise<Float32Array<ArrayBuffer>> => download(run.buffers.x);

let now = 0;

/** One animation frame, `ms` after the last, and the GPU's work for it. */
export async function frame(run: Trajectory, ms = 16): Promise<void> {
  now += ms;
  run.tick(now);
  await run.gpu.device.queue.onSubmittedWorkDone();
}

/** Frames until `done`. */
export async function framesUntil(run: Trajectory, done: () => boolean, ms = 16): Promise<void> {
  for (let frames = 0; !done(); frames++) {
    if (frames > 20_000) throw new Error(`still at ${run.shown} on the way to ${run.target}`);
    await frame(run, ms);
  }
}

/** The value at `index`, as the run tells it on reaching state `p`. */
export async function probeAt(run: Trajectory, p: number, index: number): Promise<Probed> {
  const probed = new Promise<Probed>((resolve) => {
    run.probe(index, (value) => value.p === p && resolve(value));
  });
  run.seek(p);
  await framesUntil(run, () => run.shown === p);
  return probed;
}

const canvas = (width: number, height: number) =>
  Object.assign(document.createElement('canvas'), { width, height });

export const canvases = (): Canvases => ({
  x: canvas(1, 1),
  x0: canvas(1, 1),
  x0Hat: canvas(1, 1),
  histogram: { canvas: canvas(128, 64), top: 1, colour: [0, 0, 0, 1] },
});

/** A message, where a promise was expected to fail; nothing, where it did not. */
export const failure = (promise: Promise<unknown>): Promise<{ name: string; message: string } | undefined> =>
  promise.then(
    () => undefined,
    ({ name, message }: Error) => ({ name, message }),
  );

/** Whatever makes something on the GPU, or moves data between it and the host. */
const COSTLY: readonly [object, readonly string[]][] = [
  [
    GPUDevice.prototype,
    Object.keys(GPUDevice.prototype).filter(
      (name) => name.startsWith('create') && name !== 'createCommandEncoder',
    ),
  ],
  [GPUQueue.prototype, ['writeBuffer', 'writeTexture', 'copyExternalImageToTexture']],
  [GPUBuffer.prototype, ['mapAsync']],
];

/** Names the costly calls that are made while `use` runs. */
export async function costlyCalls(use: () => Promise<void>): Promise<string[]> {
  const calls: string[] = [];
  const undo = COSTLY.flatMap(([prototype, names]) =>
    names.map((name) => {
      const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
      const method = methods[name] as (...args: unknown[]) => unknown;
      methods[name] = function (...args) {
        calls.push(name);
        return method.apply(this, args);
      };
      return () => {
        methods[name] = method;
      };
    }),
  );
  try {
    await use();
  } finally {
    for (const restore of undo) restore();
  }
  return calls;
}

/** A playing video of one unchanging picture, `paint`ed on a canvas. */
export async function videoOf(
  width: number,
  height: number,
  paint: (context: CanvasRenderingContext2D) => void,
): Promise<HTMLVideoElement> {
  const source = canvas(width, height);
  const context = source.getContext('2d') as CanvasRenderingContext2D;
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = source.captureStream();
  // A captured canvas sends a frame whenever it is painted.
  const painting = setInterval(() => paint(context), 20);
  await video.play();
  clearInterval(painting);
  return video;
}
