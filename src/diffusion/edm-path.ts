/**
 * The paths x(t) = s(t) (x_0 + σ(t) ε) that Karras et al. (2022, table 1) tell apart, and the noise levels at which the
 * methods that they compare take their steps.
 */
import { linspace } from './linspace.ts';
import { roundHalfEven } from './timesteps.ts';

export interface Path {
  readonly sigma: (t: number) => number;
  readonly sigmaDot: (t: number) => number;
  /** The t at which σ(t) = σ. */
  readonly timeOf: (sigma: number) => number;
  readonly s: (t: number) => number;
  readonly sDot: (t: number) => number;
}

type Noise = Pick<Path, 'sigma' | 'sigmaDot' | 'timeOf'>;

export interface VpBetas {
  readonly betaD: number;
  readonly betaMin: number;
}

/** σ(t)² + 1 = exp(β_d t²/2 + β_min t). */
export function vpNoise({ betaD, betaMin }: VpBetas): Noise {
  const sigma = (t: number) => Math.sqrt(Math.expm1((betaD / 2) * t ** 2 + betaMin * t));
  return {
    sigma,
    sigmaDot: (t) => ((betaMin + betaD * t) / 2) * (sigma(t) + 1 / sigma(t)),
    // β_d t²/2 + β_min t = log(1 + σ²), its root written without the difference that loses digits near t = 0
    timeOf(value) {
      // β_min < 0 gives σ = 0 twice; a path begins at t = 0.
      if (value === 0) return 0;
      const log = Math.log1p(value ** 2);
      const root = Math.sqrt(betaMin ** 2 + 2 * betaD * log);
      return betaMin >= 0 ? (2 * log) / (betaMin + root) : (root - betaMin) / betaD;
    },
  };
}

export const veNoise: Noise = {
  sigma: Math.sqrt,
  sigmaDot: (t) => 1 / (2 * Math.sqrt(t)),
  timeOf: (sigma) => sigma ** 2,
};

export const linearNoise: Noise = { sigma: (t) => t, sigmaDot: () => 1, timeOf: (sigma) => sigma };

/** x is x_0 + σ ε itself. */
export const unscaled = (noise: Noise): Path => ({ ...noise, s: () => 1, sDot: () => 0 });

/** s = 1/√(1 + σ²), so that the variance is preserved. */
export function vpScaled(noise: Noise): Path {
  const { sigma, sigmaDot } = noise;
  const s = (t: number) => 1 / Math.hypot(1, sigma(t));
  return { ...noise, s, sDot: (t) => -sigma(t) * sigmaDot(t) * s(t) ** 3 };
}

interface Ends {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

function check({ sigmaMin, sigmaMax }: Ends): void {
  if (!(sigmaMin > 0 && sigmaMin < sigmaMax && sigmaMax < Infinity)) {
    throw new RangeError(
      `σ must run from a finite σ_max to 0 < σ_min < σ_max, not ${sigmaMax} to ${sigmaMin}`,
    );
  }
}

/**
 * The β_d and β_min with which σ(ε_s) = σ_min and σ(1) = σ_max.
 * @throws RangeError unless 0 < σ_min < σ_max, here and below, and 0 < ε_s < 1.
 */
export function vpBetasOf(ends: Ends, epsilonS = 1e-3): VpBetas {
  check(ends);
  if (!(epsilonS > 0 && epsilonS < 1)) throw new RangeError(`ε_s must lie in (0, 1), not ${epsilonS}`);
  const { sigmaMin, sigmaMax } = ends;
  const [low, high] = [Math.log1p(sigmaMin ** 2), Math.log1p(sigmaMax ** 2)];
  const betaD = (2 * (low / epsilonS - high)) / (epsilonS - 1);
  return { betaD, betaMin: high - betaD / 2 };
}

/** n noise levels at even times of the VP path between the ends. */
export const vpLevels = (n: number, ends: Ends, epsilonS = 1e-3): number[] =>
  linspace(1, epsilonS, n).map(vpNoise(vpBetasOf(ends, epsilonS)).sigma);

export interface IddpmOptions {
  readonly C1?: number;
  readonly C2?: number;
  /** How many levels there are to choose from. */
  readonly M?: number;
}

/**
 * n of the M levels of improved DDPM's cosine schedule that lie between the ends.
 * @throws RangeError unless n is a whole number from 2 to as many as there are.
 */
export function iddpmLevels(n: number, ends: Ends, { C1 = 0.001, C2 = 0.008, M = 1000 }: IddpmOptions = {}) {
  check(ends);
  const alphaBar = (j: number) => Math.sin((Math.PI / 2) * (j / M / (C2 + 1))) ** 2;
  const u = [0];
  for (let j = M; j > 0; j--) {
    const kept = Math.max(alphaBar(j - 1) / alphaBar(j), C1);
    u.unshift(Math.sqrt(((u[0] as number) ** 2 + 1) / kept - 1));
  }
  const within = u.filter((sigma) => sigma >= ends.sigmaMin && sigma <= ends.sigmaMax);
  if (!Number.isInteger(n) || n < 2 || n > within.length) {
    throw new RangeError(`the number of levels must be a whole number from 2 to ${within.length}, not ${n}`);
  }
  const stride = (within.length - 1) / (n - 1);
  return Array.from({ length: n }, (_, i) => within[roundHalfEven(stride * i)] as number);
}
