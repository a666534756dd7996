/** The top of the page: its name, its views, the GPU at work, and what is done to the page as a whole. */
import { html, nothing } from 'lit';
import type { Gpu } from '../gpu/device.ts';
import { milliseconds } from './format.ts';
import type { Action } from './keys.ts';
import './nav.ts';
import type { Text } from './text/areas.ts';
import { languageAfter } from './text/language.ts';
import type { View } from './views.ts';

export interface Header {
  readonly text: Text;
  readonly view: View;
  /** Where a view is. */
  readonly linkTo: (view: View) => string;
  /** Undefined until it answers, or where there is none. */
  readonly gpu: Gpu | undefined;
  readonly absent: boolean;
  /** NaN until measured. */
  readonly msPerStep: number;
  /** Of what the device's memory allows; undefined where that cannot be said. */
  readonly share: number | undefined;
  readonly act: (action: Action) => void;
}

export const header = ({ text, view, linkTo, gpu, absent, msPerStep, share, act }: Header) => html`
  <header>
    <div class="brand">
      <h1>diffuscope</h1>
      <span class="tagline">${text.tagline}</span>
    </div>
    <diffuscope-nav .text=${text} .view=${view} .linkTo=${linkTo}></diffuscope-nav>
    <span class="gpu">
      ${gpu ? gpu.adapterName : absent ? '' : text.starting} ${gpu?.software ? html`(${text.software})` : nothing}
      ${Number.isNaN(msPerStep) ? nothing : html`· <span class="speed">${text.msPerStep(milliseconds(msPerStep))}</span>`}
      ${share === undefined ? nothing : html`· <span class="share" title=${text.shareMeaning}>${text.shareOfMemory((100 * share).toFixed(0))}</span>`}
    </span>
    ${
      absent
        ? nothing
        : html`<button @click=${() => act({ do: 'share' })}>${text.share}</button>
            <button @click=${() => act({ do: 'save' })} title="${text.save} (s)">${text.save}</button>`
    }
    <button class="language" @click=${() => act({ do: 'language' })} aria-label=${text.switchTo(languageAfter(text).name)}>
      ${languageAfter(text).name}
    </button>
    <button aria-label=${text.help} title=${text.help} @click=${() => act({ do: 'help' })}>?</button>
  </header>
`;
