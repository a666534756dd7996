/** One run of a comparison: its sampler, its picture, how far that is from what it should be, and from another run's. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Level } from '../../diffusion/step.ts';
import type { Shape } from '../../trajectory/trajectory.ts';
import { coarseness, drawState } from '../draw-state.ts';
import { PageElement } from '../element.ts';
import { rms } from '../round-trip.ts';
import { samplerSelect } from '../samplers/menus.ts';
import { samplerWords } from '../samplers/words.ts';
import { significant } from '../significant.ts';
import type { CompareText } from '../text/compare-en.ts';
import { type Compared, LEAST } from './comparison.ts';
import { type DifferenceView, differencePicture } from './difference.ts';
import type { Player } from './player.ts';
import { compareWords } from './words.ts';

/** What a column shows of one stop. */
export interface Present {
  readonly name: Compared;
  readonly state: Float32Array;
  /** The first run's. */
  readonly first: Float32Array;
  /** The exact solution's from the same noise. */
  readonly exact: Float32Array;
  readonly x0: Float32Array;
  readonly level: Level;
  /** How often the denoiser has been asked. */
  readonly evaluations: number;
  readonly stochastic: boolean;
  readonly deviation: number;
  readonly shape: Shape;
}

/** What every column shows. */
export const presentOf = ({ runs, stop, states, exact }: NonNullable<Player['shown']>): Present[] => {
  const { columns, stops, x0, shape, deviation } = runs;
  const common = {
    x0,
    shape,
    deviation,
    exact,
    first: states[0] as Float32Array,
    level: stops[stop] as Level,
  };
  return columns.map(({ name, evaluations, stochastic }, i) => ({
    ...common,
    name,
    state: states[i] as Float32Array,
    evaluations: evaluations[stop] as number,
    stochastic,
  }));
};

export class CompareColumn extends PageElement {
  static override properties = {
    ...PageElement.properties,
    samplers: { attribute: false },
    place: { type: Number },
    present: { attribute: false },
    difference: { attribute: false },
  };
  /** Of all columns. */
  declare samplers: readonly Compared[];
  /** Which column this is, from 0. */
  declare place: number;
  /** Nothing while the run is made. */
  declare present: Present | undefined;
  declare difference: DifferenceView;

  protected override render() {
    const { text, samplers, place, present } = this;
    const words = compareWords(text);
    const { names, groups, about } = samplerWords(text);
    const name = samplers[place] as Compared;
    const { shape, level } = present ?? {};
    const coarse = shape ? coarseness(shape) : '';
    return html`
      <div class="choose">
        <label>
          <span class="unseen">${words.sampler(place + 1)}</span>
          ${samplerSelect({
            ...{ value: name, names, groups, without: ['posterior'] },
            change: (value) => this.send('comparison', { samplers: samplers.with(place, value as Compared) }),
          })}
        </label>
        <button
          class="icon"
          aria-label=${words.remove(names[name])}
          title=${words.remove(names[name])}
          ?disabled=${samplers.length <= LEAST}
          @click=${() => this.send('comparison', { samplers: samplers.toSpliced(place, 1) })}
        >
          ×
        </button>
      </div>
      <p class="hint about">${about[name]}</p>
      <figure>
        <div class="screen">
          <canvas
            class="state ${coarse}"
            width="1"
            height="1"
            role="img"
            aria-label=${level ? words.state(names[name], significant(level.t)) : words.waiting}
          ></canvas>
          <span class="badge denoiser" title=${words.badgeMeaning}>${words.badge}</span>
        </div>
        <figcaption>${present ? this.#figures(present, words) : words.waiting}</figcaption>
      </figure>
      <figure>
        <canvas
          class="difference ${coarse}"
          width="1"
          height="1"
          role="img"
          aria-label=${this.#isReference ? words.exactPicture : this.#difference(words, names)}
        ></canvas>
        <figcaption>${this.#compared(words, names)}</figcaption>
      </figure>
    `;
  }

  /** The first run has nothing to be compared with: it shows the exact solution. */
  get #isReference(): boolean {
    return this.place === 0 && this.difference.reference === 'first';
  }

  /** t, how often the denoiser was asked, and how far x is spread round the source, beside how far it should be. */
  #figures({ level, evaluations, state, x0, deviation, exact, stochastic }: Present, words: CompareText) {
    const { alpha, sigma, t } = level;
    const spread = rms(state, x0, alpha);
    const should = Math.hypot(alpha * deviation, sigma);
    return html`
      <b><i>t</i> = ${significant(t)}</b> · ${words.evaluations(evaluations)}<br />
      ${words.spread(significant(spread, 3), significant(should, 3))}<br />
      <b class="error">
        ${stochastic ? words.lawError(significant(Math.abs(spread - should), 2)) : words.pathError(significant(rms(state, exact), 2))}
      </b>
    `;
  }

  #difference(words: CompareText, names: Readonly<Record<Compared, string>>): string {
    const { samplers, place, difference } = this;
    const reference =
      difference.reference === 'first' ? names[samplers[0] as Compared] : words.references.exact;
    return words.differenceFrom(
      names[samplers[place] as Compared],
      reference,
      difference.sign === 'absolute',
    );
  }

  #compared(words: CompareText, names: Readonly<Record<Compared, string>>) {
    const { present, difference } = this;
    if (!present) return nothing;
    if (this.#isReference) return words.exactPicture;
    const { state, first, exact } = present;
    const apart = rms(state, difference.reference === 'first' ? first : exact);
    return html`${this.#difference(words, names)}, ${words.times(difference.gain)} ·
      <b class="apart">${words.rms(significant(apart, 3))}</b>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('present') && !changed.has('difference')) return;
    const { present, difference } = this;
    if (!present) return;
    const { state, first, exact, shape } = present;
    const canvas = (name: string) => this.querySelector(`canvas.${name}`) as HTMLCanvasElement;
    drawState(canvas('state'), state, shape);
    const { reference, gain, sign } = difference;
    const beside = this.#isReference
      ? exact
      : differencePicture(state, reference === 'first' ? first : exact, gain, sign);
    drawState(canvas('difference'), beside, shape);
  }
}
customElements.define('diffuscope-compare-column', CompareColumn);
