/** The error plot as a table, for who cannot see it, or wants the numbers. */
import { html } from 'lit';
import { map } from 'lit/directives/map.js';
import type { SamplerName } from '../../diffusion/samplers/list.ts';
import { significant } from '../significant.ts';
import type { SamplersText } from '../text/areas.ts';
import type { Axis } from './error-question.ts';

interface ErrorTable {
  readonly words: SamplersText;
  readonly against: Axis;
  readonly names: readonly SamplerName[];
  /** Every x that some line has a point at, rising. */
  readonly xs: readonly number[];
  /** The error of a sampler there, if it has one. */
  readonly at: (name: SamplerName, x: number) => number | null;
}

export const errorTable = ({ words, against, names, xs, at }: ErrorTable) => html`
  <details>
    <summary>${words.numbers}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${words.numbers}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">${words.numberOf[against]}</th>
            ${map(names, (name) => html`<th scope="col">${words.names[name]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${map(
            xs,
            (x) => html`<tr>
              <th scope="row">${x}</th>
              ${map(names, (name) => {
                const error = at(name, x);
                return html`<td>${error === null ? '–' : significant(error, 3)}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>
`;
