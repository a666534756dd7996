/**
 * The opening view: noise becomes images that were never drawn. A batch on the wall; one of it on the stage, with its way
 * from noise to image; branches off that way; and how new everything is.
 */
import { html, type PropertyValues } from 'lit';
import type { Gpu } from '../../gpu/device.ts';
import { fetchDenoiser } from '../../trajectory/trajectory.ts';
import { PageElement } from '../element.ts';
import type { Action } from '../keys.ts';
import { newSeed } from '../new-seed.ts';
import { reasonOf } from '../refusal.ts';
import type { NoticeDetail, Room } from '../room.ts';
import { savePng } from '../save-png.ts';
import { loadSet } from '../sets/list.ts';
import type { NamedSet } from '../sets/named-set.ts';
import { significant } from '../significant.ts';
import { stillness } from '../stillness.ts';
import { areasOf, viewOf } from '../views.ts';
import type { Branches } from './branches.ts';
import type { Change } from './controls.ts';
import { passFiles } from './files.ts';
import { Findings } from './findings.ts';
import { Glimpses } from './glimpses.ts';
import { layout, type Scene } from './layout.ts';
import type { Stage } from './stage.ts';
import { type Kept, type Screens, Studio } from './studio.ts';
import type { Wall } from './wall.ts';
import { defaults, formatLink, type Position, parseLink, parseWanted, type Wanted } from './wanted.ts';
import './wall.ts';
import { scaled } from './window-sizes.ts';
import { generateWords } from './words.ts';
import '../making.css';
import './generate.css';

/** How long all must be still before the link follows. */
const SETTLED_MS = 250;
/** Steps that Shift and an arrow key skip. */
const FAR = 5;
/** Where a change shows its result at once instead of the way there: the whole way takes no longer. */
const AT_ONCE_MS = 600;
/** The mark of the first picture that is no longer the noise it began with. */
export const MOVING = 'diffuscope: moving';

const NOWHERE: Position = { sample: undefined, t: undefined };

export class Generate extends PageElement implements Room {
  static override areas = areasOf.generate;
  static override properties = {
    ...PageElement.properties,
    gpu: { attribute: false },
    wanted: { state: true },
    predicted: { state: true },
  };
  declare gpu: Gpu | undefined;
  /** In force. */
  declare wanted: Wanted;
  /** Whether the wall shows x̂_0. */
  declare predicted: boolean;
  ready: Promise<void> = Promise.resolve();

  #studio: Studio | undefined;
  #named: NamedSet | undefined;
  /** What was asked for last. */
  #order = {};
  /** What was there when the view was left. */
  #left: { position: Position; playing: boolean; kept: Kept } | undefined;
  #later: Promise<unknown> | undefined;
  #hasLater = false;
  #opened = false;
  #frame = 0;
  #settle = 0;
  readonly #findings = new Findings(() => this.requestUpdate());
  readonly #glimpses = new Glimpses();
  #refuseFiles: (() => void) | undefined;

