/** Two to four samplers from the same noise, under one scrubber, and how they differ. */

import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import type { Schedule } from '../../diffusion/schedule.ts';
import type { Level } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import { Exchange } from '../../player/exchange.ts';
import { PageElement } from '../element.ts';
import type { Action } from '../keys.ts';
import { refusalOf } from '../refusal.ts';
import { areasOf } from '../views.ts';
import '../samplers/error-plot.ts';
import { colourOf, type Settings } from '../settings.ts';
import type { CompareText, Text } from '../text/areas.ts';
import { type Present, presentOf } from './column.ts';
import './column.ts';
import { type Comparison, comparisonOf, comparisonText, STEPS_MOST } from './comparison.ts';
import './controls.ts';
import type { DifferenceView } from './difference.ts';
import { Player } from './player.ts';
import './rows.ts';
import { Runs, type Shown } from './runs.ts';
import './transport.ts';
import { compareWords } from './words.ts';
import '../explain.css';
import './compare.css';

type Refusal = (words: CompareText, text: Text) => string;

/** What the runs are made from. */
interface Wish {
  readonly gpu: Gpu;
  readonly picture: Promise<ImageBitmap>;
  readonly settings: Settings;
  readonly comparison: Comparison;
}

/** Runs, and the first states of them to be seen. */
interface Made {
  readonly wish: Wish;
  readonly runs: Runs;
  first?: Shown;
}

