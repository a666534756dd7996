/** Runs that differ in their sampler only, walked in step. */
import { ladder } from '../../diffusion/ladder.ts';
import { positionAt } from '../../diffusion/path.ts';
import { samplers } from '../../diffusion/samplers/list.ts';
import { asks, type Level } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { Checkpoints } from '../../trajectory/checkpoints.ts';
import { type Shape, Trajectory } from '../../trajectory/trajectory.ts';
import { type Settings, scheduleOf } from '../settings.ts';
import { shapeOf } from '../source/shape.ts';
import type { Compared, Comparison } from './comparison.ts';
import { exactState } from './exact.ts';

/** The longest side in pixels: every state of four runs comes to the host. */
const SIDE: Settings['size'] = '256';

export interface Column {
  readonly name: Compared;
  readonly run: Trajectory;
  /** The position of every stop. */
  readonly positions: readonly number[];
  /** Whether its steps draw noise of their own. */
  readonly stochastic: boolean;
  /** How often the denoiser has been asked at every stop. */
  readonly evaluations: readonly number[];
}

/** The states of one stop, and what they should be. */
export interface Shown {
  readonly runs: Runs;
  readonly stop: number;
  readonly states: readonly Float32Array[];
  readonly exact: Float32Array;
}

export class Runs {
  #wanted = 0;
  #reading: Promise<void> | undefined;
  #released = false;

  private constructor(
    readonly columns: readonly Column[],
    /** The noise level of every stop, noise first. */
    readonly stops: readonly Level[],
    readonly shape: Shape,
    /** The source, NCHW. */
    readonly x0: Float32Array,
    /** What all begin with. */
    readonly noise: Float32Array,
    /** Of the data round the source. */
    readonly deviation: number,
  ) {}

  /**
   * All begin with the same x_T, noise that has never seen the picture; the denoiser is the exact one for pictures with
   * Gaussian grain round the source. @throws RangeError where the schedule has no such steps, Error with the GPU's words.
   */
  static async create(
    gpu: Gpu,
    picture: ImageBitmap,
    settings: Settings,
    { spacing, steps: n, deviation, samplers: names }: Comparison,
  ): Promise<Runs> {
    const schedule = scheduleOf(settings);
    const stops = ladder(schedule, spacing, n);
    const small = settings.size === '64' || settings.size === '128';
    const shape = shapeOf(picture, small ? settings : { ...settings, size: SIDE });
    const columns: Column[] = [];
    try {
      for (const name of names) {
        const steps = samplers[name].make()(stops);
        const run = await Trajectory.create(gpu, {
          source: picture,
          shape,
          schedule,
          seed: settings.seed,
          noise: settings.normals,
          start: 'fresh',
          denoiser: { name: 'gaussian', deviation },
          steps,
          // Nobody scrubs along the way there, and from x_T it is never far.
          checkpoints: new Checkpoints([]),
        });
        const turn = run.path.there.length;
        const positions = stops.map(({ t }, k) => (k === 0 ? turn : positionAt(run.path, 'reverse', t)));
        const evaluations = positions.map((p) => steps.slice(0, p - turn).filter(asks).length);
        columns.push({ name, run, positions, stochastic: samplers[name].stochastic, evaluations });
      }
      const [{ run, positions }] = columns as [Column, ...Column[]];
      const x0 = await run.read(0);
      const noise = await run.read(positions[0] as number);
      return new Runs(columns, stops, shape, x0, noise, deviation);
    } catch (error) {
      for (const { run } of columns) run.release();
      throw error;
    }
  }

  /** The number of the last stop. */
  get last(): number {
    return this.stops.length - 1;
  }

  /** What a perfect sampler of the ODE would have at a stop. */
  exact(stop: number): Float32Array {
    const [first, level] = [this.stops[0] as Level, this.stops[stop] as Level];
    return exactState(this.noise, this.x0, this.deviation, first, level);
  }

  /** The stop at which a column shows a position of its path, or the next one. */
  stopOf(column: Column, position: number): number {
    const stop = column.positions.findIndex((at) => at >= position);
    return stop < 0 ? this.last : stop;
  }

  /**
   * The states at a stop, one of each run, to `show`; of several calls before they are there, the last one's. Resolves
   * once nothing is wanted any more.
   */
  go(stop: number, show: (shown: Shown) => void): Promise<void> {
    this.#wanted = stop;
    this.#reading ??= this.#read(show).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(show: (shown: Shown) => void): Promise<void> {
    let shown = Number.NaN;
    while (shown !== this.#wanted && !this.#released) {
      const stop = this.#wanted;
      const states = await Promise.all(
        this.columns.map(({ run, positions }) => run.read(positions[stop] as number)),
      ).catch((error: unknown) => {
        // Released meanwhile: nobody waits for them.
        if (!this.#released) throw error;
      });
      if (!states || this.#released) return;
      show({ runs: this, stop, states, exact: this.exact(stop) });
      shown = stop;
    }
  }

  release(): void {
    this.#released = true;
    for (const { run } of this.columns) run.release();
  }
}
