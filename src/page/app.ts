/** The page: what a visitor does, turned into runs, and what the runs do, turned into what a visitor sees. */
import { html, nothing, type PropertyValues } from 'lit';
import { cache } from 'lit/directives/cache.js';
import type { CurvePoint } from '../diffusion/curve.ts';
import { timeAt } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import { type Absence, GpuAbsent } from '../gpu/device.ts';
import { drawAt, type Probed } from '../trajectory/probe.ts';
import type { Canvases } from '../trajectory/screens.ts';
import './absent.ts';
import { PageElement } from './element.ts';
import { snrText } from './format.ts';
import { header } from './header.ts';
import type { Help } from './help.ts';
import './help.ts';
import { type Action, actionOf, worksAnywhere } from './keys.ts';
import type { Notices } from './notices.ts';
import './notices.ts';
import type { Plots } from './plots.ts';
import type { Reading } from './probe-panel.ts';
import { savePicture } from './save-picture.ts';
import { Session } from './session.ts';
import {
  colourOf,
  curvePoints,
  curveText,
  defaults,
  formatHash,
  type Link,
  type Place,
  parseHash,
  parseSetting,
  rates,
  SEED_MAX,
  type Settings,
  sameSettings,
  scheduleOf,
} from './settings.ts';
import './settings-panel.ts';
import { CameraError, closeCamera, openCamera } from './source/camera.ts';
import { takeFiles } from './source/intake.ts';
import { decodePicture, PictureError } from './source/picture.ts';
import { loadSample, type SampleName, samples } from './source/samples.ts';
import type { SourcePanel } from './source-panel.ts';
import './source-panel.ts';
import type { Pixel, Stage } from './stage.ts';
import './stage.ts';
import { otherText, preferredText } from './text/language.ts';
import './timeline.ts';
import { loadView, type View } from './views.ts';

/** How long the place must be still before the link follows it. */
const SETTLED_MS = 250;
/** Part of the run that Shift and an arrow key skip. */
const FAR = 1 / 20;

/** What a run is made from. */
interface Order {
  readonly settings: Settings;
  readonly picture: Promise<ImageBitmap>;
}

export class App extends PageElement {
  static override properties = {
    ...PageElement.properties,
    absence: { state: true },
    hovering: { state: true },
    settings: { state: true },
    view: { state: true },
  };
  declare absence: { kind: Absence; detail: string } | undefined;
  declare hovering: boolean;
  declare settings: Settings;
  declare view: View;

  #session: Session | undefined;
  #video: HTMLVideoElement | undefined;
  #cameraOpening = false;
  /** The run on the screen, or waiting behind the camera. */
  #made: Order;
  /** The run that was asked for last; it may still be in the making. */
  #asked: Order;
  #schedule: Schedule;
  #plots: Plots | undefined;
  #settle = 0;
  #reading: Reading | undefined;

