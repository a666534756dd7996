/** What every run of a comparison has in common, and how their difference is shown. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import { SEED_MOST } from '../new-seed.ts';
import { numberField } from '../number-field.ts';
import { groups, type SpacingName, spacings } from '../samplers/names.ts';
import { samplerWords } from '../samplers/words.ts';
import type { CompareText } from '../text/areas.ts';
import { type Compared, type Comparison, MOST } from './comparison.ts';
import { type DifferenceView, gains, type Reference, references, type Sign, signs } from './difference.ts';
import { compareWords } from './words.ts';

export class CompareControls extends PageElement {
  static override properties = {
    ...PageElement.properties,
    comparison: { attribute: false },
    difference: { attribute: false },
    seed: { type: Number },
  };
  declare comparison: Comparison;
  declare difference: DifferenceView;
  declare seed: number;

  protected override render() {
    const { text, comparison, difference } = this;
    const words = compareWords(text);
    const { spacings: spacingNames, spacing: spacingLabel } = samplerWords(text);
    const full = comparison.samplers.length >= MOST;
    return html`<div class="controls-row">
      ${this.#select(
        spacingLabel,
        spacings,
        (name) => spacingNames[name],
        comparison.spacing,
        (spacing: SpacingName) => this.send('comparison', { spacing }),
      )}
      ${this.#number('steps', words)} ${this.#number('deviation', words)}
      ${numberField({ label: text.seed, value: this.seed, min: 0, max: SEED_MOST, change: (seed) => this.#seeded(seed) })}
      ${this.#select(
        words.difference,
        references,
        (name) => words.references[name],
        difference.reference,
        (reference: Reference) => this.#shown({ reference }),
      )}
      ${this.#select(
        words.sign,
        signs,
        (name) => words.signs[name],
        difference.sign,
        (sign: Sign) => this.#shown({ sign }),
      )}
      ${this.#select(
        words.gain,
        gains.map(String),
        (gain) => words.times(Number(gain)),
        String(difference.gain),
        (gain) => this.#shown({ gain: Number(gain) as DifferenceView['gain'] }),
      )}
      <button
        ?disabled=${full}
        @click=${() => this.send('comparison', { samplers: [...comparison.samplers, this.#another] })}
      >
        ${words.add}
      </button>
    </div>`;
  }

  /** A sampler that is not there yet. */
  get #another(): Compared {
    const all = Object.values(groups)
      .flat()
      .filter((name) => name !== 'posterior');
    return all.find((name) => !this.comparison.samplers.includes(name)) as Compared;
  }

  #select<Name extends string>(
    label: string,
    names: readonly Name[],
    word: (name: Name) => string,
    value: Name,
    change: (name: Name) => void,
  ) {
    return html`<label>
      <span>${label}</span>
      <select @change=${(event: Event) => change((event.target as HTMLSelectElement).value as Name)}>
        ${map(
          names,
          (name) => html`<option value=${name} .selected=${live(name === value)}>${word(name)}</option>`,
        )}
      </select>
    </label>`;
  }

  /** Sent as it was typed: whoever receives it checks it. */
  #number(name: 'steps' | 'deviation', words: CompareText) {
    return numberField({
      label: words[name],
      value: this.comparison[name],
      step: name === 'steps' ? 1 : 'any',
      change: (value) => {
        this.send('typed', { name, value });
        this.requestUpdate();
      },
    });
  }

  #seeded(value: string): void {
    this.send('setting', { name: 'seed', value });
    this.requestUpdate();
  }

  #shown(change: Partial<DifferenceView>): void {
    this.send('difference', { ...this.difference, ...change });
  }
}
customElements.define('diffuscope-compare-controls', CompareControls);
