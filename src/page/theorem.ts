/** The linear-Gaussian theorem in two dimensions, as ellipses that a hand pulls at and numbers that one types. */

import { html, nothing, type PropertyValues } from 'lit';
import { map } from 'lit/directives/map.js';
import { cholesky, type Matrix } from '../diffusion/matrix.ts';
import { posterior } from '../diffusion/posterior.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import { PageElement } from './element.ts';
import type { Reading } from './probe-panel.ts';
import { significant } from './significant.ts';
import { equation, tex } from './tex.ts';
import type { TheoremText } from './text/areas.ts';
import { wordsOf } from './text/language.ts';
import { covarianceOf, type Ellipse, ellipseOf, type Point, point } from './theorem/ellipse.ts';
import { column, matrixField, mirrored } from './theorem/fields.ts';
import { jointPlane, mapPlane, type Shown, type Views, viewsOf, xPlane, yPlane } from './theorem/planes.ts';
import { results } from './theorem/results.ts';
import {
  ALPHA,
  type Preset,
  presets,
  type Scene,
  type Solution,
  sceneOfRun,
  solve,
  withStep,
} from './theorem/scene.ts';
import { areasOf } from './views.ts';
import './explain.css';
import './theorem.css';

/** @returns the covariance. @throws RangeError when it is none. */
function checked(covariance: Matrix, name: string): Matrix {
  cholesky(covariance, name);
  return covariance;
}

const rule = equation(
  tex`\posterior{p(x | y)} = N(`,
  tex`m + K (y − A m − b),`,
  tex`S − K S_{y y} K^⊤),`,
  tex`K = S A^⊤ S_{y y}^{−1},`,
  tex`S_{y y} = A S A^⊤ + Q`,
);

export class Theorem extends PageElement {
  static override areas = areasOf.theorem;
  static override properties = {
    ...PageElement.properties,
    schedule: { attribute: false },
    reading: { attribute: false },
    scene: { state: true },
    preset: { state: true },
    alpha: { state: true },
    following: { state: true },
    refusal: { state: true },
    coordinates: { state: true },
  };
  declare schedule: Schedule;
  declare reading: Reading | undefined;
  declare scene: Scene;
  /** The example on the screen, until something in it is moved. */
  declare preset: Preset | 'own';
  declare alpha: number;
  /** Whether the scene is the run's present step. */
  declare following: boolean;
  /** Why the last change was turned down. */
  declare refusal: ((words: TheoremText) => string) | undefined;
  /** Which x and which y the joint shows. */
  declare coordinates: Point;
  #solution: Solution;
  #views: Views;

  constructor() {
    super();
    this.scene = presets.step;
    this.preset = 'step';
    this.alpha = ALPHA;
    this.following = false;
    this.coordinates = [0, 0];
    this.#solution = solve(this.scene);
    this.#views = viewsOf(this.scene, this.#solution);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.following && (changed.has('reading') || changed.has('following'))) this.#follow();
  }