  constructor() {
    super();
    this.text = preferredText();
    this.settings = defaults(true);
    this.#made = { settings: this.settings, picture: loadSample('lake') };
    this.#asked = this.#made;
    this.#schedule = scheduleOf(this.settings);
    this.hovering = false;
    this.view = parseHash(location.hash, this.settings).view;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', (event) => this.#key(event));
    takeFiles({
      file: (file) => void this.#openFile(file),
      nothing: () => this.#notices.show(this.text.notices['no-file']),
      hovering: (over) => {
        this.hovering = over;
      },
    });
    addEventListener('hashchange', () => void this.#arrive(this.#link()));
    // Nothing passes silently: what no one expected is said, too.
    addEventListener('unhandledrejection', ({ reason }) => this.#unexpected(reason));
    addEventListener('error', ({ error }) => this.#unexpected(error));
    void this.#open();
  }

  async #open(): Promise<void> {
    await this.updateComplete;
    try {
      this.#session = await Session.open(() => this.#canvases(), {
        changed: () => this.#changed(),
        lost: () => this.#notices.show(this.text.notices.lost),
        back: () => this.#notices.show(this.text.notices.back, false),
        probed: (value) => this.#read(value),
        failed: (message) => this.#notices.show(this.text.notices.gpu(message)),
      });
    } catch (error) {
      if (!(error instanceof GpuAbsent)) throw error;
      this.absence = { kind: error.absence, detail: error.message };
      return;
    }
    this.settings = defaults(this.#session.gpu.software);
    const link = this.#link();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const opening: Place = { direction: 'forward', t: still ? Math.round(0.4 * link.settings.T) : 0 };
    await this.#follow({ ...link, place: link.place ?? opening }, !link.place && !still);
    const tick = (now: number) => {
      this.#session?.tick(now);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    await import('./plots.ts');
    this.requestUpdate();
    await this.updateComplete;
    this.#plots = this.querySelector('diffuscope-plots') as Plots;
    await this.#plots.updateComplete;
    await this.#session.run?.attach(this.#canvases());
  }

  #link(): Link {
    const link = parseHash(location.hash, this.settings);
    if (link.nonsense.length > 0) {
      this.#notices.show(this.text.notices.nonsense(link.nonsense.join(', ')));
    }
    if (link.settings.image === 'own' && this.#asked.settings.image !== 'own') {
      link.settings.image = 'lake';
      this.#notices.show(this.text.notices['own-picture']);
    }
    return link;
  }

  /** Another view of the same run leaves the run alone. */
  async #arrive(link: Link): Promise<void> {
    const turned = link.view !== this.view;
    this.view = link.view;
    if (turned && sameSettings(link.settings, this.settings)) this.#changed();
    else await this.#follow(link);
  }

