/** The formulas of the probe in MathML, one colour a role, with a pixel's numbers in place. */
import { html, mathml } from 'lit';
import { decimal } from './format.ts';

const x = (index: string | number) => mathml`<msub><mi>x</mi><mn>${index}</mn></msub>`;
const q = (left: string | number, ...given: (string | number)[]) => mathml`
  <mi>q</mi><mo stretchy="false">(</mo>${x(left)}<mo>|</mo>${given.map((index, i) =>
    i === 0 ? x(index) : mathml`<mo>,</mo>${x(index)}`,
  )}<mo stretchy="false">)</mo>
`;

/** posterior ∝ likelihood · prior, at this t. */
export const factorsFormula = (t: number) => html`
  <math class="formula" display="block">
    <mrow class="posterior">${q(t - 1, t, 0)}</mrow>
  </math>
  <math class="formula" display="block">
    <mo>∝</mo>
    <mrow class="likelihood">${q(t, t - 1)}</mrow>
    <mo>·</mo>
    <mrow class="prior">${q(t - 1, 0)}</mrow>
  </math>
`;

export interface MeanNumbers {
  readonly a: number;
  readonly b: number;
  readonly xt: number;
  readonly x0: number;
  readonly mean: number;
}

/** The posterior's mean, a·x_t + b·x_0, in numbers (Ho et al. 2020 eq. 7). */
export const meanFormula = (t: number, { a, b, xt, x0, mean }: MeanNumbers) => html`
  <math class="formula" display="block">
    <mrow class="posterior"><mi>μ</mi></mrow>
    <mo>=</mo>
    <mi>a</mi>${x(t)}<mo>+</mo><mi>b</mi>${x(0)}
    <mo>=</mo>
    <mrow class="posterior"><mn>${decimal(mean, 4)}</mn></mrow>
  </math>
  <math class="formula" display="block">
    <mo>=</mo>
    <mn>${decimal(a, 4)}</mn><mo>·</mo><mn class="xt">${signed(xt)}</mn>
    <mo>+</mo>
    <mn>${decimal(b, 4)}</mn><mo>·</mo><mn>${signed(x0)}</mn>
  </math>
`;

const signed = (value: number) => (value < 0 ? `(${decimal(value, 4)})` : decimal(value, 4));
