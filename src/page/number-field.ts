/** A number to be typed. */
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

export interface NumberField {
  readonly label: string;
  /** The control's own name. */
  readonly name?: string;
  /** In force. */
  readonly value: unknown;
  readonly min?: number;
  readonly max?: number;
  /** 1 where absent. */
  readonly step?: number | 'any';
  readonly disabled?: boolean;
  /** What has been typed so far. */
  readonly type?: (text: string) => void;
  /** What was typed: whoever receives it checks it. */
  readonly change: (text: string) => void;
}

export const numberField = ({
  label,
  name,
  value,
  min,
  max,
  step = 1,
  disabled = false,
  type,
  change,
}: NumberField) => html`<label>
  <span>${label}</span>
  <input
    type="number"
    name=${ifDefined(name)}
    inputmode=${step === 'any' || step < 1 ? 'decimal' : 'numeric'}
    min=${ifDefined(min)}
    max=${ifDefined(max)}
    step=${step}
    ?disabled=${disabled}
    .value=${live(String(value))}
    @input=${(event: Event) => type?.((event.target as HTMLInputElement).value)}
    @change=${(event: Event) => change((event.target as HTMLInputElement).value)}
  />
</label>`;