  constructor() {
    super();
    this.wanted = parseLink(location.hash, defaults(true)).wanted;
    this.predicted = false;
    // Under way while the GPU is asked for; what goes wrong is said when it is needed.
    loadSet(this.wanted.set).catch(() => {});
    fetchDenoiser(this.wanted.denoiser).catch(() => {});
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const tick = (now: number) => {
      this.#studio?.tick(now);
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
    this.#refuseFiles = passFiles((over) => this.send('hovering', over));
    if (this.#opened) this.ready = this.#return();
  }

  /** Out of sight it holds no GPU memory. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#refuseFiles?.();
    clearTimeout(this.#settle);
    this.#leave();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('gpu') || !this.gpu || !this.isConnected) return;
    if (this.#opened) {
      this.#leave();
      this.ready = this.#return();
    } else this.ready = this.#open(this.gpu);
  }

  async #open(gpu: Gpu): Promise<void> {
    this.#opened = true;
    this.wanted = defaults(gpu.software);
    const { wanted, sample, t } = this.#read(location.hash);
    await this.#make(wanted, { sample, t }, t === undefined && !stillness.matches);
  }

  #leave(): void {
    const studio = this.#studio;
    this.#order = {};
    if (!studio) return;
    const { chosen: sample, last, position, playing, keep: kept } = studio;
    this.#left = { position: { sample, t: last - position }, playing, kept };
    this.#studio = undefined;
    studio.release();
  }

  async #return(): Promise<void> {
    const begun = { position: NOWHERE, playing: !stillness.matches, kept: undefined };
    const { position, playing, kept } = this.#left ?? begun;
    await this.#make(this.wanted, position, playing, kept);
  }

  #read(hash: string) {
    const link = parseLink(hash, this.wanted);
    if (link.nonsense.length > 0) this.#tell(this.text.notices.nonsense(link.nonsense.join(', ')));
    return link;
  }

  /**
   * Makes what is wanted; what was there stays until it is ready, and for good if it cannot be. Plays from where it is,
   * or rests there; without a place that is the beginning, or the end.
   */
  async #make(wanted: Wanted, { sample, t }: Position, playing: boolean, kept?: Kept): Promise<void> {
    const { gpu } = this;
    if (!gpu) return;
    const order = {};
    this.#order = order;
    let studio: Studio | undefined;
    try {
      const named = await loadSet(wanted.set);
      studio = await Studio.create(gpu, named.images, wanted, () => this.#screens, kept);
      if (order !== this.#order) return studio.release();
      await this.updateComplete;
      await this.#wall.updateComplete;
      await studio.attach();
      if (order !== this.#order) return studio.release();
      this.#studio?.release();
      this.#named = named;
      this.#findings.forget();
      this.#glimpses.clear();
      this.wanted = wanted;
      studio.onChange = () => this.#changed();
      studio.onPosterior = (became) => this.#findings.becoming(became);
      this.#studio = studio;
      const wrong = t !== undefined && t > studio.last;
      if (wrong) this.#tell(this.#words.noSuchStep(t));
      const there = t === undefined || wrong ? (playing ? 0 : studio.last) : studio.last - t;
      studio.seek(there);
      if (playing) studio.toggle();
      if (sample !== undefined) await this.#pick(sample);
    } catch (error) {
      if (studio !== this.#studio) studio?.release();
      if (order !== this.#order) return;
      this.#tell(this.#words.refused(reasonOf(error as Error, this.text)));
      // What stays is what the controls and the link say.
      this.requestUpdate();
      if (this.#studio) this.writeLink();
    }
  }

  arrive(hash: string): void {
    if (this.#opened) void this.#arrive(hash);
  }

  async #arrive(hash: string): Promise<void> {
    await this.ready;
    // Left meanwhile, it would take memory out of sight.
    if (!this.isConnected) return;
    const { wanted, sample, t } = this.#read(hash);
    const studio = this.#studio;
    if (!studio || formatLink(wanted, NOWHERE) !== formatLink(this.wanted, NOWHERE)) {
      await this.#make(wanted, { sample, t }, t === undefined && !stillness.matches);
      return;
    }
    if (t !== undefined && t !== studio.last - studio.position) studio.seek(studio.last - t);
    if (sample === undefined) this.#unpick();
    else if (sample !== studio.chosen) await this.#pick(sample);
    this.writeLink();
  }

  act(action: Action): boolean {
    const studio = this.#studio;
    if (action.do === 'view' && action.view === 'run') return this.#escape();
    if (!studio) return false;
    switch (action.do) {
      case 'toggle':
        studio.toggle();
        return true;
      case 'step':
        studio.seek(studio.position + action.n * (action.far ? FAR : 1));
        return true;
      case 'start':
        studio.seek(0);
        return true;
      case 'end':
        studio.seek(studio.last);
        return true;
      case 'new-seed':
        this.#newSeed();
        return true;
      case 'branch':
        void this.#branch();
        return true;
      case 'save':
        void this.#save();
        return true;
      default:
        return false;
    }
  }

  get msPerStep(): number {
    return this.#studio?.msPerStep ?? Number.NaN;
  }

  get #position(): Position {
    const studio = this.#studio;
    if (!studio) return this.#left?.position ?? NOWHERE;
    const t = studio.last - studio.position;
    // At rest at its end, or on its way there, a link shows the way again.
    return { sample: studio.chosen, t: t === 0 || studio.playing ? undefined : t };
  }

  linkTo(): string {
    return formatLink(this.wanted, this.#position);
  }

  writeLink(): void {
    if (!this.isConnected || viewOf(location.hash) !== 'generate') return;
    const hash = this.linkTo();
    if (hash !== location.hash) history.replaceState(null, '', hash);
  }

  get #words() {
    return generateWords(this.text);
  }

  get #wall(): Wall {
    return this.querySelector('diffuscope-wall') as Wall;
  }

  get #screens(): Screens {
    const stage = this.querySelector('diffuscope-generated') as Stage;
    const branches = this.querySelector('diffuscope-branches') as Branches;
    return {
      wall: this.#wall.canvases,
      get solo() {
        return stage.canvases;
      },
      get branches() {
        return { x: branches.canvas, columns: 4 };
      },
    };
  }

  #tell(words: string, problem = true): void {
    this.send<NoticeDetail>('notice', { words, problem });
  }

  /** Everything that the pictures do comes by here. */
  #changed(): void {
    const studio = this.#studio;
    if (!studio) return;
    const { wall } = studio;
    if (wall.shown >= 0) void this.#loadLater();
    if (wall.shown > 0 && performance.getEntriesByName(MOVING).length === 0) performance.mark(MOVING);
    this.#glimpses.take(wall.shown, studio.last, this.#wall.canvases.x);
    void this.#findings.of(studio);
    this.requestUpdate();
    this.send('changed');
    clearTimeout(this.#settle);
    if (!studio.playing) this.#settle = window.setTimeout(() => this.#settled(), SETTLED_MS);
  }

  async #loadLater(): Promise<void> {
    this.#later ??= import('./later.ts');
    await this.#later;
    if (this.#hasLater) return;
    this.#hasLater = true;
    this.requestUpdate();
  }

  #settled(): void {
    const studio = this.#studio;
    if (!studio) return;
    this.writeLink();
    this.send('spoken', this.#words.spoken(studio.position, studio.last));
  }

  async #pick(sample: number): Promise<void> {
    const studio = this.#studio;
    if (!studio) return;
    studio.chosen = sample;
    await this.#loadLater();
    await this.updateComplete;
    // Meanwhile it may have been given up.
    if (studio !== this.#studio || studio.chosen !== sample) return;
    this.#findings.stageAnew();
    try {
      await studio.pick(sample);
    } catch (error) {
      this.#tell(this.#words.refused(reasonOf(error as Error, this.text)));
    }
  }

  /** Escape leaves the stage, and stays in this view. */
  #escape(): boolean {
    this.#unpick();
    return true;
  }

  #unpick(): void {
    const studio = this.#studio;
    if (studio?.chosen === undefined) return;
    const { chosen: sample } = studio;
    studio.unpick();
    this.#findings.stageAnew();
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[data-sample="${sample}"]`)?.focus(),
    );
  }

  async #branch(): Promise<void> {
    try {
      await this.#studio?.branch();
    } catch (error) {
      this.#tell(this.#words.refused(reasonOf(error as Error, this.text)));
    }
  }

  #newSeed(): void {
    this.#change({ name: 'seed', value: String(newSeed()) });
  }

  /** A setting as it was typed or chosen. */
  #change({ name, value: text }: Change): void {
    const value = parseWanted(name, text);
    if (value === undefined) {
      this.#tell(this.#words.badValue(name, text));
      this.requestUpdate();
      return;
    }
    void this.#want({ [name]: value });
  }

  async #want(changes: Partial<Wanted>): Promise<void> {
    const studio = this.#studio;
    const wanted = { ...this.wanted, ...changes };
    // From other noise, or to other images, the way there is what there is to see.
    const anew = 'seed' in changes || 'set' in changes || 'source' in changes || 'n' in changes || !studio;
    const quick = studio && studio.wall.msPerStep * studio.last < AT_ONCE_MS;
    const position = { sample: this.#kept(wanted), t: undefined };
    if (anew || !quick || studio.playing) await this.#make(wanted, position, !stillness.matches);
    else
      await this.#make(
        wanted,
        { ...position, t: studio.last === studio.position ? 0 : this.#inProportion(wanted) },
        false,
      );
  }

  /** The sample on the stage, if there will be one of that number. */
  #kept({ n }: Wanted): number | undefined {
    const sample = this.#studio?.chosen;
    return sample !== undefined && sample < n ? sample : undefined;
  }

  /** Steps to go, where there will be more steps or fewer. */
  #inProportion({ steps }: Wanted): number {
    const { last, position } = this.#studio as Studio;
    return Math.round((steps * (last - position)) / last);
  }

  async #chooseSet(name: string): Promise<void> {
    const from = this.#named?.images.shape;
    const to = await loadSet(name).then(
      ({ images }) => images.shape,
      () => undefined,
    );
    const k =
      from && to ? scaled(this.wanted.k, Math.max(from.h, from.w), Math.max(to.h, to.w)) : this.wanted.k;
    await this.#want({ set: name, k, source: 0 });
  }

  async #save(): Promise<void> {
    const studio = this.#studio;
    if (!studio) return;
    const { x } = studio.solo ? this.#screens.solo : this.#screens.wall;
    const sample = studio.sample === undefined ? '' : `-${studio.sample + 1}`;
    await savePng(x, `diffuscope-${this.wanted.set}-${this.wanted.seed}${sample}`);
  }

  get #where(): string {
    const studio = this.#studio;
    if (!studio) return this.#words.waiting;
    const { alpha, sigma } = studio.level;
    const p = Math.max(studio.lead.shown, 0);
    return this.#words.where(studio.last - p, studio.last, significant(sigma / alpha, 2));
  }

  get #scene(): Scene {
    return {
      ...{ text: this.text, words: this.#words, gpu: this.gpu, wanted: this.wanted, studio: this.#studio },
      ...{ named: this.#named, findings: this.#findings, glimpses: this.#glimpses, where: this.#where },
      ...{ predicted: this.predicted, hasLater: this.#hasLater },
      reseed: () => this.#newSeed(),
      predict: (x0Hat) => {
        this.predicted = x0Hat;
      },
    };
  }

  protected override render() {
    const studio = this.#studio;
    const picked = studio?.sample !== undefined;
    return html`
      <div
        class="studio ${picked ? 'picked' : ''}"
        @pick=${({ detail }: CustomEvent<number>) => void this.#pick(detail)}
        @unpick=${() => this.#unpick()}
        @toggle=${() => studio?.toggle()}
        @step=${({ detail }: CustomEvent<number>) => studio?.seek(studio.position + detail)}
        @seek=${({ detail }: CustomEvent<number>) => studio?.seek(detail)}
        @branch=${() => void this.#branch()}
        @wanted=${({ detail }: CustomEvent<Change>) => this.#change(detail)}
        @new-seed=${() => this.#newSeed()}
        @set=${({ detail }: CustomEvent<string>) => void this.#chooseSet(detail)}
        @source=${({ detail }: CustomEvent<number>) => void this.#want({ source: detail })}
      >
        ${layout(this.#scene)}
      </div>
    `;
  }
}
customElements.define('diffuscope-generate', Generate);
