/** The derivation's sections: each puts the prose of one language, the formulas and a pixel's numbers together. */
import { html, nothing, type TemplateResult } from 'lit';
import { map } from 'lit/directives/map.js';
import { factor as f, significant as n } from '../significant.ts';
import { equation, tex } from '../tex.ts';
import type { DerivationText } from '../text/areas.ts';
import { chainFigure, productFigure } from './figures.ts';
import type { Numbers } from './numbers.ts';

/** Enough digits to see that two ways agree. */
const exact = (x: number) => n(x, 7);

function table(columns: readonly string[], rows: readonly (readonly unknown[])[]) {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${columns.filter(Boolean).join(', ')}>
      <table class="numbers">
        <thead>
          <tr>
            ${map(columns, (column) => (column ? html`<th scope="col">${column}</th>` : html`<td></td>`))}
          </tr>
        </thead>
        <tbody>
          ${map(
            rows,
            ([head, ...cells]) =>
              html`<tr><th scope="row">${head}</th>${map(cells, (cell) => html`<td>${cell}</td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

const facing = (columns: readonly string[], values: readonly string[]) => html`
  <dl class="facing">
    ${map(columns, (column, i) => html`<div><dt>${column}</dt><dd>${values[i]}</dd></div>`)}
  </dl>
`;

export function bayes(words: DerivationText['bayes'], { densities }: Numbers) {
  return html`
    ${words.before}
    ${equation(
      tex`\posterior{q(x_{t−1} | x_t, x_0)}`,
      tex`= \frac{\likelihood{q(x_t | x_{t−1}, x_0)} \prior{q(x_{t−1} | x_0)}}{q(x_t | x_0)}`,
    )}
    ${words.after}
    ${
      densities
        ? equation(
            tex`\frac{\likelihood{${n(densities.likelihood)}} · \prior{${n(densities.prior)}}}{${n(densities.evidence)}}`,
            tex`= \posterior{${exact(densities.quotient)}},`,
            tex`\posterior{q(${n(densities.x)} | x_t, x_0)} = \posterior{${exact(densities.closed)}}`,
          )
        : words.certain
    }
  `;
}

export function markov(words: DerivationText['markov'], { t, beta }: Numbers) {
  return html`
    ${words.before}
    ${equation(tex`x_t = √{1 − β_t} x_{t−1} + √{β_t} z,`, tex`z ∼ N(0, 1)`)}
    ${equation(tex`x_{${t}} = ${n(Math.sqrt(1 - beta))} x_{${t - 1}} + ${n(Math.sqrt(beta))} z`)}
    ${words.after} ${equation(tex`\likelihood{q(x_t | x_{t−1}, x_0)}`, tex`= \likelihood{q(x_t | x_{t−1})}`)}
    ${chainFigure(words.figure)}
  `;
}

export function conjugate(
  words: DerivationText['conjugate'],
  { t, bayes: { prior, likelihood, posterior } }: Numbers,
) {
  const [p, l, both] = [prior, likelihood, posterior].map(({ variance }) => 1 / variance) as [
    number,
    number,
    number,
  ];
  return html`
    ${words.before}
    ${equation(
      tex`−2 log \posterior{q} =`,
      tex`\likelihood{\frac{(x_t − √{1 − β_t} x_{t−1})^2}{β_t}}`,
      tex`+ \prior{\frac{(x_{t−1} − √{ᾱ_{t−1}} x_0)^2}{1 − ᾱ_{t−1}}}`,
      tex`+ C`,
    )}
    ${words.after}
    ${equation(
      tex`\posterior{\frac{1}{σ̃^2}} = \prior{\frac{1}{1 − ᾱ_{t−1}}}`,
      tex`+ \likelihood{\frac{1 − β_t}{β_t}}`,
    )}
    ${equation(tex`\posterior{${n(both)}} = \prior{${n(p)}} + \likelihood{${n(l)}}`)}
    ${equation(
      tex`\posterior{\frac{μ̃}{σ̃^2}} = \prior{\frac{√{ᾱ_{t−1}} x_0}{1 − ᾱ_{t−1}}}`,
      tex`+ \likelihood{\frac{√{1 − β_t} x_t}{β_t}}`,
    )}
    ${
      t === 1
        ? nothing
        : equation(
            tex`\posterior{\frac{${n(posterior.mean)}}{${n(posterior.variance)}}}`,
            tex`= \prior{${n(p)} · ${f(prior.mean)}} + \likelihood{${n(l)} · ${f(likelihood.mean)}}`,
          )
    }
    ${productFigure({ prior, likelihood, posterior, evidence: 0 }, words.figure)} ${words.end}
  `;
}

export function theorem(words: DerivationText['theorem'], numbers: Numbers) {
  const {
    theorem: result,
    bayes: { prior, posterior },
    beta,
    xt,
  } = numbers;
  const rule = equation(
    tex`\posterior{p(x | y)} = N(`,
    tex`m + S_{x y} S_{y y}^{−1} (y − m_y),`,
    tex`S − S_{x y} S_{y y}^{−1} S_{y x})`,
  );
  if (typeof result === 'string')
    return html`${words.before}${rule}${words.after}${words.refused(result)}${words.end}`;
  return html`
    ${words.before} ${rule} ${words.after}
    ${table(words.columns, [
      [tex`\prior{m}`, tex`√ᾱ_{t−1} x_0`, n(prior.mean)],
      [tex`\prior{S}`, tex`1 − ᾱ_{t−1}`, n(prior.variance)],
      [tex`\likelihood{A}`, tex`√{1 − β_t}`, n(Math.sqrt(1 - beta))],
      [tex`\likelihood{Q}`, tex`β_t`, n(beta)],
      [tex`\likelihood{y}`, tex`x_t`, n(xt)],
      [tex`m_y = A m`, tex`√ᾱ_t x_0`, n(result.my)],
      [tex`S_{y y} = A S A^⊤ + Q`, tex`1 − ᾱ_t`, n(result.Syy)],
      [tex`K = S_{x y} S_{y y}^{−1}`, tex`\frac{√{1 − β_t} (1 − ᾱ_{t−1})}{1 − ᾱ_t}`, n(result.K)],
    ])}
    ${equation(
      tex`${n(prior.mean)} + ${n(result.K)} ·`,
      tex`(${n(xt)} − ${f(result.my)})`,
      tex`= \posterior{${exact(result.mean)}},`,
      tex`\posterior{μ̃} = \posterior{${exact(posterior.mean)}}`,
    )}
    ${words.end}
  `;
}

export function forms(words: DerivationText['forms'], { t, xt, x0, ddpm, snr }: Numbers) {
  const mean = ({ a, b }: { a: number; b: number }) => a * xt + b * x0;
  const row = (name: TemplateResult, left: number, right: number) => [
    name,
    exact(left),
    exact(right),
    n(Math.abs(left - right), 2),
  ];
  return html`
    ${words.before}
    ${equation(
      tex`\posterior{μ̃} = \frac{√{1 − β_t} (1 − ᾱ_{t−1})}{1 − ᾱ_t} x_t`,
      tex`+ \frac{√ᾱ_{t−1} β_t}{1 − ᾱ_t} x_0,`,
      tex`\posterior{σ̃^2} = \frac{1 − ᾱ_{t−1}}{1 − ᾱ_t} β_t`,
    )}
    ${words.middle}
    ${equation(
      tex`\posterior{μ̃} = α_s ((1 − c) \frac{x_t}{α_t} + c x_0),`,
      tex`\posterior{σ̃^2} = c σ_s^2,`,
      tex`c = 1 − \frac{SNR(t)}{SNR(s)}`,
    )}
    ${words.after}
    ${equation(tex`t = ${t},`, tex`c = ${n(snr.c)}`)}
    ${table(words.columns, [
      row(tex`x_t`, ddpm.a, snr.a),
      row(tex`x_0`, ddpm.b, snr.b),
      row(tex`\posterior{μ̃}`, mean(ddpm), mean(snr)),
      row(tex`\posterior{σ̃^2}`, ddpm.variance, snr.variance),
    ])}
  `;
}

export function reconstruction(words: DerivationText['reconstruction'], { beta1, decoder }: Numbers) {
  return html`
    ${words.before}
    ${equation(
      tex`log p(x_0) ≥`,
      tex`𝔼 log p(x_0 | x_1)`,
      tex`− Σ_{t > 1} 𝔼 KL(\posterior{q(x_{t−1} | x_t, x_0)}`,
      tex`‖ p(x_{t−1} | x_t))`,
      tex`− KL(q(x_T | x_0) ‖ p(x_T))`,
    )}
    ${words.after}
    ${equation(tex`log N(x_0; x_0, β_1) =`, tex`−\frac{1}{2} log(2 π · ${n(beta1)})`, tex`= ${n(decoder)}`)}
    ${words.end}
  `;
}

export function careless(words: DerivationText['careless'], numbers: Numbers) {
  const {
    bayes: { posterior },
    mistakes,
    beta,
  } = numbers;
  const { observation, index, digits, zero } = words;
  const { nextBeta, noise, single, double, withoutY, literal } = mistakes;
  const lost = ({ digitsLost }: { digitsLost: number }) => digitsLost.toFixed(1);
  return html`
    ${words.lead}
    <h4>${observation.heading}</h4>
    ${observation.before} ${facing(observation.columns, [n(posterior.mean), n(withoutY)])}
    <h4>${index.heading}</h4>
    ${index.before} ${facing(index.columns, [n(beta), nextBeta === undefined ? index.none : n(nextBeta)])}
    <h4>${digits.heading}</h4>
    ${digits.before}
    ${table(digits.columns, [
      [digits.sum, n(noise, 16), '0'],
      [digits.double, n(double.value, 16), lost(double)],
      [digits.single, n(single.value, 9), lost(single)],
    ])}
    <h4>${zero.heading}</h4>
    ${zero.before} ${facing(zero.columns, [n(posterior.mean), n(literal)])}
    ${Number.isNaN(literal) ? nothing : html`<p class="aside">${zero.elsewhere}</p>`}
  `;
}
