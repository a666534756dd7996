/** The table of one run of a comparison, and which run that is. */
import { html, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import '../samplers/coefficients.ts';
import { samplerWords } from '../samplers/words.ts';
import type { Column, Runs } from './runs.ts';
import { compareWords } from './words.ts';

export class CompareRows extends PageElement {
  static override properties = {
    ...PageElement.properties,
    runs: { attribute: false },
    stop: { type: Number },
    chosen: { state: true },
  };
  declare runs: Runs;
  declare stop: number;
  /** The column whose rows are listed. */
  declare chosen: number;

  constructor() {
    super();
    this.chosen = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('runs')) this.chosen = Math.min(this.chosen, this.runs.columns.length - 1);
  }

  protected override render() {
    const { text, runs, stop, chosen } = this;
    const { names } = samplerWords(text);
    const column = runs.columns[chosen] as Column;
    return html`
      <div class="choices rows-of" role="group" aria-label=${compareWords(text).tableOf}>
        ${map(
          runs.columns,
          ({ name }, i) => html`<button
            class="line-${i + 1}"
            aria-pressed=${i === chosen}
            @click=${() => {
              this.chosen = i;
            }}
          >${names[name]}</button>`,
        )}
      </div>
      <diffuscope-coefficients
        .text=${text}
        .path=${column.run.path}
        .position=${column.positions[stop] ?? 0}
        @row=${({ detail }: CustomEvent<number>) => this.send('stop', runs.stopOf(column, detail))}
      ></diffuscope-coefficients>
    `;
  }
}
customElements.define('diffuscope-compare-rows', CompareRows);
