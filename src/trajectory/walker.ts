/**
 * A state on the GPU, and all that takes it along its path. It knows no clock, no canvas and no chart: what computes needs no
 * more, and what is watched is made round it.
 */
import type { Denoiser } from '../denoisers/denoiser.ts';
import { Limited } from '../denoisers/limited.ts';
import type { DenoiserOptions } from '../denoisers/list.ts';
import { type Prepared, preparing } from '../denoisers/prepared.ts';
import type { LimitOptions } from '../diffusion/limit.ts';
import { usesV } from '../diffusion/row-needs.ts';
import type { Gpu } from '../gpu/device.ts';
import { checkShape, type Shape, stateBuffer, stateBytes } from '../passes/shape.ts';
import { Checkpoints, checkpointPositions } from './checkpoints.ts';
import { Cursor } from './cursor.ts';
import { type GenerationOptions, type Journey, type JourneyOptions, journey } from './journey.ts';
import type { BoundOptions } from './meter.ts';
import type { Source } from './source.ts';

interface CommonOptions {
  /** What another run's denoiser knows, `run.prepared`: where this one's knows the same, they share it. */
  readonly prepared?: Prepared | undefined;
  /** Keeps x̂_0 within the range of pictures; left as it is where absent. The bound is that of what comes of it. */
  readonly limit?: LimitOptions | undefined;
  /** Checkpoints of an earlier run with the same options, whose device was lost; or which states to keep. */
  readonly checkpoints?: Checkpoints;
}

/** A run there and back. */
export interface RoundTripOptions extends JourneyOptions, CommonOptions {
  readonly source: Source;
  /** One image; any number of a batch when the source is values. */
  readonly shape: Shape;
  /** The oracle where none is named. */
  readonly denoiser?: DenoiserOptions;
  /** Measures the bound in the background; not measured where absent. */
  readonly bound?: BoundOptions;
}

/** A run that only comes back, with a denoiser that knows no source. */
export interface GeneratingOptions extends GenerationOptions, CommonOptions {
  readonly denoiser: DenoiserOptions;
}

export type TrajectoryOptions = RoundTripOptions | GeneratingOptions;

/** The buffers of a run: x_t, the source where there is one, and the rows of its path. */
interface Buffers {
  readonly x: GPUBuffer;
  readonly x0?: GPUBuffer;
  readonly table: GPUBuffer;
}

/** @throws RangeError where the run does not pass every x_t of the forward process. */
function checkBound({ bound, there, schedule: { T } }: RoundTripOptions, turn: number): void {
  if (bound && there) {
    throw new RangeError('the bound is that of the forward process, and this run leads there by inversion');
  }
  if (bound && turn < T) {
    throw new RangeError(`the bound needs every x_t to t = ${T}, and this run turns at ${turn}`);
  }
}

export class Walker {
  private constructor(
    readonly gpu: Gpu,
    readonly options: TrajectoryOptions,
    readonly path: Journey['path'],
    readonly checkpoints: Checkpoints,
    readonly buffers: Buffers,
    readonly cursor: Cursor,
    /** A state of its own on the same path, with a denoiser of its own unless one answers for both. */
    readonly another: () => Promise<Cursor>,
    /** What its denoiser knows, for every cursor, and for runs that are to share it. */
    readonly prepared: Prepared,
  ) {}

  /** @throws as `walking` does. To be called within it. */
  static async create(
    gpu: Gpu,
    options: TrajectoryOptions,
    prepare: () => Promise<Prepared>,
  ): Promise<Walker> {
    const { shape } = options;
    const source = 'source' in options ? options : undefined;
    // What only some runs need comes with them.
    const x0 = source && (await (await import('./source.ts')).loadSource(gpu, source.source, shape));
    const { path, table, slots, step } = await journey(gpu, options);
    checkShape(gpu, shape, slots);
    if (source) checkBound(source, path.T);
    const { levels } = path;
    const checkpoints =
      options.checkpoints ?? new Checkpoints(checkpointPositions(path, (1 + slots) * stateBytes(shape)));
    if ('given' in options && options.given) checkpoints.save(0, options.given);
    const prepared = await prepare();
    const denoiserOf = async (x: GPUBuffer): Promise<Denoiser> => {
      const denoiser = await prepared.bind({ x, x0, shape, levels });
      if (!denoiser.v && path.rows.some(usesV)) {
        throw new RangeError('a learned variance needs a model that says v; this denoiser says x̂_0 alone');
      }
      return options.limit ? Limited.create(gpu, denoiser, options.limit, shape) : denoiser;
    };
    const cursorOn = async (x: GPUBuffer, denoiser: Denoiser) =>
      new Cursor(
        x,
        await step(x, x0 ? { x0Hat: x0 } : denoiser),
        await step(x, denoiser),
        denoiser,
        path,
        checkpoints,
      );
    const x = stateBuffer(gpu, 'x_t', shape, slots);
    const denoiser = await denoiserOf(x);
    const another = async () => {
      const own = stateBuffer(gpu, 'x_t of the chart', shape, slots);
      // What does not look at the state answers for both.
      return cursorOn(own, denoiser.constant ? denoiser : await denoiserOf(own));
    };
    const cursor = await cursorOn(x, denoiser);
    const buffers = { x, table, ...(x0 && { x0 }) };
    return new Walker(gpu, options, path, checkpoints, buffers, cursor, another, prepared);
  }

  get denoiser(): Denoiser {
    return this.cursor.denoiser;
  }

  /** Gives back what a cursor of `another` took. */
  releaseCursor({ x, denoiser }: Cursor): void {
    if (denoiser !== this.denoiser) denoiser.release();
    this.gpu.release(x);
  }

  /** Gives all GPU memory back. The checkpoints stay with whoever holds them. */
  release(): void {
    this.denoiser.release();
    this.prepared.release();
    this.gpu.release(...Object.values(this.buffers));
  }
}

/**
 * What is made of a walker, in `gpu.checked`.
 * @throws RangeError as `journey`, `Prepared.of`, its `bind` and `wholeLimit` do, for a learned variance of which the
 * denoiser says nothing, and for a size the device cannot hold; Error with the GPU's words.
 */
export const walking = <Result>(
  gpu: Gpu,
  options: TrajectoryOptions,
  make: (walker: Walker) => Result | Promise<Result>,
): Promise<Result> =>
  preparing(gpu, { ...options, denoiser: options.denoiser ?? { name: 'oracle' } }, async (prepare) =>
    make(await Walker.create(gpu, options, prepare)),
  );
