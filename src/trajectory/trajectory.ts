/**
 * A run that can be watched: the image dissolves through q(x_t | x_{t−1}) and comes back through q(x_{t−1} | x_t, x_0).
 * It plays, pauses and jumps to any state of its path; the state at a position is the same bits however it is reached.
 */
import type { Denoiser } from '../denoisers/denoiser.ts';
import type { Prepared } from '../denoisers/prepared.ts';
import { lastPosition } from '../diffusion/path.ts';
import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import { valueCount } from '../passes/shape.ts';
import type { Becoming } from './becoming.ts';
import type { Bound } from './bound.ts';
import { Chart } from './chart.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Cursor } from './cursor.ts';
import type { BoundOptions } from './meter.ts';
import { Pace } from './pace.ts';
import { Probe, type Probed } from './probe.ts';
import { type Canvases, Screens } from './screens.ts';
import { type RoundTripOptions, type TrajectoryOptions, type Walker, walking } from './walker.ts';

export { type DenoiserKind, fetchDenoiser } from '../denoisers/list.ts';
export type { Shape } from '../passes/shape.ts';
export type { GeneratingOptions, RoundTripOptions, TrajectoryOptions } from './walker.ts';

/** Milliseconds of GPU work a frame may hold, so that the page stays responsive. */
const FRAME_MS = 14;
/**
 * Where a single step takes longer than a frame, as on a software adapter, a run played as fast as can be holds more work
 * in a frame and is painted less often.
 */
const RACING_MS = 100;
const RACING_PICTURE_MS = 400;
/** The background's share while a person is watching the run play. */
const SHARED_MS = 4;

/** Measures the bound beside the chart. */
async function meterOf({ gpu, buffers }: Walker, { x, denoiser }: Cursor, options: RoundTripOptions) {
  const { Meter } = await import('./meter.ts');
  const { shape, schedule, bound } = options;
  const x0 = buffers.x0 as GPUBuffer;
  return Meter.create(gpu, { x, x0, denoiser, shape, schedule, ...(bound as BoundOptions) });
}

export class Trajectory {
  /** Steps per second; Infinity plays as fast as the GPU goes. */
  rate = 60;
  playing = false;
  /** Whether the background may walk ahead and keep checkpoints. */
  charting = true;
  /** The position on the screen. */
  shown = -1;
  /** Called after every change of what is shown, charted or measured. */
  onChange: () => void = () => {};

  #target = 0;
  #due = 0;
  #tickedAt = 0;
  #repaint = false;
  #paintedAt = 0;
  #screens: Screens | undefined;
  #probe: Probe | undefined;
  #becoming: Becoming | undefined;
  #released = false;
  #reading: Promise<unknown> = Promise.resolve();
  readonly #pace = new Pace();

  private constructor(
    readonly walker: Walker,
    readonly chart: Chart,
  ) {}

  /** @throws as `walking` does. */
  static create(gpu: Gpu, options: TrajectoryOptions): Promise<Trajectory> {
    return walking(gpu, options, async (walker) => {
      const cursor = await walker.another();
      const meter = 'source' in options && options.bound && (await meterOf(walker, cursor, options));
      return new Trajectory(walker, new Chart(gpu, cursor, walker.checkpoints, meter || undefined));
    });
  }

  get gpu(): Gpu {
    return this.walker.gpu;
  }

  get options(): TrajectoryOptions {
    return this.walker.options;
  }

  get path(): Walker['path'] {
    return this.walker.path;
  }

  get checkpoints(): Checkpoints {
    return this.walker.checkpoints;
  }

  get buffers(): Walker['buffers'] {
    return this.walker.buffers;
  }

  get cursor(): Cursor {
    return this.walker.cursor;
  }

  /** What its denoiser knows, for view and chart, and for runs that are to share it. */
  get prepared(): Prepared {
    return this.walker.prepared;
  }

  get denoiser(): Denoiser {
    return this.cursor.denoiser;
  }

  get last(): number {
    return lastPosition(this.path);
  }

  /** Where the run is going: what is shown, unless a jump is under way. */
  get target(): number {
    return this.#target;
  }

