/** The error plot's own settings. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { map } from 'lit/directives/map.js';
import { PageElement } from '../element.ts';
import { axes, type ErrorQuestion, ends, possible, scheduleChoices } from './error-question.ts';
import { spacings } from './names.ts';
import './samplers.css';
import { samplerWords } from './words.ts';

export class ErrorControls extends PageElement {
  static override properties = {
    ...PageElement.properties,
    question: { attribute: false },
    refused: { state: true },
  };
  declare question: ErrorQuestion;
  /** What was typed and cannot be. */
  declare refused: string | undefined;

  protected override render() {
    const { text, refused } = this;
    const words = samplerWords(text);
    const scheduleNames = {
      cosine: text.schedules.cosine,
      linear: text.schedules.linear,
      run: words.runSchedule,
    };
    return html`
      <div class="controls-row">
        ${this.#select('schedule', words.schedule, scheduleChoices, scheduleNames)}
        ${this.#select('spacing', words.spacing, spacings, words.spacings)}
        ${this.#number('mean', words.dataMean)} ${this.#number('deviation', words.dataDeviation)}
        ${this.#select('end', words.until, ends, words.ends)}
        ${this.#select('against', words.against, axes, words.numberOf)}
      </div>
      <p class="refusal" role="status">${refused === undefined ? nothing : words.badData(refused)}</p>
    `;
  }

  #select<Name extends 'schedule' | 'spacing' | 'end' | 'against'>(
    name: Name,
    label: string,
    values: readonly ErrorQuestion[Name][],
    words: Readonly<Record<ErrorQuestion[Name], string>>,
  ) {
    return html`<label>
      <span>${label}</span>
      <select
        @change=${(event: Event) => this.#ask({ [name]: (event.target as HTMLSelectElement).value })}
      >
        ${map(
          values,
          (value) =>
            html`<option value=${value} .selected=${live(value === this.question[name])}>${words[value]}</option>`,
        )}
      </select>
    </label>`;
  }

  #number(name: 'mean' | 'deviation', label: string) {
    const changed = ({ target }: Event) => {
      const { value, valueAsNumber } = target as HTMLInputElement;
      const good = possible({ ...this.question, [name]: valueAsNumber });
      this.refused = good ? undefined : value;
      if (good) this.#ask({ [name]: valueAsNumber });
      this.requestUpdate();
    };
    return html`<label>
      <span>${label}</span>
      <input
        type="number"
        step="any"
        inputmode="decimal"
        .value=${live(String(this.question[name]))}
        @change=${changed}
      />
    </label>`;
  }

  #ask(change: Partial<ErrorQuestion> | Record<string, string>): void {
    this.send('question', { ...this.question, ...change });
  }
}
customElements.define('diffuscope-error-controls', ErrorControls);
