/** The page round its views: the GPU that they share, the way between them, languages, keys and notices. */
import { html, nothing, type PropertyValues } from 'lit';
import { cache } from 'lit/directives/cache.js';
import type { Gpu } from '../gpu/device.ts';
import { type Absence, GpuAbsent } from '../gpu/errors.ts';
import { watchDevice } from './device.ts';
import { PageElement } from './element.ts';
import { header } from './header.ts';
import type { Help } from './help.ts';
import './help.ts';
import { type Action, actionOf } from './keys.ts';
import { loadView } from './load-view.ts';
import type { Notices } from './notices.ts';
import './notices.ts';
import type { NoticeDetail, Room } from './room.ts';
import type { Text } from './text/areas.ts';
import { languageAfter, switchTo } from './text/language.ts';
import { isOfRun, type View, viewOf, views } from './views.ts';

/** The element of a view. */
const tagOf = (view: View): string => (isOfRun(view) ? 'diffuscope-run-room' : `diffuscope-${view}`);

export class App extends PageElement {
  static override properties = {
    ...PageElement.properties,
    absence: { state: true },
    gpu: { state: true },
    hovering: { state: true },
    view: { state: true },
  };
  /** The words to begin with, and the GPU, which may still be on its way; there before the element is defined. */
  static text: Text;
  static gpu: Promise<Gpu>;
  declare absence: { kind: Absence; detail: string } | undefined;
  /** Undefined until it answers, or where there is none. */
  declare gpu: Gpu | undefined;
  declare hovering: boolean;
  declare view: View;
  /** The run's views have been open: from then on they are kept. */
  #ranOnce = false;

  constructor() {
    super();
    this.text = App.text;
    this.hovering = false;
    this.view = viewOf(location.hash);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', (event) => this.#key(event));
    addEventListener('hashchange', () => void this.#arrive());
    // Nothing passes silently: what no one expected is said, too.
    addEventListener('unhandledrejection', ({ reason }) => this.#unexpected(reason));
    addEventListener('error', ({ error }) => this.#unexpected(error));
    void this.#open();
  }

  async #open(): Promise<void> {
    try {
      const gpu = await App.gpu;
      watchDevice(gpu, {
        lost: () => this.show(this.text.notices.lost),
        back: (next) => void this.#moveTo(next),
        failed: (message) => this.show(this.text.notices.gpu(message)),
      });
      this.gpu = gpu;
    } catch (error) {
      if (!(error instanceof GpuAbsent)) throw error;
      await import('./absent.ts');
      this.absence = { kind: error.absence, detail: error.message };
    }
  }

  /** Everything that was on the lost device, on another. */
  async #moveTo(gpu: Gpu): Promise<void> {
    this.gpu = gpu;
    await this.updateComplete;
    for (const room of this.#rooms) {
      await room.updateComplete;
      await room.ready;
    }
    this.show(this.text.notices.back, false);
  }

  async #arrive(): Promise<void> {
    // What is shown now may bring the address up to date meanwhile.
    const { hash } = location;
    this.view = viewOf(hash);
    await loadView(this.view);
    await this.updateComplete;
    this.#room?.arrive(hash);
  }

  #key(event: KeyboardEvent): void {
    const action = actionOf(event);
    if (action && this.#do(action)) event.preventDefault();
  }

  /** The view that is open is asked first. */
  #do(action: Action): boolean {
    if (this.#room?.act?.(action)) return true;
    switch (action.do) {
      case 'share':
        void this.#share();
        return true;
      case 'language':
        void this.#switchLanguage();
        return true;
      case 'view':
        location.hash = this.linkTo(action.view);
        return true;
      case 'help':
        (this.querySelector('diffuscope-help') as Help).toggle();
        return true;
      default:
        return false;
    }
  }

