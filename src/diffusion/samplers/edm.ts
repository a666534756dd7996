/** EDM's stochastic sampler (Karras et al. 2022, algorithm 2): churn, then Heun's method. */
import type { Sampler } from '../step.ts';
import type { ChurnOptions } from './churn.ts';
import { heun } from './heun.ts';

/**
 * Churn as in the paper's table 5 for ImageNet-64, but S_noise = 1: its 1.003 makes up for networks that take too much noise
 * away, and is too much for an exact denoiser.
 * @throws RangeError as `heun`.
 */
export const edm = (options: ChurnOptions = {}): Sampler =>
  heun({ sChurn: 40, sTmin: 0.05, sTmax: 50, ...options });
