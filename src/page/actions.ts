/** What a visitor can do to the run, by key, by button or by touch. */
import type { Action } from './keys.ts';
import { newSeed } from './new-seed.ts';
import type { Host, Requests } from './requests.ts';
import { savePicture } from './save-picture.ts';
import { type Place, rates } from './settings.ts';
import { samples } from './source/samples.ts';
import type { SourcePanel } from './source-panel.ts';
import type { Pixel } from './stage.ts';

/** Part of the run that Shift and an arrow key skip. */
const FAR = 1 / 20;

/** The view that is acted on. */
export interface ActedOn extends Host {
  /** Where the visitor is or wants to be. */
  readonly place: Place;
  querySelector(name: string): Element | null;
}

export class Actions {
  constructor(
    readonly page: ActedOn,
    readonly requests: Requests,
  ) {}

  /** False where the action is nothing to the run. */
  do(action: Action): boolean {
    const { direction, t } = this.page.place;
    const { T } = this.page.settings;
    switch (action.do) {
      case 'toggle':
        this.toggle();
        break;
      case 'step':
        this.step(action.n * (action.far ? Math.ceil(FAR * T) : 1));
        break;
      case 'start':
        this.go({ direction, t: 0 });
        break;
      case 'end':
        this.go({ direction, t: T });
        break;
      case 'run':
        this.go({ direction: action.direction, t });
        break;
      case 'faster':
        this.#faster(action.by);
        break;
      case 'new-seed':
        this.newSeed();
        break;
      case 'sample':
        void this.requests.change('image', Object.keys(samples)[action.index] as string);
        break;
      case 'open':
        (this.page.querySelector('diffuscope-source') as SourcePanel).choose();
        break;
      case 'camera':
        void this.requests.camera();
        break;
      case 'save':
        void this.#save();
        break;
      default:
        return false;
    }
    return true;
  }

  /** Play, or pause. */
  toggle(): void {
    const { run } = this.page.session ?? {};
    if (!run || this.requests.live) return;
    if (run.playing) run.pause();
    else run.play();
  }

  go({ direction, t }: Place): void {
    this.page.session?.go(direction, t);
    this.page.changed();
  }

  /** `n` states along the run. */
  step(n: number): void {
    this.page.session?.step(n);
    this.page.changed();
  }

  /** To the state that a row of the run's table makes. */
  seek(position: number): void {
    this.page.session?.seek(position);
    this.page.changed();
  }

  newSeed(): void {
    void this.requests.change('seed', String(newSeed()));
  }

  /** Follows another pixel, or another of its channels. */
  probe(change: Partial<Pixel & { channel: number }>): void {
    const { session } = this.page;
    if (!session) return;
    session.probe({ ...session.probed, ...change });
    this.page.requestUpdate();
  }

  #faster(by: 1 | -1): void {
    const rate = rates[rates.indexOf(this.page.settings.rate as (typeof rates)[number]) + by];
    if (rate !== undefined) void this.requests.change('rate', String(rate));
  }

  async #save(): Promise<void> {
    const { run } = this.page.session ?? {};
    if (run && !this.requests.live) await savePicture(run, this.page.place);
  }
}
