/**
 * The run there and back, with the views that explain it and the one that compares samplers: what a visitor does, turned
 * into runs, and what the runs do, turned into what a visitor sees.
 */
import { html, type PropertyValues } from 'lit';
import type { CurvePoint } from '../diffusion/curve.ts';
import { timeAt } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Gpu } from '../gpu/device.ts';
import { drawAt, type Probed } from '../trajectory/probe.ts';
import type { Canvases } from '../trajectory/screens.ts';
import type { Trajectory } from '../trajectory/trajectory.ts';
import { type ActedOn, Actions } from './actions.ts';
import type { Compare } from './compare/view.ts';
import { PageElement } from './element.ts';
import { snrText, timeText } from './format.ts';
import type { Action } from './keys.ts';
import { otherView } from './other-views.ts';
import type { Plots } from './plots.ts';
import type { Reading } from './probe-panel.ts';
import { Requests } from './requests.ts';
import type { Roof } from './roof.ts';
import type { NoticeDetail, Room } from './room.ts';
import { type RunView, runView, textOf } from './run-view.ts';
import { Session } from './session.ts';
import {
  curveText,
  defaults,
  formatHash,
  type Link,
  type Place,
  parseHash,
  type Settings,
  sameSettings,
  scheduleOf,
} from './settings.ts';
import { takeFiles } from './source/intake.ts';
import type { Pixel, Stage } from './stage.ts';
import { areasOf, isOfRun, type View } from './views.ts';

/** How long the place must be still before the link follows it. */
const SETTLED_MS = 250;

export class RunRoom extends PageElement implements ActedOn, Room {
  static override areas = areasOf.run;
  static override properties = {
    ...PageElement.properties,
    gpu: { attribute: false },
    absent: { type: Boolean },
    view: { attribute: false },
    settings: { state: true },
  };
  declare gpu: Gpu | undefined;
  /** Whether there will be no GPU. */
  declare absent: boolean;
  /** What is open: one of the views here, or another, and then everything here waits. */
  declare view: View;
  declare settings: Settings;

  session: Session | undefined;
  ready: Promise<void> = Promise.resolve();
  readonly #requests = new Requests(this);
  readonly #actions = new Actions(this, this.#requests);
  #schedule: Schedule;
  #plots: Plots | undefined;
  #settle = 0;
  #reading: Reading | undefined;
  #bytesOf: RunView['bytesOf'];
  #roof: Roof | undefined;
  #refuseFiles: (() => void) | undefined;
  /** The view that a link opened last, while it is one of the run's. */
  #arrivedAt: View | undefined;

  constructor() {
    super();
    this.settings = defaults(true);
    this.#schedule = scheduleOf(this.settings);
  }

