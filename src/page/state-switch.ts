/** Whether x_t is shown, or x̂_0. */
import { html } from 'lit';

export interface StateSwitch {
  readonly words: { readonly show: string; readonly shows: { readonly x: string; readonly x0Hat: string } };
  /** Whether it is x̂_0 now. */
  readonly predicted: boolean;
  predict(x0Hat: boolean): void;
}

export const stateSwitch = ({ words, predicted, predict }: StateSwitch) => html`<div
  class="switch"
  role="group"
  aria-label=${words.show}
>
  ${[false, true].map(
    (x0Hat) => html`<button
      aria-pressed=${predicted === x0Hat}
      title=${x0Hat ? words.shows.x0Hat : words.shows.x}
      @click=${() => predict(x0Hat)}
    >
      <i>${x0Hat ? 'x̂' : 'x'}</i><sub>${x0Hat ? '0' : 't'}</sub>
    </button>`,
  )}
</div>`;