  /** Does it, or says why the library will not; then all stays as it was. */
  #attempt(change: () => void): void {
    this.refusal = undefined;
    try {
      change();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error;
      this.refusal = ({ refused }) => refused(message);
    }
  }

  /** @throws RangeError, and then nothing has changed. */
  #show(scene: Scene, fit: boolean): void {
    this.#solution = solve(scene);
    this.scene = scene;
    if (fit) this.#views = viewsOf(scene, this.#solution);
  }

  #choose(preset: Preset): void {
    this.#attempt(() => {
      this.#show(presets[preset], true);
      this.following = false;
      this.preset = preset;
      this.alpha = ALPHA;
    });
  }

  /** A scene of the visitor's own, moved by hand or typed. */
  #change(change: () => Partial<Scene>, fit: boolean): void {
    this.#attempt(() => {
      this.#show({ ...this.scene, ...change() }, fit);
      this.following = false;
      this.preset = 'own';
    });
  }

  #type(typed: Matrix, read: () => Partial<Scene>): void {
    if (typed.flat().every(Number.isFinite)) this.#change(read, true);
    else this.refusal = ({ notANumber }) => notANumber;
  }

  #setAlpha(event: Event): void {
    const alpha = (event.target as HTMLInputElement).valueAsNumber;
    this.#attempt(() => {
      this.#show(withStep(this.scene, alpha), false);
      this.alpha = alpha;
      this.following = false;
    });
  }

  #follow(): void {
    const { reading, schedule } = this;
    // A reading may still be the last run's, which was longer.
    if (!reading || reading.t > schedule.T) return;
    if (reading.t === 0) {
      this.refusal = ({ clean }) => clean;
      return;
    }
    this.#attempt(() => {
      this.#show(sceneOfRun(schedule, reading), true);
      this.alpha = 1 - (schedule.beta[reading.t] as number);
    });
  }

  #fit(): void {
    this.#views = viewsOf(this.scene, this.#solution);
    this.requestUpdate();
  }

  protected override render() {
    const words = wordsOf(this.text, 'theorem');
    return html`
      <article>
        <h2>${words.title}</h2>
        ${words.lead} ${rule} ${this.#examples(words)} ${this.preset === 'step' ? this.#step(words) : nothing}
        <p class="aside">${this.following ? this.#sameAsProbe(words) : words.about[this.preset]}</p>
        <p class="refusal" role="status">${this.refusal?.(words) ?? nothing}</p>
        ${this.#planes(words)}
        <h3>${words.numbers}</h3>
        ${this.#fields(words)}
        <h3>${words.results.heading}</h3>
        ${results(words.results, this.#solution)}
        <p class="aside">${words.source} <code>src/diffusion/gaussian.ts</code></p>
      </article>
    `;
  }

  #examples(words: TheoremText) {
    return html`
      <div class="choices" role="group" aria-label=${words.examples}>
        ${map(
          Object.keys(presets) as Preset[],
          (name) =>
            html`<button aria-pressed=${name === this.preset} @click=${() => this.#choose(name)}>
              ${words.presets[name]}
            </button>`,
        )}
        <button @click=${this.#fit}>${words.fit}</button>
      </div>
    `;
  }

  /** α by hand, or the run's. */
  #step(words: TheoremText) {
    const { reading, alpha } = this;
    return html`
      <div class="choices">
        <label class="alpha">
          ${words.alpha}
          <input type="range" min="0.01" max="0.999" step="any" .value=${String(alpha)} @input=${this.#setAlpha} />
          <output>${significant(alpha)}</output>
        </label>
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.following}
            ?disabled=${!reading}
            @change=${(event: Event) => {
              this.following = (event.target as HTMLInputElement).checked;
            }}
          />
          ${reading ? words.follow(reading.t) : words.noRun}
        </label>
      </div>
    `;
  }

  /** The probe's formula beside the theorem's first coordinate. */
  #sameAsProbe(words: TheoremText) {
    const { reading, schedule, refusal } = this;
    if (!reading || refusal || reading.t > schedule.T) return nothing;
    const { t, xt, x0 } = reading;
    const { a, b, variance } = posterior(schedule, t - 1, t);
    const mean = a * xt + b * x0;
    const { schur } = this.#solution;
    const apart = Math.max(
      Math.abs((schur.mean[0] as number) - mean),
      Math.abs((schur.covariance[0]?.[0] as number) - variance),
    );
    return words.sameAsProbe(t, significant(mean, 6), significant(variance, 6), significant(apart, 2));
  }

  #planes(words: TheoremText) {
    const shown: Shown = {
      words,
      text: this.text,
      scene: this.scene,
      solution: this.#solution,
      views: this.#views,
      change: (change) => this.#change(() => change, false),
    };
    return html`
      <div class="planes">
        ${xPlane(shown)} ${yPlane(shown)} ${mapPlane(shown)}
        ${jointPlane(shown, this.coordinates, (chosen) => {
          this.coordinates = chosen;
        })}
        <p class="aside">${words.hint}</p>
      </div>
    `;
  }

  #fields(words: TheoremText) {
    const { m, S, A, b, Q, y } = this.scene;
    const field = (name: keyof Scene, values: Matrix, read: (typed: Matrix) => Scene[keyof Scene]) =>
      matrixField({
        name,
        words: words.fields[name],
        role: name === 'm' || name === 'S' ? 'prior' : 'likelihood',
        values,
        change: (typed) => this.#type(typed, () => ({ [name]: read(typed) })),
      });
    const vector = (name: 'm' | 'b' | 'y', value: Point) =>
      field(name, column(value), (typed) => point(typed.flat()));
    const covariance = (name: 'S' | 'Q', ellipse: Ellipse) => {
      const values = covarianceOf(ellipse);
      return field(name, values, (typed) => ellipseOf(checked(mirrored(typed, values), name)));
    };
    return html`
      <div class="fields-row">
        ${vector('m', m)} ${covariance('S', S)} ${field('A', A, (typed) => typed)} ${vector('b', b)}
        ${covariance('Q', Q)} ${vector('y', y)}
      </div>
    `;
  }
}
customElements.define('diffuscope-theorem', Theorem);