  async #open(gpu: Gpu): Promise<void> {
    this.session = new Session(gpu, () => this.#canvases(), {
      shown: ({ settings }) => {
        this.adopt(settings);
        this.changed();
      },
      changed: () => this.changed(),
      probed: (value) => this.#read(value),
    });
    this.settings = defaults(gpu.software);
    const link = this.#link(location.hash);
    this.#arrivedAt = link.view;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const opening: Place = { direction: 'forward', t: still ? Math.round(0.4 * link.settings.T) : 0 };
    await this.#requests.follow(link.settings, link.place ?? opening, !link.place && !still);
    const tick = (now: number) => {
      if (isOfRun(this.view)) this.session?.tick(now);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    const [{ settingsBytes }] = await Promise.all([
      import('./run-bytes.ts'),
      import('./plots.ts'),
      import('./samplers/menus.ts'),
    ]);
    const bytesOf = await settingsBytes(gpu);
    this.#bytesOf = (settings) => {
      const { picture } = this.session as Session;
      return picture && bytesOf(settings, picture);
    };
    this.requestUpdate();
    await this.updateComplete;
    this.#plots = this.querySelector('diffuscope-plots') as Plots;
    await this.#plots.updateComplete;
    await this.session.run?.attach(this.#canvases());
  }

  #link(hash: string): Link {
    const link = parseHash(hash, this.settings);
    if (link.nonsense.length > 0) {
      this.show(this.text.notices.nonsense(link.nonsense.join(', ')));
    }
    if (link.settings.image === 'own' && !this.#requests.own) {
      link.settings.image = 'lake';
      this.show(this.text.notices['own-picture']);
    }
    return link;
  }

  arrive(hash: string): void {
    // Opening, it reads the address by itself.
    if (!this.session) return;
    const link = this.#link(hash);
    const turned = link.view !== this.#arrivedAt;
    this.#arrivedAt = link.view;
    // Another view of the same run leaves the run alone.
    if (turned && sameSettings(link.settings, this.settings)) this.changed();
    else void this.#requests.follow(link.settings, link.place);
  }

  adopt(settings: Settings): void {
    const { schedule, T, curve } = this.settings;
    if (settings.schedule !== schedule || settings.T !== T || settings.curve !== curve) {
      this.#schedule = scheduleOf(settings);
      // What was read belongs to the schedule before.
      this.#reading = undefined;
    }
    this.settings = settings;
  }

  act(action: Action): boolean {
    const compare = this.view === 'compare' ? this.querySelector<Compare>('diffuscope-compare') : null;
    if (compare?.act?.(action)) return true;
    // Space, Home and End belong to the page that is read.
    if (this.absent || (this.view !== 'run' && action.do !== 'step')) return false;
    return this.#actions.do(action);
  }

  get msPerStep(): number {
    return this.session?.msPerStep ?? Number.NaN;
  }

  get share(): number | undefined {
    return this.#roof?.share(this.session?.run);
  }

  get place(): Place {
    return this.session?.place ?? { direction: 'forward', t: 0 };
  }

  show(words: string, problem = true): void {
    this.send<NoticeDetail>('notice', { words, problem });
  }

  #canvases(): Canvases {
    const stage = this.querySelector('diffuscope-stage') as Stage;
    return { ...stage.canvases, histogram: this.#plots?.histogram };
  }

  #read(probed: Probed): void {
    const { run } = this.session ?? {};
    if (!run) return;
    const { p, xt, x0 } = probed;
    const t = timeAt(run.path, p);
    // Bayes' rule is shown for the schedule's own times; a sampler also looks between them.
    this.#reading = Number.isInteger(t) ? { t, xt, x0, draw: drawAt(run, probed) } : undefined;
    this.requestUpdate();
  }

  changed(): void {
    this.requestUpdate();
    this.send('changed');
    clearTimeout(this.#settle);
    if (!this.session?.run?.playing) this.#settle = window.setTimeout(() => this.#settled(), SETTLED_MS);
  }

  /** The run stands still: the link names the place, and a screen reader says it. */
  #settled(): void {
    // Behind another kind of view it goes on in silence.
    if (this.#requests.live || !this.session?.run || !isOfRun(this.view)) return;
    void this.#measureRoof(this.session.run);
    this.writeLink();
    const { direction, t } = this.place;
    const text = textOf(this.text, this.session.run);
    const run = direction === 'forward' ? text.forward : text.reverse;
    const snr = snrText(this.#schedule, t, text);
    this.send('spoken', text.announce(run, timeText(t), this.settings.T, snr));
  }

  /** At rest, and where there is a time to compare it with. */
  async #measureRoof(run: Trajectory): Promise<void> {
    if (Number.isNaN(run.busyMsPerStep) || !run.chart.done) return;
    const { Roof } = await import('./roof.ts');
    this.#roof ??= new Roof();
    if (await this.#roof.measure(run)) this.send('changed');
  }

  writeLink(): void {
    // The address knows the view first: word that it has changed may still be on its way.
    const { view } = parseHash(location.hash, this.settings);
    if (!isOfRun(view) || !isOfRun(this.view)) return;
    const hash = this.linkTo(view);
    if (hash !== location.hash) history.replaceState(null, '', hash);
  }

  linkTo(view: View): string {
    return formatHash(this.settings, this.place, view);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('gpu') && this.gpu) {
      this.ready = this.session ? this.session.moveTo(this.gpu) : this.#open(this.gpu);
    }
    if (!changed.has('view')) return;
    this.#minded();
    if (!isOfRun(this.view)) this.#arrivedAt = undefined;
    this.querySelector<HTMLElement>('main.view:not([hidden])')?.focus();
  }

  /** Files are a run's source while one of the run's views is open, and another view's business where not. */
  #minded(): void {
    const open = isOfRun(this.view);
    if (open === (this.#refuseFiles !== undefined)) return;
    this.#refuseFiles?.();
    this.#refuseFiles = undefined;
    if (!open) return;
    this.#refuseFiles = takeFiles({
      file: (file) => void this.#requests.openFile(file),
      nothing: () => this.show(this.text.notices['no-file']),
      hovering: (over) => this.send('hovering', over),
    });
  }

  protected override render() {
    return html`${this.#run()} ${this.#other()}`;
  }

  #run() {
    const actions = this.#actions;
    const requests = this.#requests;
    return html`<main
      ?hidden=${this.view !== 'run' || this.absent}
      @setting=${this.#setting}
      @file=${({ detail }: CustomEvent<File>) => void requests.openFile(detail)}
      @curve=${({ detail }: CustomEvent<readonly CurvePoint[]>) =>
        void requests.request({ schedule: 'curve', curve: curveText(detail) })}
      @camera=${() => void requests.camera()}
      @freeze=${() => void requests.freeze()}
      @new-seed=${() => actions.newSeed()}
      @pixel=${({ detail }: CustomEvent<Pixel>) => actions.probe(detail)}
      @probe=${({ detail }: CustomEvent<{ channel: number }>) => actions.probe(detail)}
      @go=${({ detail }: CustomEvent<Place>) => actions.go(detail)}
      @step=${({ detail }: CustomEvent<number>) => actions.step(detail)}
      @row=${({ detail }: CustomEvent<number>) => actions.seek(detail)}
      @toggle=${() => actions.toggle()}
    >
      ${runView(this.#shown)}
    </main>`;
  }

  #other() {
    const actions = this.#actions;
    return html`<main
      class="view"
      tabindex="-1"
      ?hidden=${this.view === 'run' || !isOfRun(this.view)}
      @setting=${this.#setting}
      @go=${({ detail }: CustomEvent<Place>) => actions.go(detail)}
      @toggle=${() => actions.toggle()}
    >
      ${otherView({ ...this.#shown, view: this.view, picture: this.#requests.picture })}
    </main>`;
  }

  readonly #setting = ({ detail }: CustomEvent<{ name: keyof Settings; value: string }>): void =>
    void this.#requests.change(detail.name, detail.value);

  get #shown(): RunView {
    const { text, settings, session, place } = this;
    const [schedule, reading, bytesOf] = [this.#schedule, this.#reading, this.#bytesOf];
    return { text, settings, session, place, schedule, reading, bytesOf };
  }
}
customElements.define('diffuscope-run-room', RunRoom);
