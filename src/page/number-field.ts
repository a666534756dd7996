/** A number to be typed. */
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

export interface NumberField {
  readonly label: string;
  /** In force. */
  readonly value: unknown;
  readonly min?: number;
  readonly max?: number;
  /** 1 where absent. */
  readonly step?: number | 'any';
  /** What was typed: whoever receives it checks it. */
  readonly change: (text: string) => void;
}

export const numberField = ({ label, value, min, max, step = 1, change }: NumberField) => html`<label>
  <span>${label}</span>
  <input
    type="number"
    inputmode=${step === 'any' || step < 1 ? 'decimal' : 'numeric'}
    min=${ifDefined(min)}
    max=${ifDefined(max)}
    step=${step}
    .value=${live(String(value))}
    @change=${(event: Event) => change((event.target as HTMLInputElement).value)}
  />
</label>`;