  get seeking(): boolean {
    return !this.playing && this.shown !== this.#target;
  }

  /** The bound, once the chart has walked the forward half; undefined before, and where none was asked for. */
  get bound(): Bound | undefined {
    return this.chart.meter?.bound;
  }

  get msPerStep(): number {
    return this.#pace.msPerStep;
  }

  /** The same while many steps follow each other; NaN until they have. */
  get busyMsPerStep(): number {
    return this.#pace.busyMsPerStep;
  }

  /** Shows the run on these canvases from now on. */
  async attach(canvases: Canvases): Promise<void> {
    const { x, x0 } = this.buffers;
    const { x0Hat, constant } = this.denoiser;
    const state = { x, ...(x0 && { x0 }), x0Hat, constant, shape: this.options.shape };
    const screens = await this.gpu.checked(() => Screens.create(this.gpu, state, canvases));
    if (this.#released) return screens.release();
    this.#screens?.release();
    this.#screens = screens;
    this.#repaint = true;
  }

  /** Whether its canvases show the state that it was sent to. */
  get painted(): boolean {
    return !this.#repaint && this.shown === this.#target;
  }

  /** Paints again what its canvases show, with the next frame. */
  repaint(): void {
    this.#repaint = true;
  }

  /** From now on tells of one value, by its index in the state, with every state that is shown. */
  probe(index: number, onValue: (probed: Probed) => void): void {
    this.#probe?.release();
    const { x, x0 = x } = this.buffers;
    const states = [x, x0, this.denoiser.x0Hat];
    this.#probe = new Probe(this.gpu, states, index, onValue);
    this.#repaint = true;
  }

  /** From now on lets it tell which image of its set the state that is shown is becoming; takes it over. None: nobody. */
  follow(becoming?: Becoming): void {
    this.#becoming?.release();
    this.#becoming = becoming;
    if (this.#released) becoming?.release();
    this.#repaint = true;
  }

  play(): void {
    if (this.#target === this.last) this.#target = 0;
    this.#due = 0;
    this.playing = true;
    this.onChange();
  }

  pause(): void {
    this.playing = false;
    if (this.shown >= 0) this.#target = this.cursor.position;
    this.onChange();
  }

  /** Goes to state `p`, in the nearest frames; positions outside the path are brought to its ends. */
  seek(p: number): void {
    this.#target = Math.min(Math.max(Math.round(p), 0), this.last);
    this.#due = 0;
    if (this.#target === this.last) this.playing = false;
    this.onChange();
  }

  /** One frame of work: steps, the background's share, and the picture. To be called for each animation frame. */
  tick(now: number): void {
    const elapsed = Math.min(now - this.#tickedAt, 250);
    this.#tickedAt = now;
    // A jump takes no playing time; and 0 ms at an infinite rate are no steps, not NaN.
    if (this.playing && this.#arrived) this.#due += (elapsed * this.rate) / 1000 || 0;
    if (!this.#pace.ready || this.#released) return;

    const encoder = this.gpu.device.createCommandEncoder({ label: 'frame' });
    const viewSteps = this.#advance(encoder);
    const chartSteps = this.#encodeChart(encoder, viewSteps);
    const painted = this.#paint(encoder, now);
    if (viewSteps + chartSteps === 0 && !painted) return;
    const probed = painted ? this.#probe?.encode(encoder, this.shown) : undefined;
    const became = painted ? this.#becoming?.encode(encoder, this.shown, now, this.playing) : undefined;
    this.gpu.device.queue.submit([encoder.finish()]);
    for (const copied of [probed, became]) if (copied) void unlessReleased(copied());
    const done = this.gpu.device.queue.onSubmittedWorkDone();
    void this.#pace.submitted(viewSteps + chartSteps, done, chartSteps === 0);
    if (chartSteps > 0) void unlessReleased(this.#collect());
    if (painted) this.onChange();
  }

  /**
   * State `p` as values, NCHW; for those who compute rather than watch. Several at once are answered one after the other.
   * @throws AbortError when the run is released or sent elsewhere before it is there.
   */
  read(p: number): Promise<Float32Array<ArrayBuffer>> {
    const answer = this.#reading.then(() => this.#read(p));
    this.#reading = answer.catch(() => {});
    return answer;
  }

  async #read(p: number): Promise<Float32Array<ArrayBuffer>> {
    const { device } = this.gpu;
    const readback = await this.gpu.checked(() => new Readback(this.gpu, this.buffers.x.size));
    try {
      this.pause();
      this.seek(p);
      const goal = this.#target;
      const wanted = () => !this.#released && this.#target === goal;
      while (wanted() && !this.#arrived) {
        const encoder = device.createCommandEncoder({ label: 'read' });
        const steps = this.#advance(encoder);
        device.queue.submit([encoder.finish()]);
        await this.#pace.submitted(steps, device.queue.onSubmittedWorkDone());
      }
      if (!wanted()) throw new DOMException('the run was released or sent elsewhere', 'AbortError');
      const encoder = device.createCommandEncoder({ label: 'read' });
      readback.encode(encoder, this.buffers.x);
      device.queue.submit([encoder.finish()]);
      const padded = await readback.read();
      return padded.slice(0, valueCount(this.options.shape));
    } finally {
      readback.release();
    }
  }

  /** Gives all GPU memory back. The checkpoints stay with whoever holds them. */
  release(): void {
    this.#released = true;
    this.#screens?.release();
    this.#probe?.release();
    this.#becoming?.release();
    this.chart.release();
    this.walker.releaseCursor(this.chart.cursor);
    this.walker.release();
  }

  get #arrived(): boolean {
    return this.cursor.position === this.#target;
  }

  /** Whether speed is all that counts, on an adapter so slow that pictures would take a good part of the time. */
  get #racing(): boolean {
    return this.playing && this.rate === Number.POSITIVE_INFINITY && this.#pace.msPerStep > FRAME_MS;
  }

  /** Steps of the state being watched: those that are due while playing, all that fit in a frame while seeking. */
  #advance(encoder: GPUCommandEncoder): number {
    const most = this.#pace.stepsIn(this.#racing ? RACING_MS : FRAME_MS);
    if (this.playing && this.#arrived) {
      const due = Math.min(Math.floor(this.#due), most);
      this.#due = Math.min(this.#due - due, 1) || 0;
      this.#target = Math.min(this.#target + due, this.last);
    }
    if (this.#arrived) return 0;
    const pass = encoder.beginComputePass({ label: 'steps' });
    const steps = this.cursor.advance(this.gpu.device.queue, pass, this.#target, most);
    pass.end();
    if (this.playing && this.cursor.position === this.last) this.playing = false;
    return steps;
  }

  #encodeChart(encoder: GPUCommandEncoder, viewSteps: number): number {
    if (!this.charting) return 0;
    return this.chart.encode(
      encoder,
      this.#pace.stepsIn(viewSteps > 0 || this.playing ? SHARED_MS : FRAME_MS),
    );
  }

  async #collect(): Promise<void> {
    if (await this.chart.collect()) this.onChange();
  }

  /** What is shown as x̂_0 belongs to the x_t beside it. */
  #denoise(encoder: GPUCommandEncoder): void {
    if (this.denoiser.constant) return;
    const pass = encoder.beginComputePass({ label: 'x̂_0' });
    this.cursor.denoise(pass);
    pass.end();
  }

  /** Paints on arrival, not on the way: what is on the screen is always the state that its label names. */
  #paint(encoder: GPUCommandEncoder, now: number): boolean {
    if (!this.#arrived || (this.shown === this.#target && !this.#repaint)) return false;
    if (this.#racing && !this.#repaint && now - this.#paintedAt < RACING_PICTURE_MS) return false;
    this.#denoise(encoder);
    if (this.#repaint) this.#screens?.encodeSource(encoder);
    this.#screens?.encode(encoder, now, this.playing);
    this.#repaint = false;
    this.#paintedAt = now;
    this.shown = this.#target;
    return true;
  }
}

/** Releasing a run, or losing its device, cancels the copies under way; that is no news. */
async function unlessReleased(copy: Promise<void>): Promise<void> {
  try {
    await copy;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
