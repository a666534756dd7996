/** The derivation's prose in English. */
import { html } from 'lit';
import { tex } from '../../tex.ts';

export const words = {
  title: 'Why the reverse step is Gaussian',
  lead: html`
    <p>
      Only the forward process is chosen: at each step, shrink the picture a little and add a little noise. The reverse
      step is not a second choice. Once ${tex`x_0`} is given, Bayes’ rule fixes it completely, and it is again a Gaussian
      with a mean and a variance that anyone can write down. This page walks there, one idea at a time, and puts the
      numbers of one pixel of your run beside every formula.
    </p>
    <p>
      Notation: ${tex`t = 0`} is clean data; step ${tex`t`} adds noise of variance ${tex`β_t`}; and
      ${tex`ᾱ_t = (1 − β_1)⋯(1 − β_t)`} is the share of the signal that is left. Every pixel and channel is treated alike
      and by itself, so one number ${tex`x`} is enough to follow.
    </p>
  `,
  numbers: 'Whose numbers these are',
  pixel: (x: number, y: number, channel: string) => `pixel (${x}, ${y}), ${channel}`,
  example: 'an example',
  whyExample:
    'At t = 0 there is nothing to derive, and without a run nothing to read: these are the numbers of an example from the middle of a run.',
  source: 'Computed by',

  bayes: {
    heading: 'Bayes’ rule, with x₀ given',
    before: html`
      <p>
        Fix the clean value ${tex`x_0`} and ask: if the noisy value at time ${tex`t`} is ${tex`x_t`}, what was it one step
        earlier? Both factors on the right come from the forward process alone.
      </p>
    `,
    after: html`
      <p>
        The <span class="prior">prior</span> is what we believe about ${tex`x_{t−1}`} before looking at ${tex`x_t`}: start
        at ${tex`x_0`} and run ${tex`t−1`} steps. The <span class="likelihood">likelihood</span> says how well a candidate
        ${tex`x_{t−1}`} explains the ${tex`x_t`} that was seen. The <span class="posterior">posterior</span> weighs one by
        the other. The evidence ${tex`q(x_t | x_0)`} does not contain ${tex`x_{t−1}`}; it only makes the area one. Without
        conditioning on ${tex`x_0`} the rule would still hold, but its prior ${tex`q(x_{t−1})`} would be the distribution
        of all noisy pictures, which nobody can write down. That is why a sampler needs a denoiser: a guess
        ${tex`x̂_0`} to put in the place of ${tex`x_0`}.
      </p>
      <p>Take the ${tex`x_{t−1}`} at the posterior’s peak, and multiply out the densities:</p>
    `,
    certain: html`<p>At ${tex`t = 1`} the prior is certain, ${tex`x_{t−1} = x_0`}: a spike without a density.</p>`,
  },
  markov: {
    heading: 'Why x₀ drops out of the likelihood',
    before: html`
      <p>
        Strictly, the likelihood in Bayes’ rule is ${tex`q(x_t | x_{t−1}, x_0)`}. But step ${tex`t`} is computed from
        ${tex`x_{t−1}`} and fresh noise, and from nothing else:
      </p>
    `,
    after: html`
      <p>
        The noise ${tex`z`} is independent of everything before it. So whoever knows ${tex`x_{t−1}`} learns nothing more
        about ${tex`x_t`} from ${tex`x_0`}: that is the Markov property, and it erases ${tex`x_0`} from the condition. The
        prior cannot be shortened in the same way, for there ${tex`x_0`} is the only thing known. A process whose step
        looks back at ${tex`x_0`}, as DDIM’s does, keeps the same marginals but loses this cancellation.
      </p>
    `,
    figure: 'All that x₀ can tell about xₜ passes through xₜ₋₁.',
  },
  conjugate: {
    heading: 'Completing the square: precisions add',
    before: html`
      <p>
        Both factors are Gaussian in ${tex`x_{t−1}`}. For the prior that is plain. The likelihood is a Gaussian in
        ${tex`x_t`}, but its exponent is a square in ${tex`x_{t−1}`} just as well: divide by
        ${tex`√{1 − β_t}`}, and it says that ${tex`x_{t−1}`} is near ${tex`x_t/√{1 − β_t}`}, with variance
        ${tex`β_t/(1 − β_t)`}. Multiplying exponentials adds their exponents:
      </p>
    `,
    after: html`
      <p>
        A sum of two squares is one square plus a constant, so the product keeps the Gaussian form: prior and likelihood
        are <em>conjugate</em>. Compare the coefficients of ${tex`x_{t−1}^2`} and ${tex`x_{t−1}`}, and two rules fall out.
        Precisions, the inverse variances, add; and the mean is the mean of both means, weighted by precision:
      </p>
    `,
    figure: 'Prior, likelihood and posterior of this pixel’s xₜ₋₁, each to its own height.',
    end: html`
      <p>
        The posterior is always narrower than either factor. Where ${tex`β_t`} is small the likelihood is much the narrower
        one, and the reverse step hardly moves; near ${tex`t = 1`} the prior tightens around ${tex`x_0`} and takes over.
      </p>
    `,
  },
  theorem: {
    heading: 'The linear-Gaussian theorem',
    before: html`
      <p>
        The same argument works in any dimension, for any linear measurement. Let
        ${tex`\prior{p(x)} = N(m, S)`} and ${tex`\likelihood{p(y | x)} = N(A x + b, Q)`}. Then ${tex`x`} and ${tex`y`}
        are jointly Gaussian, with ${tex`m_y = A m + b`}, ${tex`S_{x y} = S A^⊤`} and
        ${tex`S_{y y} = A S A^⊤ + Q`}, and conditioning on ${tex`y`} gives
      </p>
    `,
    after: html`
      <p>
        Read it as a correction: predict ${tex`m_y`}, look at ${tex`y`}, and move the mean by the surprise times the gain
        ${tex`K`}. The covariance shrinks by an amount that does not depend on what was seen. Our step is this theorem with
        a multiple of the identity, ${tex`A = √{1 − β_t} I`}, ${tex`b = 0`} and ${tex`Q = β_t I`} (papers that write
        ${tex`α_t`} for ${tex`1 − β_t`} have ${tex`A = √α_t I`}), so it comes apart into one equation for each value:
      </p>
    `,
    end: html`
      <p>
        The theorem computes with covariances, the previous section with precisions. By the Woodbury identity they are
        the same; the Theorem view lets you drag both in two dimensions.
      </p>
    `,
    refused: (message: string) => html`
      <p>
        At ${tex`t = 1`} the prior’s covariance is ${tex`S = 0`}, no covariance of a density, and the library says so:
        <q>${message}</q>. The limit is plain all the same: what is certain stays as it is.
      </p>
    `,
    columns: ['in the theorem', 'at this step', 'number'],
  },
  forms: {
    heading: 'Two ways to write the same posterior',
    before: html`
      <p>
        Ho et al. (2020, eqs. 6 and 7) write the posterior in betas. Put the prior and the likelihood of this page into
        the two rules above, and simplify with ${tex`1 − ᾱ_t = β_t + (1 − β_t)(1 − ᾱ_{t−1})`}:
      </p>
    `,
    middle: html`
      <p>
        <i>Variational Diffusion Models</i> writes it in signal and noise scales, ${tex`x_t = α_t x_0 + σ_t ε`}, so that
        its ${tex`α_t`} is ${tex`√ᾱ_t`} here and ${tex`σ_t^2 = 1 − ᾱ_t`}. With ${tex`SNR(t) = α_t^2/σ_t^2`} and
        ${tex`s = t−1`}, only one ratio matters:
      </p>
    `,
    after: html`
      <p>
        This form reads well: ${tex`x_t/α_t`} is what the noisy value says about ${tex`x_0`}, and the step mixes it with
        ${tex`x_0`} itself, in the proportion ${tex`c`} that the signal-to-noise ratio loses from ${tex`s`} to ${tex`t`}.
        It also holds for any ${tex`s < t`}, for steps of any length. In numbers:
      </p>
    `,
    columns: ['', 'betas', 'SNR', 'difference'],
  },
  reconstruction: {
    heading: 'At t = 1: the reconstruction term',
    before: html`
      <p>
        A model ${tex`p`} that imitates the reverse steps is scored by a lower bound on
        ${tex`log p(x_0)`}. Bayes’ rule, applied to each forward step, makes the sum telescope, and what remains
        compares each step of the model with our posterior:
      </p>
    `,
    after: html`
      <p>
        Why does the first term look different? The trick of section one, turning ${tex`q(x_t | x_{t−1})`} round by
        means of ${tex`x_0`}, stops at ${tex`t = 1`}: there ${tex`x_{t−1}`} <em>is</em> ${tex`x_0`}, and
        ${tex`q(x_0 | x_1, x_0)`} is certainty, not a density to compare with. So the model’s last step is not compared
        but asked: how likely do you find the real picture, given ${tex`x_1`}? This term closes the bound, for it turns
        statements about noisy pictures into one about the data.
      </p>
      <p>
        The formulas agree: ${tex`ᾱ_0 = 1`}, so ${tex`1 − ᾱ_0 = 0`} and the posterior’s variance at ${tex`t = 1`} is exactly
        0. A sampler returns ${tex`x̂_0`} there and adds no noise. But a likelihood needs a width, and the posterior offers
        none. A Gaussian decoder ${tex`p(x_0 | x_1) = N(x̂_0, v)`} must therefore <em>name</em> its variance. A common choice
        is ${tex`v = β_1`}; with an oracle, ${tex`x̂_0 = x_0`}, each value then contributes, in nats,
      </p>
    `,
    end: html`
      <p>
        The number depends on nothing but the chosen width, and would grow without limit as ${tex`v → 0`}. That is why a bound
        in bits should always say which decoder it used.
      </p>
    `,
  },
  careless: {
    heading: 'Where a careless formula goes wrong',
    lead: html`<p>Four slips that are easy to make, and what each would do to this pixel.</p>`,
    observation: {
      heading: 'The mean that forgot the data',
      before: html`
        <p>
          In some texts the theorem’s mean is printed without its ${tex`S_{x y} S_{y y}^{−1} y`}. A posterior mean that does
          not depend on ${tex`y`} has learned nothing; and since the correction is then
          ${tex`−K m_y`} alone, it is not even the prior’s.
        </p>
      `,
      columns: ['with y', 'without y'],
    },
    index: {
      heading: 'Index 0 is t = 1',
      before: html`
        <p>
          A library’s array of betas begins with the first step: <code>betas[0]</code> is ${tex`β_1`}. Read it as
          ${tex`β_0`} and every step takes its neighbour’s variance. The error is too small to see in the picture, and large
          enough to spoil a likelihood. The tables here have a place for ${tex`t = 0`}, with ${tex`ᾱ_0 = 1`}.
        </p>
      `,
      columns: ['right, betas[t − 1]', 'wrong, betas[t]'],
      none: 'past the end',
    },
    digits: {
      heading: 'One minus almost one',
      before: html`
        <p>
          Near ${tex`t = 0`}, ${tex`ᾱ_t`} is so close to 1 that ${tex`1 − ᾱ_t`} cancels its leading digits and keeps the
          rounding error. Adding positive terms, ${tex`σ_t^2 = (1 − β_t) σ_{t−1}^2 + β_t`}, cancels nothing. The schedule here
          does that in float64, before anything is handed to the GPU.
        </p>
      `,
      columns: ['', '1 − ᾱₜ', 'digits lost'],
      sum: 'sum of positive terms',
      single: 'by subtraction, float32',
      double: 'by subtraction, float64',
    },
    zero: {
      heading: 'Dividing by a variance of zero',
      before: html`
        <p>
          Weighting by precision means dividing by the prior’s variance, and at ${tex`t = 1`} that is 0: the formula becomes
          ${tex`∞/∞`}, which is NaN, and NaN in a coefficient is NaN in every pixel. Written with variances multiplied instead of
          divided by, the same mean is simply ${tex`0 · x_1 + 1 · x_0`}.
        </p>
      `,
      columns: ['as written for the shader', 'weighted by 1/σ², literally'],
      elsewhere: 'Both agree here; go to t = 1 to see the second fail.',
    },
  },
};
