/**
 * The diffusion part of the bound for a denoiser whose squared error depends on the SNR alone, as that of the best
 * denoiser of any data does on average.
 */
import { klOfX0 } from './bound.ts';
import { type Schedule, snr } from './schedule.ts';

/** E‖x_0 − x̂_0‖² at an SNR, summed over the image. */
export type ErrorOfSnr = (snr: number) => number;

/** The mean squared error of the best denoiser of N(0, 1) data, per element: the posterior's variance 1/(1 + SNR). */
export const gaussianError: ErrorOfSnr = (ratio) => 1 / (1 + ratio);

/** Σ_{t=2}^{T} ½(SNR(t−1) − SNR(t)) E‖x_0 − x̂_0‖² (VDM section 4), in nats. */
export function discreteDiffusionLoss(schedule: Schedule, error: ErrorOfSnr): number {
  let sum = 0;
  for (let t = 2; t <= schedule.T; t++) sum += klOfX0(schedule, t - 1, t, error(snr(schedule, t)));
  return sum;
}

/** Simpson's rule over this many intervals: exact to about 1e-10 for an error that is smooth in γ. */
const INTERVALS = 2000;

/** ½∫ e^{−γ} E‖x_0 − x̂_0‖² dγ between the ends (VDM eq. 18), in nats: no curve is left in it. */
export function continuousDiffusionLoss(gammaMin: number, gammaMax: number, error: ErrorOfSnr): number {
  const h = (gammaMax - gammaMin) / INTERVALS;
  let sum = 0;
  for (let i = 0; i <= INTERVALS; i++) {
    const ratio = Math.exp(-(gammaMin + i * h));
    const weight = i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * ratio * error(ratio);
  }
  return (sum * h) / 6;
}
