/** Branches off a state: where they go, how far apart they end, and at which step that stops. */
import { html, nothing, svg } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import { significant } from '../significant.ts';
import { BRANCHES } from './studio.ts';
import type { DenoiserName } from './wanted.ts';
import { generateWords } from './words.ts';

/** What came of one branching. */
export interface Decision {
  /** The step it left from. */
  readonly step: number;
  /** The mean distance of its ends, RMS a value. */
  readonly distance: number;
}

/** Up to these parts of the distance between independent samples the image was decided, or its outline was. */
const CLOSED = 0.15;
const PARTLY = 0.6;

const [WIDTH, HEIGHT] = [300, 84];

export class Branches extends PageElement {
  static override properties = {
    ...PageElement.properties,
    step: { type: Number },
    last: { type: Number },
    aspect: { type: Number },
    denoiser: {},
    decisions: { attribute: false },
    from: { type: Number },
    running: { type: Boolean },
    apart: { type: Number },
  };
  /** The step on the stage. */
  declare step: number;
  declare last: number;
  declare aspect: number;
  declare denoiser: DenoiserName;
  /** Of the sample on the stage, the newest last. */
  declare decisions: readonly Decision[];
  /** The step that the branches on the screen left from; undefined while there are none. */
  declare from: number | undefined;
  declare running: boolean;
  /** How far two samples of the wall are apart; NaN where that is not known. */
  declare apart: number;

  get canvas(): HTMLCanvasElement {
    return this.querySelector('canvas') as HTMLCanvasElement;
  }

  protected override render() {
    const { text, step, last, from, running, denoiser, aspect } = this;
    const words = generateWords(text);
    const there = from !== undefined;
    const atEnd = step >= last;
    return html`<section class="card">
      <h2>${words.branches}</h2>
      <p class="hint">${words.branchLead}</p>
      <button class="primary branch" ?disabled=${atEnd || running} title=${atEnd ? words.branchAtEnd : nothing} @click=${() => this.send('branch')}>
        ${words.branch(step)} <kbd>b</kbd>
      </button>
      ${atEnd ? html`<p class="hint">${words.branchAtEnd}</p>` : nothing}
      <figure ?hidden=${!there}>
        <div class="screen" .style=${`--aspect: ${aspect}`}>
          <canvas class="coarse" role="img" aria-label=${words.branchesFrom(from ?? 0, BRANCHES)}></canvas>
          <span class="badge denoiser" title=${words.badgeMeanings[denoiser]}>${words.badges[denoiser]}</span>
        </div>
        <figcaption>
          ${words.branchesFrom(from ?? 0, BRANCHES)}${running ? html`, ${words.branchesRun}` : nothing}
        </figcaption>
      </figure>
      ${this.#verdict()} ${this.#plot()}
    </section>`;
  }

  #verdict() {
    const { decisions, apart, running, from } = this;
    const newest = decisions.at(-1);
    if (!newest || running || newest.step !== from) return nothing;
    const words = generateWords(this.text);
    const part = newest.distance / apart;
    const verdict = part < CLOSED ? 'closed' : part < PARTLY ? 'partly' : 'open';
    return html`<p class="verdict">
      ${words.decided(significant(newest.distance, 2), Number.isNaN(part) ? '–' : `${Math.round(100 * part)} %`)}
      ${Number.isNaN(part) ? nothing : html`<b>${words.verdicts[verdict]}</b>`}
    </p>`;
  }

  #plot() {
    const { decisions, last, apart } = this;
    if (decisions.length < 2) return nothing;
    const words = generateWords(this.text);
    const top = Math.max(apart || 0, ...decisions.map(({ distance }) => distance)) * 1.1;
    const x = (step: number) => 6 + ((WIDTH - 12) * step) / last;
    const y = (distance: number) => HEIGHT - 6 - ((HEIGHT - 12) * distance) / top;
    return html`<svg class="decided" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words.decidedPlot}>
        <line class="axis" x1="0" x2=${WIDTH} y1=${y(0)} y2=${y(0)}></line>
        ${Number.isNaN(apart) ? nothing : svg`<line class="apart" x1="0" x2=${WIDTH} y1=${y(apart)} y2=${y(apart)}></line>`}
        ${map(
          decisions,
          ({ step, distance }) => svg`<circle cx=${x(step)} cy=${y(distance)} r="4">
            <title>${words.decidedPoint(step, significant(distance, 2))}</title>
          </circle>`,
        )}
      </svg>
      <p class="hint">${words.decidedPlot}</p>`;
  }
}
customElements.define('diffuscope-branches', Branches);
