/**
 * The run's GPU work: the run on the canvases or the live camera, and both again on another device. Nothing here knows
 * what the page looks like.
 */
import { type Direction, directionAt, positionAt, timeAt } from '../diffusion/path.ts';
import type { Gpu } from '../gpu/device.ts';
import { Exchange, type Steps } from '../player/exchange.ts';
import type { Checkpoints } from '../trajectory/checkpoints.ts';
import type { JourneyOptions } from '../trajectory/journey.ts';
import { Live } from '../trajectory/live.ts';
import type { Probed } from '../trajectory/probe.ts';
import type { Canvases } from '../trajectory/screens.ts';
import { type Shape, Trajectory } from '../trajectory/trajectory.ts';
import { leadsBothWays } from './samplers/names.ts';
import { colourOf, isWhole, type Place, type Settings, samplerOf, scheduleOf, turnOf } from './settings.ts';
import { shapeOf } from './source/shape.ts';

export interface SessionEvents {
  /** Another run is there: what it was made from is in force. */
  shown(wish: Wish): void;
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
 * The way back, and there. @throws InversionError, and RangeError where there are no such steps.
 */
async function waysOf(settings: Settings): Promise<Pick<JourneyOptions, 'steps' | 'there' | 'turn'>> {
  const sampler = samplerOf(settings);
  if (settings.start === 'inversion' && !leadsBothWays(sampler)) {
    throw new InversionError(colourOf(settings) ? 'coloured' : 'draws-noise');
  }
  if (sampler === 'posterior') return { turn: turnOf(settings) };
  const { runSteps } = await import('./samplers/run-steps.ts');
  return runSteps(sampler, settings, scheduleOf(settings));
}

/** What a run is made from, and where it is to be then: as far along as the one before, where that is not said. */
export interface Wish {
  readonly settings: Settings;
  readonly picture: Promise<ImageBitmap>;
  readonly place?: Place | undefined;
  readonly playing: boolean;
  /** What the host kept of the same run on a device that was lost. */
  readonly checkpoints?: Checkpoints;
}

interface Made {
  readonly wish: Wish;
  readonly run: Trajectory;
}

/** A camera's frames, with these settings. */
interface LiveWish {
  readonly video: HTMLVideoElement;
  readonly settings: Settings;
}

export class Session {
  readonly #runs: Exchange<Wish, Made>;
  /** What hides the run while it is there. */
  readonly #frames: Exchange<LiveWish, Live>;
  #probed = { x: 0.5, y: 0.5, channel: 0 };

  constructor(
    public gpu: Gpu,
    readonly canvases: () => Canvases,
    readonly events: SessionEvents,
  ) {
    this.#runs = new Exchange(this.#runsOn(gpu));
    this.#frames = new Exchange(this.#framesOn(gpu));
    this.#runs.addEventListener('shown', () => this.#show(this.#runs.shown as Made));
    this.#frames.addEventListener('shown', () => this.run?.pause());
  }

  get run(): Trajectory | undefined {
    return this.#runs.shown?.run;
  }

  get live(): Live | undefined {
    return this.#frames.shown;
  }

  /** What the run on the screen, or behind the camera, was made from. */
  get wish(): Wish | undefined {
    return this.#runs.shown?.wish;
  }

  /** What was wanted last: on its way, or there. */
  get newest(): Wish | undefined {
    return this.#runs.busy ? this.#runs.newest : this.wish;
  }

  /** What the run is made from. */
  get picture(): ImageBitmap | undefined {
    const { options } = this.run ?? {};
    return options && 'source' in options && options.source instanceof ImageBitmap
      ? options.source
      : undefined;
  }

  get shape(): Shape | undefined {
    return (this.live ?? this.run)?.options.shape;
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
   * Starts a run; the one before stays on the screen until it is ready, and for good if it fails. Of several calls the last one
   * wins; resolves to whether this one did.
   * @throws TooLarge for a size the device cannot hold, GpuError with the GPU's words, and as `waysOf`.
   */
  async start(wish: Wish): Promise<boolean> {
    this.#frames.giveUp();
    const shown = await this.#runs.want(wish);
    if (shown && this.live) {
      this.#frames.dispose();
      this.events.shown(wish);
    }
    return shown;
  }

  /** Shows a camera's frames, at the present time, until `stopLive`; resolves and throws as `start` does. */
  startLive(video: HTMLVideoElement, settings: Settings): Promise<boolean> {
    this.#runs.giveUp();
    return this.#frames.want({ video, settings });
  }

  /** Back from the camera to the run that was there before, if there was one. */
  async stopLive(): Promise<void> {
    this.#frames.dispose();
    await this.run?.attach(this.canvases());
  }

  #runsOn(gpu: Gpu): Steps<Wish, Made> {
    return {
      make: async (wish) => {
        const { settings } = wish;
        const picture = await wish.picture;
        const colour = colourOf(settings);
        const run = await Trajectory.create(gpu, {
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
          ...(wish.checkpoints && { checkpoints: wish.checkpoints }),
        });
        return { wish, run };
      },
      // The canvases keep the picture before until the run has walked to its place, which may be long: it is said meanwhile.
      attach: async ({ wish, run }) => {
        await run.attach(this.canvases());
        // Only now: the visitor may have moved meanwhile.
        const { direction, t } = wish.place ?? this.#placeIn(this.live ? wish.settings.T : run.path.T);
        run.seek(positionAt(run.path, direction, t));
      },
      release: ({ run }) => run.release(),
      restore: ({ run }) => run.repaint(),
    };
  }

  #framesOn(gpu: Gpu): Steps<LiveWish, Live> {
    return {
      make: ({ video, settings }) =>
        Live.create(gpu, {
          video,
          shape: shapeOf({ width: video.videoWidth, height: video.videoHeight }, settings),
          schedule: scheduleOf(settings),
          seed: settings.seed,
          noise: settings.normals,
          canvases: this.canvases(),
        }),
      attach: async (live) => {
        live.t = this.#placeIn(live.options.schedule.T).t;
      },
      release: (live) => live.release(),
    };
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

  #show({ wish, run }: Made): void {
    run.rate = wish.settings.rate;
    run.onChange = () => this.events.changed();
    this.#follow(run);
    if (wish.playing) run.play();
    // Behind the camera it waits.
    if (!this.live) this.events.shown(wish);
  }

  #follow(run: Trajectory): void {
    const { h, w } = run.options.shape;
    const { x, y, channel } = this.probed;
    run.probe((channel * h + y) * w + x, (value) => this.events.probed(value));
  }

  #place(p: number): Place {
    if (this.live) return { direction: 'forward', t: this.live.t };
    return this.run ? this.#placeOf(this.run, p) : { direction: 'forward', t: 0 };
  }

  #placeOf({ path, target }: Trajectory, p = target): Place {
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
   * The same run at the same place on another device, from the checkpoints that the host kept; or whatever is wanted
   * meanwhile.
   */
  async moveTo(gpu: Gpu): Promise<void> {
    this.gpu = gpu;
    const { run, busy } = { run: this.run, busy: this.#runs.busy };
    const renewed = this.#runs.renew(this.#runsOn(gpu), (newest) =>
      run && !busy
        ? {
            ...newest,
            place: this.#placeOf(run),
            playing: run.playing,
            checkpoints: run.checkpoints,
          }
        : newest,
    );
    await Promise.all([renewed, this.#frames.renew(this.#framesOn(gpu))]);
  }
}
