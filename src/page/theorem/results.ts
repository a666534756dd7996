/** What the theorem gives, in both its forms, and how far apart rounding leaves them. */
import { html } from 'lit';
import type { Matrix } from '../../diffusion/matrix.ts';
import { significant } from '../significant.ts';
import { tex } from '../tex.ts';
import type { TheoremText } from '../text/areas.ts';
import { column } from './fields.ts';
import { type Answer, difference, type Solution } from './scene.ts';

const matrix = (A: Matrix) =>
  tex`\mat{${A.map((row) => row.map((x) => significant(x)).join(' & ')).join(' \\\\ ')}}`;

export function results(words: TheoremText['results'], { joint, schur, information }: Solution) {
  const row = (name: unknown, of: (answer: Answer) => Matrix) => html`
    <tr>
      <th scope="row">${name}</th>
      <td>${matrix(of(schur))}</td>
      <td>${matrix(of(information))}</td>
      <td>${significant(difference(of(schur), of(information)), 2)}</td>
    </tr>
  `;
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${words.heading}>
      <table class="numbers">
        <thead>
          <tr>
            <td></td>
            <th scope="col">${words.schur}</th>
            <th scope="col">${words.information}</th>
            <th scope="col">${words.difference}</th>
          </tr>
        </thead>
        <tbody>
          ${row(tex`K`, ({ gain }) => gain)}
          ${row(html`<span class="posterior">${words.mean}</span>`, ({ mean }) => column(mean))}
          ${row(html`<span class="posterior">${words.covariance}</span>`, ({ covariance }) => covariance)}
          <tr>
            <th scope="row">${tex`log p(y)`}</th>
            <td>${significant(schur.logEvidence, 6)}</td>
            <td>${significant(information.logEvidence, 6)}</td>
            <td>${significant(Math.abs(schur.logEvidence - information.logEvidence), 2)}</td>
          </tr>
        </tbody>
      </table>
    </div>
    <p class="aside">
      ${words.predicted} ${tex`m_y =`} ${matrix(column(joint.my))}, ${tex`S_{y y} =`} ${matrix(joint.Syy)},
      ${tex`S_{x y} =`} ${matrix(joint.Sxy)}
    </p>
  `;
}
