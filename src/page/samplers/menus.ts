/** Which sampler takes the run back, how its steps are spread, and how many there are; each explained in a line. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import { colourOf, limitNames, type Settings, STEPS_MAX, samplerOf } from '../settings.ts';
import { type Group, groups, type SamplerChoice, spacings } from './names.ts';
import { papers } from './papers.ts';
import './samplers.css';
import type { SamplersText } from '../text/areas.ts';
import { samplerWords } from './words.ts';

interface SamplerSelect {
  readonly value: SamplerChoice | undefined;
  /** What is there where nothing is chosen. */
  readonly placeholder?: string;
  readonly names: Readonly<Record<SamplerChoice, string>>;
  readonly groups: Readonly<Record<Group, string>>;
  readonly disabled?: boolean;
  /** Those that are not offered. */
  readonly without?: readonly SamplerChoice[];
  readonly change: (name: string) => void;
}

/** A select of samplers, by groups. */
export const samplerSelect = ({
  value,
  names,
  groups: groupNames,
  placeholder,
  disabled = false,
  without = [],
  change,
}: SamplerSelect) => html`
  <select ?disabled=${disabled} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
    ${placeholder === undefined ? nothing : html`<option value="" .selected=${live(value === undefined)}>${placeholder}</option>`}
    ${map(
      Object.entries(groups) as [Group, readonly SamplerChoice[]][],
      ([group, members]) => html`<optgroup label=${groupNames[group]}>
        ${map(
          members.filter((name) => !without.includes(name)),
          (name) => html`<option value=${name} .selected=${live(name === value)}>${names[name]}</option>`,
        )}
      </optgroup>`,
    )}
  </select>
`;

interface NameSelect<Name extends string> {
  readonly values: readonly Name[];
  readonly value: Name;
  readonly names: Readonly<Record<Name, string>>;
  readonly disabled?: boolean;
  readonly change: (name: string) => void;
}

const nameSelect = <Name extends string>({
  values,
  value,
  names,
  disabled = false,
  change,
}: NameSelect<Name>) => html`
  <select ?disabled=${disabled} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
    ${map(
      values,
      (name) => html`<option value=${name} .selected=${live(name === value)}>${names[name]}</option>`,
    )}
  </select>
`;

export class SamplerMenus extends PageElement {
  static override properties = { ...PageElement.properties, settings: { attribute: false } };
  declare settings: Settings;

  protected override render() {
    const { spacing, steps, limit } = this.settings;
    const words = samplerWords(this.text);
    const coloured = colourOf(this.settings) !== undefined;
    const shown = samplerOf(this.settings);
    const exact = shown === 'posterior';
    return html`
      <label>
        <span>${words.sampler}</span>
        ${samplerSelect({
          value: shown,
          names: words.names,
          groups: words.groups,
          disabled: coloured,
          change: (value) => this.#changed('sampler', value),
        })}
      </label>
      <p class="hint">
        ${coloured ? words.colourNoise : words.about[shown]} ${this.#paper(shown, words)}
      </p>
      <div class="pair">
        <label>
          <span>${words.spacing}</span>
          ${nameSelect({
            values: spacings,
            value: spacing,
            names: words.spacings,
            disabled: exact,
            change: (value) => this.#changed('spacing', value),
          })}
        </label>
        <label>
          <span>${words.steps}</span>
          <input
            type="number"
            inputmode="numeric"
            min="1"
            max=${STEPS_MAX}
            .value=${live(String(steps))}
            ?disabled=${exact}
            @change=${(event: Event) => this.#changed('steps', (event.target as HTMLInputElement).value)}
          />
        </label>
      </div>
      ${coloured ? nothing : html`<p class="hint">${exact ? words.allSteps : words.aboutSpacings[spacing]}</p>`}
      <label>
        <span>${words.limit}</span>
        ${nameSelect({
          values: limitNames,
          value: limit,
          names: words.limits,
          change: (value) => this.#changed('limit', value),
        })}
      </label>
      ${limit === 'none' ? nothing : html`<p class="hint">${words.aboutLimits[limit]}</p>`}
    `;
  }

  #paper(name: SamplerChoice, words: SamplersText) {
    const { authors, others = false, year, href } = papers[name];
    return html`<a class="paper" href=${href} target="_blank" rel="noreferrer">${words.paper(authors, others, year)}</a>`;
  }

  #changed(name: 'sampler' | 'spacing' | 'steps' | 'limit', value: string): void {
    this.send('setting', { name, value });
    // A value that was turned down is still in the control: show the one in force.
    this.requestUpdate();
  }
}
customElements.define('diffuscope-sampler-menus', SamplerMenus);
