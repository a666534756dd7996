/**
 * The run's GPU work: the run on the canvases or the live camera, and both again on another device. Nothing here knows
 * what the page looks like.
 */
import { chain, type Direction, directionAt, positionAt, timeAt } from '../diffusion/path.ts';
import type { Gpu } from '../gpu/device.ts';
import type { JourneyOptions } from '../trajectory/journey.ts';
import { Live } from '../trajectory/live.ts';
import type { Probed } from '../trajectory/probe.ts';
import type { Canvases } from '../trajectory/screens.ts';
import { type Shape, Trajectory } from '../trajectory/trajectory.ts';
import { leadsBothWays } from './samplers/names.ts';
import { colourOf, isWhole, type Place, type Settings, scheduleOf, turnOf } from './settings.ts';
import { shapeOf } from './source/shape.ts';

export interface SessionEvents {
  /** What is shown has changed. */
  changed(): void;
  /** The probed pixel has come, for the state that was shown. */
  probed(value: Probed): void;
}

/** A picture's noise is to be found by a sampler that draws noise, or where noise has colours. */
export class InversionError extends Error {
  constructor(readonly reason: 'draws-noise' | 'coloured') {
    super(reason);
  }
}

/**
 * The way back, and there. The exact chain where no sampler is chosen, and for colour noise, which only its own posterior
 * undoes. @throws InversionError, and RangeError where there are no such steps.
 */
async function waysOf(settings: Settings): Promise<Pick<JourneyOptions, 'steps' | 'there' | 'turn'>> {
  const { sampler, start } = settings;
  const coloured = colourOf(settings) !== undefined;
  if (start === 'inversion' && coloured) throw new InversionError('coloured');
  if (start === 'inversion' && !leadsBothWays(sampler)) throw new InversionError('draws-noise');
  if (sampler === 'posterior' || coloured) return { turn: turnOf(settings) };
  const { runSteps } = await import('./samplers/run-steps.ts');
  return runSteps(sampler, settings, scheduleOf(settings));
}

export class Session {
  run: Trajectory | undefined;
  live: Live | undefined;
  #probed = { x: 0.5, y: 0.5, channel: 0 };
  #latest = 0;

  constructor(
    public gpu: Gpu,
    readonly canvases: () => Canvases,
    readonly events: SessionEvents,
  ) {}

  get shape(): Shape | undefined {
    return (this.live ?? this.run)?.options.shape;
  }

  /** What the run is made from. */
  get picture(): ImageBitmap | undefined {
    const { options } = this.run ?? {};
    return options && 'source' in options && options.source instanceof ImageBitmap
      ? options.source
      : undefined;
  }

  /** The probed pixel and channel of the picture that is shown. */
  get probed(): { x: number; y: number; channel: number } {
    const { h, w, c } = this.shape ?? { h: 1, w: 1, c: 1 };
    const { x, y, channel } = this.#probed;
    return { x: Math.floor(x * w), y: Math.floor(y * h), channel: Math.min(channel, c - 1) };
  }

  /** Follows another pixel or channel. The place is kept as a part of the picture, so that it survives a new size. */
  probe({ x, y, channel }: { x: number; y: number; channel: number }): void {
    const { h, w } = this.shape ?? { h: 1, w: 1 };
    this.#probed = { x: (x + 0.5) / w, y: (y + 0.5) / h, channel };
    if (this.run) this.#follow(this.run);
  }

  /** What the canvases show. */
  get shown(): Place {
    return this.#place(this.run?.shown ?? 0);
  }

  /** Where the visitor is or wants to be: ahead of what is shown while a jump is under way. */
  get place(): Place {
    return this.#place(this.run?.target ?? 0);
  }

  get msPerStep(): number {
    return (this.live ?? this.run)?.msPerStep ?? Number.NaN;
  }

