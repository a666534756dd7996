/** What explains the run, and what compares samplers. Opened again, a view is as it was left. */
import { html, nothing } from 'lit';
import { cache } from 'lit/directives/cache.js';
import type { RunView } from './run-view.ts';
import type { View } from './views.ts';

export interface OtherView extends RunView {
  readonly view: View;
  /** Of the run on the screen. */
  readonly picture: Promise<ImageBitmap>;
}

function viewOf({ view, text, settings, schedule, session, reading, place, picture }: OtherView) {
  switch (view) {
    case 'generate':
    case 'single':
    case 'run':
      return nothing;
    case 'theorem':
      return html`<diffuscope-theorem .text=${text} .schedule=${schedule} .reading=${reading}></diffuscope-theorem>`;
    case 'derivation':
      return html`<diffuscope-derivation
        .text=${text}
        .schedule=${schedule}
        .reading=${reading}
        .place=${place}
        .probed=${session?.probed ?? { x: 0, y: 0, channel: 0 }}
        .channels=${session?.shape?.c ?? 3}
        .playing=${session?.run?.playing ?? false}
      ></diffuscope-derivation>`;
    case 'compare':
      return html`<diffuscope-compare
        .text=${text}
        .gpu=${session?.gpu}
        .settings=${settings}
        .schedule=${schedule}
        .picture=${picture}
      ></diffuscope-compare>`;
  }
}

export const otherView = (view: OtherView) => html`${cache(viewOf(view))}`;
