/**
 * Every change of what is run: a picture, settings, the camera. What is asked for becomes a run when it can be; if it
 * cannot, the run before stays, and so do its settings.
 */
import { refusalOf } from './refusal.ts';
import { leadsBothWays } from './samplers/names.ts';
import { InversionError, type Session, type Wish } from './session.ts';
import { defaults, type Place, parseSetting, type Settings } from './settings.ts';
import { CameraError, closeCamera, openCamera } from './source/camera.ts';
import { decodePicture, PictureError } from './source/picture.ts';
import { loadSample, type SampleName } from './source/samples.ts';
import { stillness } from './stillness.ts';
import type { Text } from './text/areas.ts';

/** Whoever shows the run, and says what became of a request. */
export interface Host {
  readonly text: Text;
  /** Undefined until there is a GPU. */
  readonly session: Session | undefined;
  /** Those in force. */
  readonly settings: Settings;
  show(notice: string, problem?: boolean): void;
  /** Other settings are in force. */
  adopt(settings: Settings): void;
  /** What is shown has changed. */
  changed(): void;
  /** Nothing has, and controls are to say so. */
  requestUpdate(): void;
}

export class Requests {
  #video: HTMLVideoElement | undefined;
  #cameraOpening = false;
  /** Before there is a run. */
  readonly #first: Wish = { settings: defaults(true), picture: loadSample('lake'), playing: false };

  constructor(readonly host: Host) {}

  /** The run on the screen, or waiting behind the camera. */
  get #made(): Wish {
    return this.host.session?.wish ?? this.#first;
  }

  /** The run that was asked for last; it may still be in the making. */
  get #asked(): Wish {
    return this.host.session?.newest ?? this.#first;
  }

  /** Whether the camera's frames are shown. */
  get live(): boolean {
    return this.#video !== undefined;
  }

  /** Of the run on the screen. */
  get picture(): Promise<ImageBitmap> {
    return this.#made.picture;
  }

  /** Whether the picture is the visitor's own, which no link can bring. */
  get own(): boolean {
    return this.#asked.settings.image === 'own';
  }

  /** A run with these settings, at a place or as far along as the one before. */
  async follow(settings: Settings, place?: Place, playing = false): Promise<void> {
    const { image } = settings;
    const same = image === this.#asked.settings.image;
    const picture = same ? this.#asked.picture : loadSample(image as SampleName);
    await this.#start({ settings, picture, place, playing });
  }

  /** A setting as it was typed or chosen. */
  async change(name: keyof Settings, text: string): Promise<void> {
    const value = parseSetting(name, text);
    if (value === undefined) {
      this.host.show(this.host.text.notices['bad-value'](name, text));
      this.host.requestUpdate();
      return;
    }
    if (name === 'rate' || name === 'compare') this.#keep({ [name]: value });
    else if (value === 'inversion' && !leadsBothWays(this.#newest.sampler)) {
      // The first choice of it would otherwise be turned down: most begin with the exact chain.
      this.host.show(this.host.text.notices['inversion-sampler'], false);
      await this.request({ [name]: value, sampler: 'ddim' });
    } else await this.request({ [name]: value });
  }

  /** A run with some settings changed, at the same place. */
  async request(changes: Partial<Settings>): Promise<void> {
    const settings = { ...this.#newest, ...changes };
    if (this.#video && !changes.image) await this.#startLive(this.#video, settings);
    else await this.follow(settings, undefined, this.host.session?.run?.playing);
  }

  async openFile(file: File): Promise<void> {
    const { session, text } = this.host;
    if (!session) return;
    try {
      const { bitmap, notes } = await decodePicture(file, session.gpu.device.limits.maxTextureDimension2D);
      for (const note of notes) this.host.show(text.notices[note], false);
      await this.#startOwn(bitmap);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      this.host.show(text.notices[error.fault](error.fileName));
    }
  }

  /** The camera on, or off. */
  async camera(): Promise<void> {
    if (this.#video) {
      closeCamera(this.#video);
      this.#video = undefined;
      await this.host.session?.stopLive();
      this.host.adopt(this.#made.settings);
      this.host.changed();
      return;
    }
    if (this.#cameraOpening) return;
    this.#cameraOpening = true;
    try {
      const video = await openCamera();
      // A phone that is turned round sends frames of another shape.
      video.addEventListener('resize', () => {
        if (video === this.#video) void this.#startLive(video, this.host.settings);
      });
      await this.#startLive(video, this.host.settings);
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      this.host.show(this.host.text.notices[error.fault]);
    } finally {
      this.#cameraOpening = false;
    }
  }

  /** The camera's present frame, mirrored as it is on the screen, becomes the picture of a run. */
  async freeze(): Promise<void> {
    const video = this.#video;
    if (!video) return;
    const frame = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = frame.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.setTransform(-1, 0, 0, 1, frame.width, 0);
    context.drawImage(video, 0, 0);
    await this.#startOwn(frame.transferToImageBitmap());
  }

  /** The settings that a change changes. */
  get #newest(): Settings {
    return this.#video ? this.host.settings : this.#asked.settings;
  }

  async #start(wish: Wish): Promise<void> {
    try {
      if (!(await this.host.session?.start(wish))) return;
    } catch (error) {
      this.#refused(error);
      return;
    }
    // Of the run itself the host has heard.
    if (!this.#video) return;
    closeCamera(this.#video);
    this.#video = undefined;
    this.host.changed();
  }

  /** The camera with these settings; if it cannot be, all stays as it was. */
  async #startLive(video: HTMLVideoElement, settings: Settings): Promise<void> {
    try {
      if (await this.host.session?.startLive(video, settings)) {
        this.#video = video;
        this.host.adopt(settings);
      }
    } catch (error) {
      this.#refused(error);
    }
    if (video !== this.#video) closeCamera(video);
  }

  /** A picture of the visitor's own is watched from the beginning. */
  #startOwn(picture: ImageBitmap): Promise<void> {
    return this.#start({
      settings: { ...this.#newest, image: 'own' },
      picture: Promise.resolve(picture),
      place: { direction: 'forward', t: 0 },
      playing: !stillness.matches,
    });
  }

  /** Speed and what is compared need no new run; one that is still being made takes them along. */
  #keep(changes: Partial<Pick<Settings, 'rate' | 'compare'>>): void {
    const { run } = this.host.session ?? {};
    if (run && changes.rate) run.rate = changes.rate;
    for (const { settings } of [this.#made, this.#asked]) Object.assign(settings, changes);
    this.host.adopt({ ...this.host.settings, ...changes });
    this.host.changed();
  }

  #refused(error: unknown): void {
    const { text } = this.host;
    this.host.show(error instanceof InversionError ? text.notices[error.reason] : refusalOf(error, text));
    this.host.requestUpdate();
  }
}
