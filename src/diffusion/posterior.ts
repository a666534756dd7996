/**
 * The Gaussians of the diffusion process, for any 0 ≤ s < t ≤ T.
 *
 *   transition  q(x_t | x_s)       = N(α_{t|s} x_s, σ²_{t|s})
 *   marginal    q(x_t | x_0)       = N(α_t x_0, σ_t²)
 *   posterior   q(x_s | x_t, x_0)  = N(a x_t + b x_0, variance), by Bayes:
 *               q(x_t | x_s) q(x_s | x_0) / q(x_t | x_0) = likelihood × prior / evidence
 *
 * Sources: Ho et al. 2020 eqs. 4, 6, 7; VDM appendix A.2 (eqs. 22–24 and 25–29); Chan 2024, section 2.4.
 */
import type { Schedule } from './schedule.ts';

export interface Transition {
  /** α_{t|s} = α_t/α_s */
  readonly alphaTS: number;
  /** σ²_{t|s} = σ_t² − α²_{t|s} σ_s² */
  readonly varTS: number;
}

/** N(a x_t + b x_0, variance) per pixel. */
export interface Posterior {
  readonly a: number;
  readonly b: number;
  readonly variance: number;
}

function checkTimes(schedule: Schedule, s: number, t: number): void {
  if (!(Number.isInteger(s) && Number.isInteger(t) && 0 <= s && s < t && t <= schedule.T)) {
    throw new RangeError(`need whole times 0 ≤ s < t ≤ ${schedule.T}, not s = ${s}, t = ${t}`);
  }
}

/**
 * q(x_t | x_s): its variance is composed step by step, every term positive. The textbook difference
 * σ_t² − α²_{t|s} σ_s² is the same number with its leading digits cancelled.
 * @throws RangeError unless 0 ≤ s < t ≤ T.
 */
export function transition(schedule: Schedule, s: number, t: number): Transition {
  checkTimes(schedule, s, t);
  let alphaBarTS = 1;
  let varTS = 0;
  for (let i = s + 1; i <= t; i++) {
    const beta = schedule.beta[i] as number;
    alphaBarTS *= 1 - beta;
    varTS = (1 - beta) * varTS + beta;
  }
  return { alphaTS: Math.sqrt(alphaBarTS), varTS };
}

/**
 * q(x_s | x_t, x_0). At s = 0 it is x_0 itself: a = 0, b = 1, variance 0, exactly.
 * @throws RangeError unless 0 ≤ s < t ≤ T.
 */
export function posterior(schedule: Schedule, s: number, t: number): Posterior {
  const { alphaTS, varTS } = transition(schedule, s, t);
  if (s === 0) return { a: 0, b: 1, variance: 0 };
  const varS = (schedule.sigma[s] as number) ** 2;
  const varT = (schedule.sigma[t] as number) ** 2;
  return {
    a: (alphaTS * varS) / varT,
    b: ((schedule.alpha[s] as number) * varTS) / varT,
    variance: (varTS * varS) / varT,
  };
}
