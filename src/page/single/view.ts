/** One picture becomes new ones: the source, what grows out of noise beside it, and how it is to be made. */
import { html, type PropertyValues } from 'lit';
import type { Gpu } from '../../gpu/device.ts';
import { Exchange, type Steps } from '../../player/exchange.ts';
import { PageElement } from '../element.ts';
import type { Action } from '../keys.ts';
import { newSeed } from '../new-seed.ts';
import { refusalOf } from '../refusal.ts';
import type { NoticeDetail, Room } from '../room.ts';
import { savePng } from '../save-png.ts';
import { takeFiles } from '../source/intake.ts';
import { PictureError } from '../source/picture.ts';
import { stillness } from '../stillness.ts';
import { areasOf, viewOf } from '../views.ts';
import type { Changes } from './controls.ts';
import { exampleNames, exampleOf } from './example-kinds.ts';
import { loadExample } from './examples.ts';
import { layout, type Scene } from './layout.ts';
import { Making, type Wish } from './making.ts';
import { keepPicture, keptPicture, type OwnPicture, openPicture, TooSmall } from './own.ts';
import { guessKind, type Prepared, prepare } from './prepare.ts';
import type { SourceCard } from './source-card.ts';
import type { SingleStage } from './stage.ts';
import {
  defaults,
  formatLink,
  ofKind,
  parseLink,
  parseWanted,
  suiting,
  tooMany,
  type Wanted,
} from './wanted.ts';
import './controls.ts';
import './source-card.ts';
import './stage.ts';
import { singleWords } from './words.ts';
import '../making.css';
import './single.css';

export class Single extends PageElement implements Room {
  static override areas = areasOf.single;
  static override properties = {
    ...PageElement.properties,
    gpu: { attribute: false },
    wanted: { state: true },
    asked: { state: true },
    prepared: { state: true },
    predicted: { state: true },
  };
  declare gpu: Gpu | undefined;
  /** In force. */
  declare wanted: Wanted;
  /** On its way, or in force: what the controls say. */
  declare asked: Wanted;
  declare prepared: Prepared | undefined;
  /** Whether x̂_0 is shown. */
  declare predicted: boolean;
  ready: Promise<void> = Promise.resolve();
  /** Steps of different levels have little in common. */
  readonly msPerStep = Number.NaN;

  readonly #exchange = new Exchange(this.#stepsOn(undefined));
  #own: OwnPicture | undefined;
  #opened = false;
  #frame = 0;
  #level = -1;
  #refuseFiles: (() => void) | undefined;

  constructor() {
    super();
    this.wanted = parseLink(location.hash, defaults(true), true).wanted;
    this.asked = this.wanted;
    this.predicted = false;
    this.#exchange.addEventListener('shown', () => this.#adopt());
  }

