/** The page: what a visitor does, turned into runs, and what the runs do, turned into what a visitor sees. */
import { html, nothing, type PropertyValues } from 'lit';
import type { CurvePoint } from '../diffusion/curve.ts';
import { timeAt } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import { type Absence, GpuAbsent } from '../gpu/device.ts';
import { drawAt, type Probed } from '../trajectory/probe.ts';
import type { Canvases } from '../trajectory/screens.ts';
import './absent.ts';
import { type ActedOn, Actions } from './actions.ts';
import type { Compare } from './compare/view.ts';
import { PageElement } from './element.ts';
import { snrText, timeText } from './format.ts';
import { header } from './header.ts';
import './help.ts';
import { actionOf, worksAnywhere } from './keys.ts';
import { loadView } from './load-view.ts';
import type { Notices } from './notices.ts';
import './notices.ts';
import { Orders } from './orders.ts';
import { otherView } from './other-views.ts';
import type { Plots } from './plots.ts';
import type { Reading } from './probe-panel.ts';
import { type RunView, runView } from './run-view.ts';
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
import type { Text } from './text/en.ts';
import { otherText } from './text/language.ts';
import type { View } from './views.ts';

/** How long the place must be still before the link follows it. */
const SETTLED_MS = 250;
export class App extends PageElement implements ActedOn {
  static override properties = {
    ...PageElement.properties,
    absence: { state: true },
    hovering: { state: true },
    settings: { state: true },
    view: { state: true },
  };
  /** The words to begin with; there before the element is defined. */
  static text: Text;
  declare absence: { kind: Absence; detail: string } | undefined;
  declare hovering: boolean;
  declare settings: Settings;
  declare view: View;

  session: Session | undefined;
  readonly #orders = new Orders(this);
  readonly #actions = new Actions(this, this.#orders);
  #schedule: Schedule;
  #plots: Plots | undefined;
  #settle = 0;
  #reading: Reading | undefined;

  constructor() {
    super();
    this.text = App.text;
    this.settings = defaults(true);
    this.#schedule = scheduleOf(this.settings);
    this.hovering = false;
    this.view = parseHash(location.hash, this.settings).view;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', (event) => this.#key(event));
    takeFiles({
      file: (file) => void this.#orders.openFile(file),
      nothing: () => this.show(this.text.notices['no-file']),
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
      this.session = await Session.open(() => this.#canvases(), {
        changed: () => this.changed(),
        lost: () => this.show(this.text.notices.lost),
        back: () => this.show(this.text.notices.back, false),
        probed: (value) => this.#read(value),
        failed: (message) => this.show(this.text.notices.gpu(message)),
      });
    } catch (error) {
      if (!(error instanceof GpuAbsent)) throw error;
      this.absence = { kind: error.absence, detail: error.message };
      return;
    }
    this.settings = defaults(this.session.gpu.software);
    const link = this.#link();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const opening: Place = { direction: 'forward', t: still ? Math.round(0.4 * link.settings.T) : 0 };
    await this.#orders.follow(link.settings, link.place ?? opening, !link.place && !still);
    const tick = (now: number) => {
      this.session?.tick(now);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    await Promise.all([import('./plots.ts'), import('./samplers/menus.ts')]);
    this.requestUpdate();
    await this.updateComplete;
    this.#plots = this.querySelector('diffuscope-plots') as Plots;
    await this.#plots.updateComplete;
    await this.session.run?.attach(this.#canvases());
  }

  #link(): Link {
    const link = parseHash(location.hash, this.settings);
    if (link.nonsense.length > 0) {
      this.show(this.text.notices.nonsense(link.nonsense.join(', ')));
    }
    if (link.settings.image === 'own' && !this.#orders.own) {
      link.settings.image = 'lake';
      this.show(this.text.notices['own-picture']);
    }
    return link;
  }

  /** Another view of the same run leaves the run alone. */
  async #arrive(link: Link): Promise<void> {
    const turned = link.view !== this.view;
    this.view = link.view;
    if (turned && sameSettings(link.settings, this.settings)) this.changed();
    else await this.#orders.follow(link.settings, link.place);
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

  async switchLanguage(): Promise<void> {
    this.text = await otherText(this.text);
  }

  #key(event: KeyboardEvent): void {
    const action = actionOf(event);
    const compare = this.view === 'compare' ? this.querySelector<Compare>('diffuscope-compare') : null;
    if (action && compare?.act?.(action)) {
      event.preventDefault();
      return;
    }
    if (!action || ((this.absence || this.view !== 'run') && !worksAnywhere(action))) return;
    event.preventDefault();
    this.#actions.do(action);
  }

