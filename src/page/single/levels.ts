/** The levels of what is made: their sizes, what each compares, and which is at work. */
import { html } from 'lit';
import { map } from 'lit/directives/map.js';
import type { PyramidLevel } from '../../diffusion/pyramid.ts';
import type { SingleText } from '../text/areas.ts';

export interface Levels {
  readonly words: SingleText;
  readonly plan: readonly PyramidLevel[];
  /** The one at work; as many as there are when all is done. */
  readonly level: number;
}

export const levelList = ({ words, plan, level: now }: Levels) => html`
  <h2>${words.levels}</h2>
  <ol class="levels">
    ${map(
      plan,
      ({ size, exact, levels }, level) => html`<li
        class=${level < now ? 'past' : level === now ? 'now' : ''}
        aria-current=${level === now ? 'step' : 'false'}
      >
        <b>${words.levelSize(size.w, size.h)}</b> <span>${words.steps(levels.length - 1)}</span>
        <span class=${exact ? 'exact' : 'approximate'}>${exact ? words.levelExact : words.levelApproximate}</span>
      </li>`,
    )}
  </ol>
`;