  get #making(): Making | undefined {
    return this.#exchange.shown;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const tick = (now: number) => {
      this.#making?.tick(now);
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
    this.#refuseFiles = takeFiles({
      file: (file) => void this.#open(file),
      nothing: () => this.#tell(this.text.notices['no-file']),
      hovering: (over) => this.send('hovering', over),
    });
    if (this.#opened) this.ready = this.#make(this.wanted);
  }

  /** Out of sight it holds no GPU memory. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#refuseFiles?.();
    this.#exchange.dispose();
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('gpu') || !this.gpu || !this.isConnected) return;
    this.ready = this.#move(this.gpu);
  }

  async #begin(): Promise<void> {
    this.#opened = true;
    this.wanted = defaults(this.#software);
    await this.#make(await this.#read(location.hash));
  }

  /** The same on another device; what is seen of it stays until then. */
  async #move(gpu: Gpu): Promise<void> {
    const again = this.#exchange.renew(this.#stepsOn(gpu));
    if (!this.#opened) await this.#begin();
    else if (this.#exchange.newest) await this.#settle(again);
    else await this.#make(this.wanted);
  }

  get #software(): boolean {
    return this.gpu?.software ?? true;
  }

  /** What a link says; an own picture that is not here is replaced by an example of its kind. */
  async #read(hash: string): Promise<Wanted> {
    const { wanted, nonsense } = parseLink(hash, this.wanted, this.#software);
    if (nonsense.length > 0) this.#tell(this.text.notices.nonsense(nonsense.join(', ')));
    if (wanted.source !== 'own') return wanted;
    this.#own ??= await keptPicture();
    if (this.#own) return wanted;
    const source = exampleOf(wanted.kind);
    this.#tell(this.#words.noOwn(this.#words.examples[source]));
    return { ...wanted, source };
  }

  #stepsOn(gpu: Gpu | undefined): Steps<Wish, Making> {
    return {
      make: async (wish) => {
        const { wanted, own } = wish;
        const bitmap = wanted.source === 'own' ? own?.bitmap : await loadExample(wanted.source);
        if (!bitmap || !gpu) throw new Error(this.#words.source);
        return Making.create(gpu, prepare(bitmap, wanted.kind, wanted.h), wish);
      },
      attach: async (making, signal) => {
        await this.updateComplete;
        await this.#stage.updateComplete;
        await making.attach(this.#stage.canvases, !stillness.matches, signal);
      },
      release: (making) => making.release(),
      restore: (making) => making.pyramid.repaint(),
    };
  }

  /** Makes what is wanted; what was there stays until it is ready, and for good if it cannot be. */
  async #make(wanted: Wanted, own = this.#own): Promise<void> {
    // Out of sight it would take memory that nobody gives back.
    if (!this.gpu || !this.isConnected) return;
    this.asked = wanted;
    await this.#settle(this.#exchange.want({ wanted, own }));
  }

  async #settle(shown: Promise<boolean>): Promise<void> {
    try {
      await shown;
    } catch (error) {
      this.#tell(refusalOf(error, this.text));
      // What stays is what the controls and the link say.
      this.asked = this.wanted;
      if (this.#making) this.writeLink();
    }
  }

  /** What shows is in force. */
  #adopt(): void {
    const making = this.#making as Making;
    this.#own = making.wish.own;
    this.wanted = making.wish.wanted;
    this.asked = this.wanted;
    this.prepared = making.prepared;
    this.#level = -1;
    making.pyramid.onChange = () => this.#changed();
    this.requestUpdate();
    this.writeLink();
    if (making.begun) this.#changed();
  }

  arrive(hash: string): void {
    if (this.#opened) void this.#arrive(hash);
  }

  async #arrive(hash: string): Promise<void> {
    await this.ready;
    const wanted = await this.#read(hash);
    if (this.#making && formatLink(wanted) === formatLink(this.wanted)) this.writeLink();
    else await this.#make(wanted);
  }

  act(action: Action): boolean {
    switch (action.do) {
      case 'toggle':
        this.#toggle();
        return true;
      case 'new-seed':
        this.#reseed();
        return true;
      case 'open':
        (this.querySelector('diffuscope-one-source') as SourceCard).choose();
        return true;
      case 'sample':
        this.#choose(exampleNames[action.index] as Wanted['source']);
        return true;
      case 'save':
        void this.#save();
        return true;
      default:
        return false;
    }
  }

  linkTo(): string {
    return formatLink(this.wanted);
  }

  writeLink(): void {
    if (!this.isConnected || viewOf(location.hash) !== 'single') return;
    const hash = this.linkTo();
    if (hash !== location.hash) history.replaceState(null, '', hash);
  }

  get #words() {
    return singleWords(this.text);
  }

  get #stage(): SingleStage {
    return this.querySelector('diffuscope-single-stage') as SingleStage;
  }

  #tell(words: string, problem = true): void {
    this.send<NoticeDetail>('notice', { words, problem });
  }

  /** Seen every frame, heard once a level. */
  #changed(): void {
    const making = this.#making;
    if (!making) return;
    this.requestUpdate();
    const { level, levels, size } = making.pyramid.place;
    const now = making.done ? levels : level;
    if (now === this.#level) return;
    this.#level = now;
    const words = this.#words;
    const where = words.spokenLevel(level + 1, levels, words.levelSize(size.w, size.h));
    this.send('spoken', making.done ? words.spokenDone(this.wanted.n) : where);
  }

  #toggle(): void {
    const making = this.#making;
    if (!making) return;
    if (making.done) void this.#make(this.wanted);
    else making.playing = !making.playing;
    this.requestUpdate();
  }

  #reseed(): void {
    void this.#make({ ...this.asked, seed: newSeed() });
  }

  #choose(source: Wanted['source']): void {
    void this.#make({ ...this.asked, ...suiting(source, this.asked, this.#software) });
  }

  /** The visitor's own picture; one that is none changes nothing. */
  async #open(file: File): Promise<void> {
    try {
      const own = await openPicture(file);
      for (const note of own.notes) {
        if (note !== 'shrunk') this.#tell(this.text.notices[note], false);
      }
      const fitting = ofKind(guessKind(own.bitmap), this.asked, this.#software);
      await this.#make({ ...this.asked, ...fitting, source: 'own' }, own);
      if (this.#own === own) await keepPicture(file);
    } catch (error) {
      if (error instanceof PictureError) this.#tell(this.text.notices[error.fault](error.fileName));
      else if (error instanceof TooSmall) this.#tell(this.#words.tooSmall(error.fileName));
      else throw error;
    }
  }

  /** Settings as they were typed or chosen. */
  #change(changes: Changes): void {
    const wanted = { ...this.asked };
    for (const [name, text] of Object.entries(changes) as [keyof Wanted, string][]) {
      const value = parseWanted(name, text);
      if (value === undefined) {
        this.#tell(this.#words.badValue(name, text));
        return;
      }
      Object.assign(wanted, { [name]: value });
    }
    if (tooMany(wanted)) this.#tell(this.#words.tooMany(wanted.n, wanted.w, wanted.h));
    else void this.#make(wanted);
  }

  #changeKind(text: string): void {
    const kind = parseWanted('kind', text);
    if (kind) void this.#make({ ...this.asked, ...ofKind(kind, this.asked, this.#software) });
  }

  async #save(): Promise<void> {
    if (!this.#making?.begun) return;
    const { source, w, h, seed } = this.wanted;
    await savePng(this.#stage.shown, `diffuscope-${source}-${w}x${h}-${seed}`);
  }

  protected override render() {
    const scene: Scene = {
      text: this.text,
      words: this.#words,
      wanted: this.wanted,
      asked: this.asked,
      prepared: this.prepared,
      name: this.#own?.name ?? '',
      making: this.#making,
      predicted: this.predicted,
      toggle: () => this.#toggle(),
      reseed: () => this.#reseed(),
      predict: (x0Hat) => {
        this.predicted = x0Hat;
      },
    };
    return html`<div
      class="workshop"
      @source=${({ detail }: CustomEvent<Wanted['source']>) => this.#choose(detail)}
      @kind=${({ detail }: CustomEvent<string>) => this.#changeKind(detail)}
      @file=${({ detail }: CustomEvent<File>) => void this.#open(detail)}
      @wanted=${({ detail }: CustomEvent<Changes>) => this.#change(detail)}
    >
      ${layout(scene)}
    </div>`;
  }
}
customElements.define('diffuscope-single', Single);
