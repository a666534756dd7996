/**
 * What models answer with, turned into x̂_0. All of them are linear in x and the answer:
 *
 *     x̂_0 = p·x + q·output
 */
import type { Scales } from './step.ts';

/**
 * ε; x_0; v = α ε − σ x_0 of the state scaled to α² + σ² = 1 (Salimans & Ho 2022); the score ∇ log q(x) = −ε/σ; the flow
 * velocity ε − x_0 (Lipman et al. 2023).
 */
export type Output = 'epsilon' | 'x0' | 'v' | 'score' | 'velocity';

export interface Weights {
  readonly p: number;
  readonly q: number;
}

/** At a level where α = 0 neither ε nor the score says anything of x_0: both weights are then infinite. */
export function x0Weights(output: Output, { alpha, sigma }: Scales): Weights {
  const norm = Math.hypot(alpha, sigma);
  switch (output) {
    case 'epsilon':
      return { p: 1 / alpha, q: -sigma / alpha };
    case 'x0':
      return { p: 0, q: 1 };
    case 'v':
      return { p: alpha / norm ** 2, q: -sigma / norm };
    case 'score':
      return { p: 1 / alpha, q: sigma ** 2 / alpha };
    case 'velocity':
      return { p: 1 / (alpha + sigma), q: -sigma / (alpha + sigma) };
  }
}

/** The answer that a model of another kind gives where this one gives x̂_0. */
export function outputOf(output: Output, level: Scales, x: number, x0Hat: number): number {
  const { p, q } = x0Weights(output, level);
  return (x0Hat - p * x) / q;
}

/**
 * c_skip and c_out of a consistency model at σ, x being x_0 + σ ε (Song et al. 2023, appendix C): at σ_min x̂_0 is x itself.
 */
export function consistencyWeights(sigma: number, { sigmaMin = 0.002, sigmaData = 0.5 } = {}): Weights {
  const above = sigma - sigmaMin;
  return {
    p: sigmaData ** 2 / (above ** 2 + sigmaData ** 2),
    q: (above * sigmaData) / Math.hypot(sigma, sigmaData),
  };
}