  /**
   * Starts a run at `place`, or else as far along as the one before, which stays on the screen until the new one is
   * ready, and for good if it fails. Of several calls the last one wins; resolves to whether this one did.
   * @throws TooLarge for a size the device cannot hold, GpuError with the GPU's words.
   */
  async start(
    picture: ImageBitmap,
    settings: Settings,
    place: Place | undefined,
    playing: boolean,
  ): Promise<boolean> {
    const call = ++this.#latest;
    const colour = colourOf(settings);
    const run = await Trajectory.create(this.gpu, {
      source: picture,
      shape: shapeOf(picture, settings),
      schedule: scheduleOf(settings),
      seed: settings.seed,
      noise: settings.normals,
      start: settings.start === 'fresh' ? 'fresh' : 'forward',
      denoiser: { name: settings.denoiser, radius: settings.radius, deviation: settings.deviation },
      ...(await waysOf(settings)),
      limit: settings.limit === 'none' ? undefined : { name: settings.limit },
      ...(colour && { colour }),
      // The bound is that of scalar noise, all the way from x_T.
      ...(!colour && isWhole(settings) && { bound: { variance: 'beta-1' } }),
    });
    if (!(await this.#attach(run, call))) return false;
    const live = this.live && this.#placeIn(settings.T);
    this.live?.release();
    this.live = undefined;
    this.#show(run, place ?? live, settings.rate, playing);
    return true;
  }

  /** Shows a camera's frames, at the present time, until `stopLive`; resolves and throws as `start` does. */
  async startLive(video: HTMLVideoElement, settings: Settings): Promise<boolean> {
    const call = ++this.#latest;
    const live = await Live.create(this.gpu, {
      video,
      shape: shapeOf({ width: video.videoWidth, height: video.videoHeight }, settings),
      schedule: scheduleOf(settings),
      seed: settings.seed,
      noise: settings.normals,
      canvases: this.canvases(),
    });
    if (call !== this.#latest) {
      live.release();
      return false;
    }
    this.run?.pause();
    live.t = this.#placeIn(settings.T).t;
    this.live?.release();
    this.live = live;
    return true;
  }

  /** Back from the camera to the run that was there before, if there was one. */
  async stopLive(): Promise<void> {
    this.live?.release();
    this.live = undefined;
    await this.run?.attach(this.canvases());
  }

  /** `n` states along the run, backwards when negative. */
  step(n: number): void {
    if (this.live) {
      this.live.t = Math.min(Math.max(this.live.t + n, 0), this.live.options.schedule.T);
    } else {
      this.run?.pause();
      this.run?.seek(this.run.target + n);
    }
  }

  go(direction: Direction, t: number): void {
    if (this.live) this.live.t = t;
    else this.run?.seek(positionAt(this.run.path, direction, t));
  }

  /** Stands still at a state of the run. */
  seek(position: number): void {
    if (this.live) return;
    this.run?.pause();
    this.run?.seek(position);
  }

  tick(now: number): void {
    if (this.live) {
      this.live.tick(now);
      this.events.changed();
    } else this.run?.tick(now);
  }

  /**
   * Gets a run ready for the canvases, which still show the one before; released where that fails, or where something else
   * was called for meanwhile. Resolves to whether it is still wanted.
   */
  async #attach(run: Trajectory, call: number): Promise<boolean> {
    try {
      if (call === this.#latest) await run.attach(this.canvases());
    } catch (error) {
      run.release();
      throw error;
    }
    if (call !== this.#latest) run.release();
    return call === this.#latest;
  }

  #show(run: Trajectory, place: Place | undefined, rate: number, playing: boolean): void {
    const before = this.run;
    // Only now: the visitor may have moved meanwhile.
    const { direction, t } = place ?? this.#placeIn(run.path.T);
    before?.release();
    this.run = run;
    run.rate = rate;
    run.onChange = () => this.events.changed();
    run.seek(positionAt(run.path, direction, t));
    this.#follow(run);
    if (playing) run.play();
  }

  #follow(run: Trajectory): void {
    const { h, w } = run.options.shape;
    const { x, y, channel } = this.probed;
    run.probe((channel * h + y) * w + x, (value) => this.events.probed(value));
  }

  #place(p: number): Place {
    if (this.live) return { direction: 'forward', t: this.live.t };
    const path = this.run?.path ?? chain(1);
    const known = Math.max(p, 0);
    return { direction: directionAt(path, known), t: timeAt(path, known) };
  }

  /** The present place in a run of T steps. */
  #placeIn(T: number): Place {
    const { direction, t } = this.place;
    const before = this.live?.options.schedule ?? this.run?.path;
    return { direction, t: before ? Math.round((t * T) / before.T) : t };
  }

  /**
   * The same run at the same place on another device, from the checkpoints that the host kept; or whatever is called for
   * meanwhile.
   */
  async moveTo(gpu: Gpu): Promise<void> {
    const { run: lost, live } = this;
    const call = this.#latest;
    this.gpu = gpu;
    if (lost) {
      const { checkpoints, options, playing, rate } = lost;
      const run = await Trajectory.create(gpu, { ...options, checkpoints });
      if (!(await this.#attach(run, call))) return;
      this.#show(run, undefined, rate, playing);
    }
    if (live) {
      this.live = await Live.create(gpu, { ...live.options, canvases: this.canvases() });
      this.live.t = live.t;
    }
  }
}