  /** What is open; undefined until its code is there. */
  get #room(): Room | null {
    return this.querySelector(tagOf(this.view));
  }

  get #rooms(): Room[] {
    return [...this.querySelectorAll<Room>(views.map((view) => `${tagOf(view)}:defined`).join())];
  }

  show(notice: string, problem = true): void {
    (this.querySelector('diffuscope-notices') as Notices).show(notice, problem);
  }

  /** A view that has never been open is at its beginning. */
  linkTo(view: View): string {
    const room = this.querySelector<Room>(tagOf(view));
    return room?.linkTo?.(view) ?? `#view=${view}`;
  }

  async #switchLanguage(): Promise<void> {
    this.text = await switchTo(languageAfter(this.text));
  }

  async #share(): Promise<void> {
    this.#room?.writeLink?.();
    try {
      await navigator.clipboard.writeText(location.href);
      this.show(this.text.shared, false);
    } catch {
      this.show(this.text.shareByHand, false);
    }
  }

  #unexpected(reason: unknown): void {
    const words = reason instanceof Error ? reason.message : String(reason);
    this.show(this.text.notices.unexpected(words));
  }

  protected override willUpdate(): void {
    this.#ranOnce ||= isOfRun(this.view);
  }

  protected override updated(changed: PropertyValues): void {
    document.documentElement.lang = this.text.lang;
    if (!changed.has('view')) return;
    void loadView(this.view);
    // At the very beginning nobody has come from anywhere.
    if (changed.get('view')) this.querySelector<HTMLElement>('.rooms > main')?.focus();
  }

  protected override render() {
    return html`
      ${header({
        text: this.text,
        view: this.view,
        linkTo: (view) => this.linkTo(view),
        gpu: this.gpu,
        absent: this.absence !== undefined,
        msPerStep: this.#room?.msPerStep ?? Number.NaN,
        share: this.#room?.share,
        act: (action) => this.#do(action),
      })}
      <div
        class="rooms"
        @changed=${() => this.requestUpdate()}
        @notice=${({ detail }: CustomEvent<NoticeDetail>) => this.show(detail.words, detail.problem)}
        @spoken=${({ detail }: CustomEvent<string>) => this.#speak(detail)}
        @hovering=${({ detail }: CustomEvent<boolean>) => {
          this.hovering = detail;
        }}
      >
        ${this.#absent()} ${cache(this.#generating())} ${this.#run()}
      </div>
      <diffuscope-notices class="notices" .text=${this.text}></diffuscope-notices>
      <diffuscope-help .text=${this.text}></diffuscope-help>
      <p class="spoken" aria-live="polite"></p>
      ${this.hovering ? html`<div class="drop-here">${this.text.dropHere}</div>` : nothing}
    `;
  }

  #speak(words: string): void {
    const spoken = this.querySelector('.spoken');
    if (spoken) spoken.textContent = words;
  }

  /** In the place of a view that cannot do without a GPU. */
  #absent() {
    if (!this.absence || (this.view !== 'run' && isOfRun(this.view))) return nothing;
    return html`<main class="absent">
      <diffuscope-absent
        .text=${this.text}
        .absence=${this.absence.kind}
        .detail=${this.absence.detail}
      ></diffuscope-absent>
    </main>`;
  }

  /** Out of sight it is taken from the page, and gives its memory back. */
  #generating() {
    if (isOfRun(this.view) || this.absence) return nothing;
    const { text, gpu } = this;
    return this.view === 'generate'
      ? html`<main class="view generating" tabindex="-1">
          <diffuscope-generate .text=${text} .gpu=${gpu}></diffuscope-generate>
        </main>`
      : html`<main class="view generating" tabindex="-1">
          <diffuscope-single .text=${text} .gpu=${gpu}></diffuscope-single>
        </main>`;
  }

  #run() {
    if (!this.#ranOnce) return nothing;
    return html`<diffuscope-run-room
      .text=${this.text}
      .gpu=${this.gpu}
      .absent=${this.absence !== undefined}
      .view=${this.view}
    ></diffuscope-run-room>`;
  }
}
