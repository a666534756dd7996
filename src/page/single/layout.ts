/** How the view is laid out: the one picture, what comes of it, and what is asked for. */
import { html, nothing } from 'lit';
import { stateSwitch } from '../state-switch.ts';
import type { SingleText, Text } from '../text/areas.ts';
import { levelList } from './levels.ts';
import type { Making } from './making.ts';
import type { Prepared } from './prepare.ts';
import type { Wanted } from './wanted.ts';

/** What there is to show; without a making, while it is prepared. */
export interface Scene {
  readonly text: Text;
  readonly words: SingleText;
  readonly wanted: Wanted;
  /** On its way, or in force. */
  readonly asked: Wanted;
  readonly prepared: Prepared | undefined;
  /** Of the visitor's own picture. */
  readonly name: string;
  readonly making: Making | undefined;
  /** Whether x̂_0 is shown instead of x_t. */
  readonly predicted: boolean;
  toggle(): void;
  reseed(): void;
  predict(x0Hat: boolean): void;
}

export const layout = (scene: Scene) => html`${choices(scene)} ${result(scene)} ${side(scene)}`;

function choices({ text, words, wanted, asked, prepared, name }: Scene) {
  return html`<div class="panel controls" tabindex="0" role="region" aria-label=${words.choices}>
    <diffuscope-one-source
      class="card"
      .text=${text}
      .wanted=${wanted}
      .asked=${asked}
      .prepared=${prepared}
      .name=${name}
    ></diffuscope-one-source>
    <section class="card weakness">
      <h2>${words.weaknesses}</h2>
      <p>${words.weakness[asked.kind]}</p>
    </section>
  </div>`;
}

/** Where it is, in words. */
export function whereOf(words: SingleText, making: Making | undefined): string {
  if (!making?.begun) return words.waiting;
  const { level, levels, step, steps, size } = making.pyramid.place;
  if (making.done) return words.done((making.spent / 1000).toFixed(1));
  return words.where(level + 1, levels, words.levelSize(size.w, size.h), step, steps);
}

function result(scene: Scene) {
  const { text, words, wanted, making, predicted } = scene;
  const place = making?.begun ? making.pyramid.place : undefined;
  return html`<div class="result">
    <diffuscope-single-stage
      .text=${text}
      .wanted=${wanted}
      .denoiser=${place?.denoiser}
      .predicted=${predicted}
    ></diffuscope-single-stage>
    <div class="making">
      <progress max="1" .value=${making?.pyramid.progress ?? 0} aria-label=${words.progress}></progress>
      <span class="where">${whereOf(words, making)}</span>
    </div>
    ${buttons(scene)}
  </div>`;
}

function buttons({ text, words, making, predicted, toggle, reseed, predict }: Scene) {
  const play = making?.done ? words.again : making?.playing ? text.pause : text.play;
  return html`<div class="under">
    <button class="toggle" @click=${toggle} title="${play} (space)" ?disabled=${!making}>${play}</button>
    <button class="primary" @click=${reseed} title="${words.reseed} (n)">${words.reseed}</button>
    ${stateSwitch({ words, predicted, predict })}
  </div>`;
}

function side({ text, words, asked, prepared, making }: Scene) {
  const { h, w } = prepared?.images.shape ?? { h: 1, w: 1 };
  const { plan } = making?.pyramid ?? {};
  const level = !making?.begun ? -1 : making.done ? making.pyramid.plan.length : making.pyramid.place.level;
  return html`<div class="side panel" tabindex="0" role="region" aria-label=${words.settings}>
    <section class="welcome">
      <h2>${words.title}</h2>
      <p>${words.lead}</p>
    </section>
    <diffuscope-single-controls class="card" .text=${text} .wanted=${asked} .source=${{ w, h }}></diffuscope-single-controls>
    ${plan ? html`<section class="card">${levelList({ words, plan, level })}</section>` : nothing}
  </div>`;
}