  get place(): Place {
    return this.session?.place ?? { direction: 'forward', t: 0 };
  }

  show(notice: string, problem = true): void {
    (this.querySelector('diffuscope-notices') as Notices).show(notice, problem);
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
    clearTimeout(this.#settle);
    if (!this.session?.run?.playing) this.#settle = window.setTimeout(() => this.#settled(), SETTLED_MS);
  }

  /** The run stands still: the link names the place, and a screen reader says it. */
  #settled(): void {
    if (this.#orders.live || !this.session?.run) return;
    this.writeLink();
    const { direction, t } = this.place;
    const { text } = this;
    const spoken = this.querySelector('.spoken');
    const run = direction === 'forward' ? text.forward : text.reverse;
    if (spoken)
      spoken.textContent = text.announce(run, timeText(t), this.settings.T, snrText(this.#schedule, t, text));
  }

  writeLink(): void {
    // The address knows the view first: word that it has changed may still be on its way.
    const hash = this.linkTo(parseHash(location.hash, this.settings).view);
    if (hash !== location.hash) history.replaceState(null, '', hash);
  }

  linkTo(view: View): string {
    return formatHash(this.settings, this.place, view);
  }

  #unexpected(reason: unknown): void {
    const words = reason instanceof Error ? reason.message : String(reason);
    this.show(this.text.notices.unexpected(words));
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
        linkTo: (view) => this.linkTo(view),
        gpu: this.session?.gpu,
        absent: this.absence !== undefined,
        msPerStep: this.session?.msPerStep ?? Number.NaN,
        act: (action) => this.#actions.do(action),
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
          : this.#run()
      }
      ${this.#other()}
      <diffuscope-notices class="notices" .text=${this.text}></diffuscope-notices>
      <diffuscope-help .text=${this.text}></diffuscope-help>
      <p class="spoken" aria-live="polite"></p>
      ${this.hovering ? html`<div class="drop-here">${this.text.dropHere}</div>` : nothing}
    `;
  }

  #run() {
    const actions = this.#actions;
    const orders = this.#orders;
    return html`<main
      ?hidden=${this.view !== 'run'}
      @setting=${this.#setting}
      @file=${({ detail }: CustomEvent<File>) => void orders.openFile(detail)}
      @curve=${({ detail }: CustomEvent<readonly CurvePoint[]>) =>
        void orders.request({ schedule: 'curve', curve: curveText(detail) })}
      @camera=${() => void orders.camera()}
      @freeze=${() => void orders.freeze()}
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
      ?hidden=${this.view === 'run'}
      @setting=${this.#setting}
      @go=${({ detail }: CustomEvent<Place>) => actions.go(detail)}
      @toggle=${() => actions.toggle()}
    >
      ${otherView({ ...this.#shown, view: this.view, picture: this.#orders.picture })}
    </main>`;
  }

  readonly #setting = ({ detail }: CustomEvent<{ name: keyof Settings; value: string }>): void =>
    void this.#orders.change(detail.name, detail.value);

  get #shown(): RunView {
    const { text, settings, session, place } = this;
    return { text, settings, session, place, schedule: this.#schedule, reading: this.#reading };
  }
}