export class Compare extends PageElement {
  static override areas = areasOf.compare;
  static override properties = {
    ...PageElement.properties,
    gpu: { attribute: false },
    settings: { attribute: false },
    schedule: { attribute: false },
    picture: { attribute: false },
    difference: { state: true },
    refusal: { state: true },
  };
  declare gpu: Gpu | undefined;
  declare settings: Settings;
  declare schedule: Schedule;
  declare picture: Promise<ImageBitmap>;
  declare difference: DifferenceView;
  /** Why the last change was turned down. */
  declare refusal: Refusal | undefined;
  readonly #player = new Player(this);
  /** What the settings ask for, and the text it was read from. */
  #comparison: Comparison;
  #text = '';
  readonly #exchange = new Exchange<Wish, Made>({
    make: async (wish) => {
      const { gpu, picture, settings, comparison } = wish;
      return { wish, runs: await Runs.create(gpu, await picture, settings, comparison) };
    },
    attach: async (made) => {
      await made.runs.go(this.#player.stopIn(made.runs), (shown) => {
        made.first = shown;
      });
    },
    release: ({ runs }) => runs.release(),
  });
  #shown: Player['shown'];
  #presents: readonly Present[] = [];

  constructor() {
    super();
    this.difference = { reference: 'first', sign: 'absolute', gain: 4 };
    this.#comparison = { spacing: 'leading', steps: 1, deviation: 1, samplers: ['ddim', 'heun'] };
    this.#exchange.addEventListener('shown', () => {
      const { runs, first } = this.#exchange.shown as Made;
      this.#player.play(runs, first as Shown);
    });
  }

  /** Back in sight it makes the same runs again. */
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#make();
  }

  /** Out of sight the runs hold no GPU memory. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#exchange.dispose();
  }

  /** Does what a key asks for, if it concerns these runs. */
  act(action: Action): boolean {
    return this.#player.act(action);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { shown } = this.#player;
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#presents = shown ? presentOf(shown) : [];
    }
    if (!changed.has('settings') || this.settings.compare === this.#text) return;
    this.#text = this.settings.compare;
    this.#comparison = comparisonOf(this.#text) ?? this.#comparison;
  }

  protected override updated(changed: PropertyValues): void {
    const others = this.#concerns(changed.get('settings'));
    if (changed.has('gpu') || changed.has('picture') || others) void this.#make();
  }

  /** Whether other settings than these before make other runs. */
  #concerns(before: Settings | undefined): boolean {
    const names = [
      'compare',
      'size',
      'frame',
      'colour',
      'schedule',
      'curve',
      'T',
      'seed',
      'normals',
    ] as const;
    return before !== undefined && names.some((name) => before[name] !== this.settings[name]);
  }

  /** What was there stays until the new runs show, and for good if they cannot be made. */
  async #make(): Promise<void> {
    const { gpu, picture, settings } = this;
    if (!gpu || !this.isConnected) return;
    try {
      await this.#exchange.want({ gpu, picture, settings, comparison: this.#comparison });
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** The runs that were there stay, and so does the link to them. */
  #refuse(error: unknown): void {
    this.refusal = (_, text) => refusalOf(error, text);
    const made = this.#exchange.shown?.wish.settings.compare;
    if (made !== undefined) this.send('setting', { name: 'compare', value: made });
  }

  #change(changes: Partial<Comparison>): void {
    this.refusal = undefined;
    this.send('setting', { name: 'compare', value: comparisonText({ ...this.#comparison, ...changes }) });
  }

  /** A number that was typed, if it makes a comparison. */
  #type(name: 'steps' | 'deviation', typed: string): void {
    const value = typed.trim() === '' ? Number.NaN : Number(typed);
    const changes = { ...this.#comparison, [name]: value };
    const possible = comparisonOf(comparisonText(changes)) && changes.steps <= this.schedule.T;
    if (possible) this.#change(changes);
    else this.refusal = ({ badValue }) => badValue(typed, Math.min(STEPS_MOST, this.schedule.T));
  }

  protected override render() {
    const { text, difference } = this;
    const words = compareWords(text);
    const { spacing, steps, deviation, samplers } = this.#comparison;
    const { runs, stop } = this.#player;
    return html`
      <article
        @comparison=${({ detail }: CustomEvent<Partial<Comparison>>) => this.#change(detail)}
        @typed=${({ detail }: CustomEvent<{ name: 'steps' | 'deviation'; value: string }>) =>
          this.#type(detail.name, detail.value)}
        @difference=${({ detail }: CustomEvent<DifferenceView>) => {
          this.difference = detail;
        }}
        @stop=${({ detail }: CustomEvent<number>) => this.#player.scrub(detail)}
      >
        <h2>${words.title}</h2>
        <p class="aside">${words.lead} ${colourOf(this.settings) ? words.scalarNoise : nothing}</p>
        <diffuscope-compare-controls
          .text=${text}
          .comparison=${this.#comparison}
          .difference=${difference}
          .seed=${this.settings.seed}
        ></diffuscope-compare-controls>
        <p class="refusal" role="status">${this.refusal?.(words, text) ?? nothing}</p>
        ${this.gpu ? this.#columns() : html`<p class="hint">${words.noGpu}</p>`}
        ${runs ? this.#transport(runs) : nothing}
        ${
          runs
            ? html`<diffuscope-compare-rows .text=${text} .runs=${runs} .stop=${stop}></diffuscope-compare-rows>`
            : nothing
        }
        <diffuscope-error-plot
          .text=${text}
          .schedule=${this.schedule}
          .chosen=${samplers}
          .spacing=${spacing}
          .steps=${steps}
          .deviation=${deviation}
        ></diffuscope-error-plot>
      </article>
    `;
  }

  #columns() {
    const { samplers } = this.#comparison;
    if (this.refusal && !this.#player.runs) return nothing;
    // Pictures of another sampler never stand under this one's name.
    const presentAt = (place: number) =>
      this.#presents[place]?.name === samplers[place] ? this.#presents[place] : undefined;
    return html`<div class="columns" .style=${`--columns: ${samplers.length}`}>
      ${map(
        samplers,
        (_, place) => html`<diffuscope-compare-column
          class="column line-${place + 1}"
          .text=${this.text}
          .samplers=${samplers}
          .place=${place}
          .difference=${this.difference}
          .present=${presentAt(place)}
        ></diffuscope-compare-column>`,
      )}
    </div>`;
  }

  #transport(runs: Runs) {
    const { stop, playing } = this.#player;
    return html`<diffuscope-compare-transport
      class="transport-row"
      .text=${this.text}
      .level=${runs.stops[stop] as Level}
      .stop=${stop}
      .last=${runs.last}
      .playing=${playing}
      @toggle=${(event: Event) => {
        // The run behind has a toggle of its own.
        event.stopPropagation();
        this.#player.toggle();
      }}
    ></diffuscope-compare-transport>`;
  }
}
customElements.define('diffuscope-compare', Compare);
