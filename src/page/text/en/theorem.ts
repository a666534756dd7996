/** What the theorem's explorer says, in English. */
import { html } from 'lit';
import { tex } from '../../tex.ts';

export const words = {
  title: 'The linear-Gaussian theorem, hands on',
  lead: html`
    <p>
      Something hidden, ${tex`x`}, has a Gaussian <span class="prior">prior</span>. A linear measurement
      ${tex`y = A x + b`} with Gaussian noise of covariance ${tex`Q`} is observed; as a function of ${tex`x`} it is the
      <span class="likelihood">likelihood</span>. Then the <span class="posterior">posterior</span> is Gaussian, too:
    </p>
  `,
  hint: 'Drag the dots, or reach them with Tab and move them with the arrow keys (with Shift further). Every number below can be typed.',
  examples: 'Examples',
  presets: {
    step: 'Diffusion step',
    fusion: 'Sensor fusion',
    projection: 'Projection',
    illConditioned: 'Badly conditioned',
  },
  about: {
    step: 'The reverse step of a diffusion: A = √α I and Q = (1 − α) I, where α is the 1 − β of that step. The likelihood is a circle round y/√α; the smaller β, the more weight it has.',
    fusion:
      'Two sensors for the same thing: A = I. Each is sharp where the other is vague, and the posterior is sharper than both.',
    projection:
      'A has rank one: only one direction of x leaves a trace in y. The likelihood is an infinite band, and along it the prior is unchanged.',
    illConditioned: '',
    own: 'A scene of your own.',
  },
  alpha: 'α = 1 − β',
  follow: (t: number) => `follow the run (t = ${t})`,
  noRun: 'follow the run',
  sameAsProbe: (t: number, mean: string, variance: string, difference: string) =>
    `x₁ is the probed value at t = ${t}; x₂ is a mid-grey value without noise. The probe’s own formula, from src/diffusion/posterior.ts, gives μ = ${mean} and σ² = ${variance}: the same numbers, at most ${difference} apart.`,
  fit: 'Fit to window',
  refused: (reason: string) => `Nothing was changed. The library reports: “${reason}”.`,
  notANumber: 'Nothing was changed: enter a number there.',
  clean: 'At t = 0 there is no step, so nothing was changed.',
  planes: {
    x: 'x, hidden',
    xCaption: 'Contours of one and two standard deviations.',
    y: 'y, observed',
    yCaption: 'Dashed: p(y), what the prior predicts. Amber: y with the noise Q.',
    A: 'the map A',
    ACaption: 'Where A sends the unit vectors.',
    joint: 'x and y together',
    jointCaption: (i: number, j: number) =>
      `Cut along the observed y${sub(j)}: below, p(x${sub(i)}) and p(x${sub(i)} | y${sub(j)}).`,
    axes: 'Coordinates',
  },
  handles: {
    m: 'mean of the prior, m',
    S: ['first axis of the prior, S', 'second axis of the prior, S'],
    A: ['image of the first unit vector, A', 'image of the second unit vector, A'],
    Q: ['first axis of the noise, Q', 'second axis of the noise, Q'],
    y: 'observed y',
  },
  numbers: 'Numbers',
  fields: {
    m: 'prior mean',
    S: 'prior covariance',
    A: 'map',
    b: 'offset',
    Q: 'noise covariance',
    y: 'observed',
  },
  results: {
    heading: 'Posterior, computed twice',
    schur: 'Schur complement',
    information: 'precisions added',
    difference: 'difference',
    mean: 'mean',
    covariance: 'covariance',
    predicted: 'On the way:',
  },
  source: 'Computed by',
};

function sub(i: number): string {
  return '₁₂'[i] as string;
}
