/** The derivation, to be read: from Bayes' rule to the coefficients of a step, with a pixel's numbers in every formula. */

import { html, nothing, type TemplateResult } from 'lit';
import { map } from 'lit/directives/map.js';
import type { Schedule } from '../diffusion/schedule.ts';
import { type Numbers, numbersAt, pointOf } from './derivation/numbers.ts';
import * as sections from './derivation/sections.ts';
import { PageElement } from './element.ts';
import type { Reading } from './probe-panel.ts';
import type { Place } from './settings.ts';
import { significant } from './significant.ts';
import type { SourceText } from './source-text.ts';
import { areasOf } from './views.ts';
import './source-text.ts';
import { tex } from './tex.ts';
import type { DerivationText } from './text/areas.ts';
import { wordsOf } from './text/language.ts';
import './explain.css';
import './derivation.css';

type Section = keyof typeof sections;

/** The files that compute what a section says. */
const sources: Record<Section, string[]> = {
  bayes: ['src/diffusion/bayes.ts'],
  markov: ['src/diffusion/path.ts', 'shaders/process/linear_gaussian.wgsl'],
  conjugate: ['src/diffusion/bayes.ts'],
  theorem: ['src/diffusion/gaussian.ts', 'src/diffusion/matrix.ts'],
  forms: ['src/diffusion/posterior.ts', 'src/diffusion/schedule.ts'],
  reconstruction: ['src/diffusion/bound.ts', 'src/diffusion/decoder.ts'],
  careless: ['src/diffusion/schedule.ts', 'src/diffusion/posterior.ts'],
};

export class Derivation extends PageElement {
  static override areas = areasOf.derivation;
  static override properties = {
    ...PageElement.properties,
    schedule: { attribute: false },
    reading: { attribute: false },
    place: { attribute: false },
    probed: { attribute: false },
    channels: { type: Number },
    playing: { type: Boolean },
  };
  declare schedule: Schedule;
  declare reading: Reading | undefined;
  declare place: Place;
  declare probed: { readonly x: number; readonly y: number; readonly channel: number };
  declare channels: number;
  declare playing: boolean;

  protected override render() {
    const words = wordsOf(this.text, 'derivation');
    const numbers = numbersAt(this.schedule, pointOf(this.schedule, this.reading));
    const part = (name: Section, body: TemplateResult) => html`
      <section id=${name} aria-labelledby="${name}-heading">
        <h3 id="${name}-heading">${words[name].heading}</h3>
        ${body}
        <p class="aside">
          ${words.source} ${map(sources[name], (path, i) => html`${i ? ', ' : ''}${this.#linkTo(path)}`)}
        </p>
      </section>
    `;
    return html`
      ${this.#bar(words, numbers)}
      <article>
        <h2>${words.title}</h2>
        ${words.lead} ${numbers.example ? html`<p class="aside">${words.whyExample}</p>` : nothing}
        ${part('bayes', sections.bayes(words.bayes, numbers))}
        ${part('markov', sections.markov(words.markov, numbers))}
        ${part('conjugate', sections.conjugate(words.conjugate, numbers))}
        ${part('theorem', sections.theorem(words.theorem, numbers))}
        ${part('forms', sections.forms(words.forms, numbers))}
        ${part('reconstruction', sections.reconstruction(words.reconstruction, numbers))}
        ${part('careless', sections.careless(words.careless, numbers))}
      </article>
      <diffuscope-source-text .text=${this.text}></diffuscope-source-text>
    `;
  }

  #linkTo(path: string) {
    const open = () => void (this.querySelector('diffuscope-source-text') as SourceText).open(path);
    return html`<button class="link" aria-haspopup="dialog" @click=${open}><code>${path}</code></button>`;
  }

  /** Which numbers these are, and the way to others. */
  #bar(words: DerivationText, { t, xt, x0, example }: Numbers) {
    const { text, probed } = this;
    const channel = this.channels === 1 ? text.grey : (text.channels[probed.channel] ?? '');
    return html`
      <div class="bar" role="region" aria-label=${words.numbers}>
        ${this.reading ? this.#controls() : nothing}
        <p>
          ${example ? words.example : words.pixel(probed.x, probed.y, channel)}:
          <span>${tex`t = ${t},`} ${tex`x_t = ${significant(xt)},`} ${tex`x_0 = ${significant(x0)}`}</span>
        </p>
      </div>
    `;
  }

  #controls() {
    const { text, schedule, place, playing } = this;
    return html`
      <button @click=${() => this.send('toggle')}>${playing ? text.pause : text.play}</button>
      <input
        type="range"
        min="0"
        max=${schedule.T}
        .value=${String(place.t)}
        aria-label=${text.time}
        @input=${this.#go}
      />
    `;
  }

  #go(event: Event): void {
    const t = Number((event.target as HTMLInputElement).value);
    this.send<Place>('go', { direction: this.place.direction, t });
  }
}
customElements.define('diffuscope-derivation', Derivation);