  async #follow({ settings, place }: Pick<Link, 'settings' | 'place'>, playing = false): Promise<void> {
    const { image } = settings;
    const same = image === this.#asked.settings.image;
    const picture = same ? this.#asked.picture : loadSample(image as SampleName);
    await this.#start({ settings, picture }, place, playing);
  }

  /** A new run; if it cannot be, the one before stays and so do its settings. */
  async #start(order: Order, place: Place | undefined, playing: boolean): Promise<void> {
    this.#asked = order;
    try {
      const picture = await order.picture;
      // Meanwhile something else may have been asked for.
      if (order !== this.#asked) return;
      if (!(await this.#session?.start(picture, order.settings, place, playing))) return;
    } catch (error) {
      if (order === this.#asked) this.#asked = this.#made;
      this.#refused(error as Error);
      return;
    }
    if (this.#video) closeCamera(this.#video);
    this.#video = undefined;
    this.#made = order;
    this.#adopt(order.settings);
    this.#changed();
  }

  /** The camera with these settings; if it cannot be, all stays as it was. */
  async #startLive(video: HTMLVideoElement, settings: Settings): Promise<void> {
    try {
      if (await this.#session?.startLive(video, settings)) {
        this.#video = video;
        this.#adopt(settings);
      }
    } catch (error) {
      this.#refused(error as Error);
    }
    if (video !== this.#video) closeCamera(video);
  }

  #refused(error: Error): void {
    const { notices } = this.text;
    const say = error instanceof RangeError ? notices['too-large'] : notices.gpu;
    this.#notices.show(say(error.message));
    this.requestUpdate();
  }

  #adopt(settings: Settings): void {
    const { schedule, T, curve } = this.settings;
    if (settings.schedule !== schedule || settings.T !== T || settings.curve !== curve) {
      this.#schedule = scheduleOf(settings);
      // What was read belongs to the schedule before.
      this.#reading = undefined;
    }
    this.settings = settings;
  }

  async #change(name: keyof Settings, text: string): Promise<void> {
    const value = parseSetting(name, text);
    if (value === undefined) {
      this.#notices.show(this.text.notices['bad-value'](name, text));
      this.requestUpdate();
      return;
    }
    if (name === 'rate') this.#setRate(value as number);
    else await this.#request({ [name]: value });
  }

  /** A run with some settings changed, at the same place. */
  async #request(changes: Partial<Settings>): Promise<void> {
    const settings = { ...this.#newest, ...changes };
    if (this.#video && !changes.image) await this.#startLive(this.#video, settings);
    else await this.#follow({ settings, place: undefined }, this.#session?.run?.playing ?? false);
  }

  /** Speed needs no new run; one that is still being made takes it along. */
  #setRate(rate: number): void {
    const { run } = this.#session ?? {};
    if (run) run.rate = rate;
    for (const order of [this.#made, this.#asked]) order.settings.rate = rate;
    this.#adopt({ ...this.settings, rate });
    this.#changed();
  }

  async #openFile(file: File): Promise<void> {
    const { gpu } = this.#session ?? {};
    if (!gpu) return;
    try {
      const { bitmap, notes } = await decodePicture(file, gpu.device.limits.maxTextureDimension2D);
      for (const note of notes) this.#notices.show(this.text.notices[note], false);
      await this.#startOwn(bitmap);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      this.#notices.show(this.text.notices[error.fault](error.fileName));
    }
  }

  /** A picture of the visitor's own is watched from the beginning. */
  #startOwn(picture: ImageBitmap): Promise<void> {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const order: Order = {
      settings: { ...this.#newest, image: 'own' },
      picture: Promise.resolve(picture),
    };
    return this.#start(order, { direction: 'forward', t: 0 }, !still);
  }

  async #camera(): Promise<void> {
    if (this.#video) {
      closeCamera(this.#video);
      this.#video = undefined;
      await this.#session?.stopLive();
      this.#adopt(this.#made.settings);
      this.#changed();
      return;
    }
    if (this.#cameraOpening) return;
    this.#cameraOpening = true;
    try {
      const video = await openCamera();
      // A phone that is turned round sends frames of another shape.
      video.addEventListener('resize', () => {
        if (video === this.#video) void this.#startLive(video, this.settings);
      });
      await this.#startLive(video, this.settings);
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      this.#notices.show(this.text.notices[error.fault]);
    } finally {
      this.#cameraOpening = false;
    }
  }

  /** The camera's present frame, mirrored as it is on the screen, becomes the picture of a run. */
  async #freeze(): Promise<void> {
    const video = this.#video;
    if (!video) return;
    const frame = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = frame.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.setTransform(-1, 0, 0, 1, frame.width, 0);
    context.drawImage(video, 0, 0);
    await this.#startOwn(frame.transferToImageBitmap());
  }

  async #share(): Promise<void> {
    this.#writeLink();
    try {
      await navigator.clipboard.writeText(location.href);
      this.#notices.show(this.text.shared, false);
    } catch {
      this.#notices.show(this.text.shareByHand, false);
    }
  }

  async #save(): Promise<void> {
    const { run } = this.#session ?? {};
    if (run && !this.#video) await savePicture(run, this.#place);
  }

  #toggle(): void {
    const { run } = this.#session ?? {};
    if (!run || this.#video) return;
    if (run.playing) run.pause();
    else run.play();
  }

  #newSeed(): void {
    const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
    void this.#change('seed', String(seed % (SEED_MAX + 1)));
  }

  #faster(by: 1 | -1): void {
    const rate = rates[rates.indexOf(this.settings.rate as (typeof rates)[number]) + by];
    if (rate !== undefined) void this.#change('rate', String(rate));
  }

  #go({ direction, t }: Place): void {
    this.#session?.go(direction, t);
    this.#changed();
  }

  #step(n: number): void {
    this.#session?.step(n);
    this.#changed();
  }

  #probe(change: Partial<Pixel & { channel: number }>): void {
    const session = this.#session;
    if (!session) return;
    session.probe({ ...session.probed, ...change });
    this.requestUpdate();
  }

  #switchLanguage(): void {
    this.text = otherText(this.text);
  }

  #key(event: KeyboardEvent): void {
    const action = actionOf(event);
    if (!action || ((this.absence || this.view !== 'run') && !worksAnywhere(action))) return;
    event.preventDefault();
    this.#act(action);
  }

  #act(action: Action): void {
    const { direction, t } = this.#place;
    switch (action.do) {
      case 'toggle':
        this.#toggle();
        break;
      case 'step':
        this.#step(action.n * (action.far ? Math.ceil(FAR * this.settings.T) : 1));
        break;
      case 'start':
        this.#go({ direction, t: 0 });
        break;
      case 'end':
        this.#go({ direction, t: this.settings.T });
        break;
      case 'run':
        this.#go({ direction: action.direction, t });
        break;
      case 'faster':
        this.#faster(action.by);
        break;
      case 'new-seed':
        this.#newSeed();
        break;
      case 'sample':
        void this.#change('image', Object.keys(samples)[action.index] as string);
        break;
      case 'open':
        (this.querySelector('diffuscope-source') as SourcePanel).choose();
        break;
      case 'camera':
        void this.#camera();
        break;
      case 'share':
        void this.#share();
        break;
      case 'save':
        void this.#save();
        break;
      case 'language':
        this.#switchLanguage();
        break;
      case 'view':
        location.hash = this.#linkTo(action.view);
        break;
      case 'help':
        (this.querySelector('diffuscope-help') as Help).toggle();
    }
  }

  get #place(): Place {
    return this.#session?.place ?? { direction: 'forward', t: 0 };
  }

  /** The settings that a change changes. */
  get #newest(): Settings {
    return this.#video ? this.settings : this.#asked.settings;
  }

  get #notices(): Notices {
    return this.querySelector('diffuscope-notices') as Notices;
  }

  #canvases(): Canvases {
    const stage = this.querySelector('diffuscope-stage') as Stage;
    return { ...stage.canvases, histogram: this.#plots?.histogram };
  }

  #read(probed: Probed): void {
    const { run } = this.#session ?? {};
    if (!run) return;
    const { p, xt, x0 } = probed;
    this.#reading = { t: timeAt(run.path.T, p), xt, x0, draw: drawAt(run, probed) };
    this.requestUpdate();
  }

  #changed(): void {
    this.requestUpdate();
    clearTimeout(this.#settle);
    if (!this.#session?.run?.playing) this.#settle = window.setTimeout(() => this.#settled(), SETTLED_MS);
  }

  /** The run stands still: the link names the place, and a screen reader says it. */
  #settled(): void {
    if (this.#video || !this.#session?.run) return;
    this.#writeLink();
    const { direction, t } = this.#place;
    const { text } = this;
    const spoken = this.querySelector('.spoken');
    const run = direction === 'forward' ? text.forward : text.reverse;
    if (spoken) spoken.textContent = text.announce(run, t, this.settings.T, snrText(this.#schedule, t, text));
  }

  #writeLink(): void {
    // The address knows the view first: word that it has changed may still be on its way.
    const hash = this.#linkTo(parseHash(location.hash, this.settings).view);
    if (hash !== location.hash) history.replaceState(null, '', hash);
  }

  #linkTo(view: View): string {
    return formatHash(this.settings, this.#place, view);
  }

  #unexpected(reason: unknown): void {
    const words = reason instanceof Error ? reason.message : String(reason);
    this.#notices.show(this.text.notices.unexpected(words));
  }

  protected override updated(changed: PropertyValues): void {
    document.documentElement.lang = this.text.lang;
    if (!changed.has('view')) return;
    void loadView[this.view]();
    this.querySelector<HTMLElement>('main.view:not([hidden])')?.focus();
  }

  protected override render() {
    return html`
      ${header({
        text: this.text,
        view: this.view,
        linkTo: (view) => this.#linkTo(view),
        gpu: this.#session?.gpu,
        absent: this.absence !== undefined,
        msPerStep: this.#session?.msPerStep ?? Number.NaN,
        act: (action) => this.#act(action),
      })}
      ${
        this.absence
          ? html`<main class="absent" ?hidden=${this.view !== 'run'}>
              <diffuscope-absent
                .text=${this.text}
                .absence=${this.absence.kind}
                .detail=${this.absence.detail}
              ></diffuscope-absent>
            </main>`
          : this.#main()
      }
      ${this.#explaining()}
      <diffuscope-notices class="notices" .text=${this.text}></diffuscope-notices>
      <diffuscope-help .text=${this.text}></diffuscope-help>
      <p class="spoken" aria-live="polite"></p>
      ${this.hovering ? html`<div class="drop-here">${this.text.dropHere}</div>` : nothing}
    `;
  }

  /** What explains the run; opened again, it is as it was left. */
  #explaining() {
    const { text, view } = this;
    const session = this.#session;
    return html`
      <main
        class="view"
        tabindex="-1"
        ?hidden=${view === 'run'}
        @go=${({ detail }: CustomEvent<Place>) => this.#go(detail)}
        @toggle=${() => this.#toggle()}
      >
        ${cache(
          view === 'theorem'
            ? html`<diffuscope-theorem .text=${text} .schedule=${this.#schedule} .reading=${this.#reading}></diffuscope-theorem>`
            : view === 'derivation'
              ? html`<diffuscope-derivation
                  .text=${text}
                  .schedule=${this.#schedule}
                  .reading=${this.#reading}
                  .place=${this.#place}
                  .probed=${session?.probed ?? { x: 0, y: 0, channel: 0 }}
                  .channels=${session?.shape?.c ?? 3}
                  .playing=${session?.run?.playing ?? false}
                ></diffuscope-derivation>`
              : nothing,
        )}
      </main>
    `;
  }

  #main() {
    const { text, settings } = this;
    const session = this.#session;
    const { run } = session ?? {};
    const shown = session?.shown ?? { direction: 'forward' as const, t: 0 };
    const camera = Boolean(session?.live);
    const shape = session?.shape ?? { c: 3, h: 1, w: 1 };
    const coloured = colourOf(settings) !== undefined;
    const probed = session?.probed ?? { x: 0, y: 0, channel: 0 };
    return html`
      <main
        ?hidden=${this.view !== 'run'}
        @setting=${({ detail }: CustomEvent<{ name: keyof Settings; value: string }>) =>
          void this.#change(detail.name, detail.value)}
        @file=${({ detail }: CustomEvent<File>) => void this.#openFile(detail)}
        @curve=${({ detail }: CustomEvent<readonly CurvePoint[]>) =>
          void this.#request({ schedule: 'curve', curve: curveText(detail) })}
        @camera=${() => void this.#camera()}
        @freeze=${() => void this.#freeze()}
        @new-seed=${() => this.#newSeed()}
        @pixel=${({ detail }: CustomEvent<Pixel>) => this.#probe(detail)}
        @probe=${({ detail }: CustomEvent<{ channel: number }>) => this.#probe(detail)}
        @go=${({ detail }: CustomEvent<Place>) => this.#go(detail)}
        @step=${({ detail }: CustomEvent<number>) => this.#step(detail)}
        @toggle=${() => this.#toggle()}
      >
        <div class="panel controls">
          <diffuscope-source class="card" .text=${text} .image=${settings.image} .camera=${camera}></diffuscope-source>
          <diffuscope-settings class="card" .text=${text} .settings=${settings}></diffuscope-settings>
        </div>
        <diffuscope-stage
          .text=${text}
          .direction=${shown.direction}
          .t=${shown.t}
          .schedule=${this.#schedule}
          .live=${camera}
          .seeking=${!camera && Boolean(run?.seeking)}
          .shape=${shape}
          .pixel=${probed}
          .denoiser=${settings.denoiser}
          .coloured=${coloured}
        ></diffuscope-stage>
        <diffuscope-plots
          class="panel"
          .text=${text}
          .schedule=${this.#schedule}
          .t=${shown.t}
          .probed=${probed}
          .channels=${shape.c}
          .reading=${this.#reading}
          .bound=${run?.bound}
          .coloured=${coloured}
          .points=${settings.schedule === 'curve' ? curvePoints(settings.curve) : undefined}
        ></diffuscope-plots>
        <diffuscope-timeline
          aria-label=${text.timeline}
          role="region"
          .text=${text}
          .run=${run}
          .timesteps=${settings.T}
          .t=${this.#place.t}
          .direction=${this.#place.direction}
          .playing=${run?.playing ?? false}
          .camera=${camera}
          .rate=${settings.rate}
          .charted=${run?.checkpoints.progress ?? 0}
          .bytes=${session?.gpu.bytes ?? 0}
        ></diffuscope-timeline>
      </main>
    `;
  }
}
customElements.define('diffuscope-app', App);
