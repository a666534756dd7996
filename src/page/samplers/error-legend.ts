/** The samplers of the error plot: each with its order, and how many evaluations a step takes. */
import { html, nothing } from 'lit';
import { map } from 'lit/directives/map.js';
import { type SamplerName, samplers } from '../../diffusion/samplers/list.ts';
import { PageElement } from '../element.ts';
import { decimal } from '../format.ts';
import { significant } from '../significant.ts';
import type { SamplersText } from '../text/areas.ts';
import { samplerSelect } from './menus.ts';
import './samplers.css';
import { samplerWords } from './words.ts';

/** How many lines one can still tell apart; samplers.css has as many colours. */
export const MOST = 6;

/** What is known of one line: the order that is seen, and the error at the x that is pointed at. */
export interface LegendEntry {
  readonly seen: number | undefined;
  readonly here: number | null;
}

export class ErrorLegend extends PageElement {
  static override properties = {
    ...PageElement.properties,
    chosen: { attribute: false },
    entries: { attribute: false },
    pointed: { attribute: false },
  };
  /** Each at its colour's place; empty places are undefined. */
  declare chosen: readonly (SamplerName | undefined)[];
  declare entries: ReadonlyMap<SamplerName, LegendEntry>;
  /** The x that is pointed at. */
  declare pointed: number | undefined;

  protected override render() {
    const words = samplerWords(this.text);
    const shown = this.chosen.filter((name) => name !== undefined);
    return html`
      <ul class="orders" aria-label=${words.shown}>
        ${map(this.chosen, (name, place) => (name ? this.#entry(name, place, words) : nothing))}
      </ul>
      <label class="another">
        <span class="unseen">${words.another}</span>
        ${samplerSelect({
          value: undefined,
          placeholder: words.another,
          names: words.names,
          groups: words.groups,
          disabled: shown.length >= MOST,
          without: ['posterior', ...shown],
          change: (name) => this.#add(name as SamplerName),
        })}
      </label>
    `;
  }

  #entry(name: SamplerName, place: number, words: SamplersText) {
    const { order, evaluations, stochastic } = samplers[name];
    const { seen, here = null } = this.entries.get(name) ?? {};
    const facts = [
      words.order(order),
      ...(seen === undefined ? [] : [words.seen(decimal(seen, 2))]),
      words.evaluationsEach(evaluations),
      ...(stochastic ? [words.random] : []),
    ];
    return html`<li class="line-${place + 1} ${stochastic ? 'stochastic' : ''}">
      <span><b>${words.names[name]}</b> ${facts.join(' · ')}</span>
      ${here === null ? nothing : html`<output>${words.errorAt(String(this.pointed), significant(here, 3))}</output>`}
      <button class="icon" aria-label=${words.leaveOut(words.names[name])} title=${words.leaveOut(words.names[name])} @click=${() => this.#put(place, undefined)}>
        ×
      </button>
    </li>`;
  }

  #add(name: SamplerName): void {
    const free = Array.from({ length: MOST }, (_, i) => this.chosen[i]).indexOf(undefined);
    if (free >= 0) this.#put(free, name);
  }

  #put(place: number, name: SamplerName | undefined): void {
    this.send(
      'chosen',
      Array.from({ length: MOST }, (_, i) => (i === place ? name : this.chosen[i])),
    );
  }
}
customElements.define('diffuscope-error-legend', ErrorLegend);
